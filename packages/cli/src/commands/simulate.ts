import { createHash } from 'node:crypto';
import { type Outcome, openApplication } from '@probono/application';
import type { ProBono } from 'probono';
import { type ExitCode, exitCodes, UsageError } from '../exit.js';
import type { Session } from '../session.js';
import type { SimulatedCommand } from '../simulate/scene.js';
import { type SimulationSize, simulation } from '../simulate/simulation.js';
import { json } from '../terminal.js';

/** Read models are brought up to date this often, so that their lag stays bounded. */
const commandsPerAdvance = 3000;
const progressMs = 1000;
const rememberedStreams = 5000;
/** How many unexpected outcomes are told one by one. */
const toldUnexpected = 10;

/** What `probono simulate --json` prints. */
export interface SimulationReport {
  readonly agents: number;
  readonly months: number;
  readonly seed: number;
  readonly commands: number;
  readonly accepted: number;
  readonly refused: number;
  readonly repeated: number;
  /** Outcomes other than the simulation foresaw. */
  readonly unexpected: number;
  readonly events: number;
  /** SHA-256 over stream, revision, type and recorded time of every event, in order: the same for the same seed. */
  readonly digest: string;
  readonly refusalsByRule: Readonly<Record<string, number>>;
  readonly elapsedMs: number;
  readonly peakRssBytes: number;
}

/** Counts what comes of commands. */
const tally = () => {
  const hash = createHash('sha256');
  const byRule = new Map<string, number>();
  const counts = { commands: 0, accepted: 0, refused: 0, repeated: 0, unexpected: 0, events: 0 };
  return {
    counts,
    /** True when it is what the simulation foresaw. */
    add({ expected }: SimulatedCommand, outcome: Outcome): boolean {
      counts.commands++;
      const came = wordsFor(outcome);
      if (outcome.kind === 'refused') {
        counts.refused++;
        for (const rule of came) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
      } else if (outcome.kind === 'accepted' && outcome.repeated) counts.repeated++;
      else if (outcome.kind === 'accepted') {
        counts.accepted++;
        counts.events += outcome.events.length;
        for (const { stream, revision, type, recordedAt } of outcome.events)
          hash.update(`${stream} ${revision} ${type} ${recordedAt}\n`);
      }
      const foreseen = came.includes(expected);
      if (!foreseen) counts.unexpected++;
      return foreseen;
    },
    digest: () => hash.digest('hex'),
    byRule: () => Object.fromEntries([...byRule].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
};

const wordsFor = (outcome: Outcome): readonly string[] => {
  if (outcome.kind === 'refused') return outcome.refusals.map(({ rule }) => rule);
  return [outcome.kind === 'accepted' && outcome.repeated ? 'repeated' : outcome.kind];
};

const advanceAll = async ({ readModels }: ProBono, signal: AbortSignal): Promise<void> => {
  for (const name of readModels.names) await readModels.advance(name, { signal });
};

const within = (name: string, value: number, least: number, most: number): void => {
  if (!Number.isSafeInteger(value) || value < least || value > most)
    throw new UsageError(`--${name}: expected a whole number from ${least} to ${most}`);
};

/**
 * Carries out a simulated load, one command after the other, and prints what came of it. It needs a demonstration's
 * store, whose clock it moves. The answer is "no" when a command came out otherwise than the simulation foresaw.
 */
export const simulate = async (
  session: Session,
  proBono: ProBono,
  { agents, months, seed }: SimulationSize,
  asJson: boolean,
): Promise<ExitCode> => {
  within('agents', agents, 1, 1_000_000);
  within('months', months, 1, 1200);
  within('seed', seed, 0, Number.MAX_SAFE_INTEGER);
  if (!proBono.demonstration) throw new UsageError('simulate moves the clock: use a new, empty store');
  const { terminal, signal } = session;
  // Made-up people in a store of their own: their states may stay in memory, which halves the time.
  const { store, codec, domain: catalogue } = proBono;
  const application = openApplication({ store, codec, catalogue, stateCache: rememberedStreams });
  const sum = tally();
  const begun = performance.now();
  let drawn = begun;
  let peakRssBytes = process.memoryUsage.rss();
  for (const given of simulation({ agents, months, seed })) {
    if (signal.aborted) return exitCodes.failed;
    const { command, data } = given;
    const { at, ...meta } = given.meta;
    const parsed = proBono.parse({ command, data, meta }, { at: new Date(at) });
    if (!parsed.ok) throw new Error(`${given.command} is malformed: ${parsed.invalid[0]?.path}`);
    const outcome = await application.execute(parsed.command);
    if (outcome.kind === 'unavailable' || outcome.kind === 'unknown-outcome') {
      terminal.note(outcome.message);
      return exitCodes.failed;
    }
    const foreseen = sum.add(given, outcome);
    if (!foreseen && sum.counts.unexpected <= toldUnexpected)
      terminal.note(`unexpected: ${given.command} at ${at}: ${wordsFor(outcome).join(', ')}, not ${given.expected}`);
    if (sum.counts.commands % commandsPerAdvance === 0) await advanceAll(proBono, signal);
    const now = performance.now();
    if (now - drawn < progressMs) continue;
    drawn = now;
    peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss());
    if (terminal.interactive) {
      const rate = Math.round((sum.counts.events * 1000) / (now - begun));
      terminal.note(
        `${at.slice(0, 10)}: ${sum.counts.commands} commands, ${sum.counts.events} events, ${rate} a second`,
      );
    }
  }
  await advanceAll(proBono, signal);
  const report: SimulationReport = {
    ...{ agents, months, seed, ...sum.counts },
    digest: sum.digest(),
    refusalsByRule: sum.byRule(),
    elapsedMs: Math.round(performance.now() - begun),
    peakRssBytes: Math.max(peakRssBytes, process.memoryUsage.rss()),
  };
  await terminal.out(asJson ? json(report) : told(report));
  return report.unexpected === 0 ? exitCodes.done : exitCodes.no;
};

const told = (report: SimulationReport): string =>
  [
    `${report.agents} agents over ${report.months} months, seed ${report.seed}: ${report.commands} commands`,
    `  accepted ${report.accepted} (${report.events} events), refused ${report.refused}, repeated ${report.repeated}`,
    `  unexpected ${report.unexpected}`,
    ...Object.entries(report.refusalsByRule).map(([rule, count]) => `  ${rule}: ${count}`),
    `  digest ${report.digest}`,
    `  ${(report.elapsedMs / 1000).toFixed(1)} s, at most ${Math.round(report.peakRssBytes / 1_048_576)} MiB`,
  ].join('\n');
