import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runHost } from '@probono/queue';
import { discardDatabase } from '@probono/sql';
import { type Configuration, configurationFrom, metricsOf, openProBono, type ProBono } from 'probono';
import { toldInvalid } from '../commands/each-command.js';
import { resultOf, toldResult } from '../commands/execute.js';
import { lineChecker } from '../commands/line.js';
import { type ExitCode, exitCodes } from '../exit.js';
import type { Session } from '../session.js';
import { json } from '../terminal.js';
import { type ExampleLine, exampleLines, officersIn, playsAll } from './examples.js';
import { summarise, toldSummary } from './summary.js';

/** How the main job is run. */
export interface DemoOptions {
  /** End after the job rather than stay up with the workers. */
  readonly once?: boolean;
  readonly json?: boolean;
  /** Whether the stories of `docs/examples/more` are played too; unless told, they are when it stays up. */
  readonly all?: boolean;
  /** The checkout: examples are read from it, and `var/demo` is made in it. */
  readonly root: string;
}

/** A clock that stands where it is put, until it is let go. */
const standingClock = (at: number) => {
  let standsAt: number | undefined = at;
  let offset = 0;
  return {
    now: (): Date => new Date(standsAt ?? Date.now() + offset),
    moveTo(later: number): void {
      standsAt = Math.max(standsAt ?? 0, later);
    },
    /** From now on it runs, from where it stood. */
    letGo(): void {
      offset = (standsAt ?? 0) - Date.now();
      standsAt = undefined;
    },
  };
};

/** Removes what the last demonstration left; refuses while one is running. */
const clearAway = async (directory: string, store: string): Promise<void> => {
  await discardDatabase(store);
  await rm(directory, { recursive: true, force: true });
};

const configurationIn = (
  directory: string,
  officers: readonly string[],
  environment: Session['environment'],
): Configuration =>
  configurationFrom({
    PROBONO_LOG_LEVEL: environment.PROBONO_LOG_LEVEL ?? 'warn',
    PROBONO_HEALTH_PORT: environment.PROBONO_HEALTH_PORT ?? '0',
    PROBONO_STORE: `pglite:${join(directory, 'store')}`,
    PROBONO_MAIL: `file:${join(directory, 'mail')}`,
    PROBONO_OFFICERS: officers.join(','),
  });

/**
 * The main job: executes the example files as commands, on a clock that stops wherever a reminder or the clerk has
 * something to do, while the workers project and send; then reports, and stays up unless `once`.
 */
export const demo = async (session: Session, options: DemoOptions): Promise<ExitCode> => {
  const began = performance.now();
  const { terminal, signal } = session;
  const directory = join(options.root, 'var', 'demo');
  const lines = await exampleLines(join(options.root, 'docs', 'examples'), { more: playsAll(options) });
  const configuration = configurationIn(directory, officersIn(lines), session.environment);
  const [first] = lines;
  if (first === undefined) throw new Error('docs/examples has no command files');

  await clearAway(directory, configuration.store);
  const clock = standingClock(first.at);
  const proBono = await openProBono(configuration, { clock: clock.now, demonstration: true, stateCache: 1000 });
  const stop = new AbortController();
  const end = AbortSignal.any([signal, stop.signal]);
  try {
    const host = await hostWorkers(proBono, end);
    let code = await proBono.workers.inBulk(() => play(session, proBono, clock.moveTo, lines));
    if (code === exitCodes.done) await proBono.workers.settleAll();
    if (code === exitCodes.done) {
      const report = {
        on: clock.now().toISOString().slice(0, 10),
        commands: lines.length,
        mailbox: join(directory, 'mail'),
        elapsedMs: Math.round(performance.now() - began),
      };
      const summary = await summarise(proBono, report);
      await terminal.out(options.json ? json(summary) : toldSummary(summary));
      if (!options.once && !signal.aborted) {
        clock.letGo();
        terminal.note(`The workers stay up: http://127.0.0.1:${host.healthPort}/healthz. Ctrl-C stops them.`);
        await host.stopped;
      }
    }
    if (signal.aborted && code === exitCodes.done && options.once) code = exitCodes.failed;
    stop.abort();
    await host.stopped;
    return code;
  } finally {
    stop.abort();
    await proBono.close();
  }
};

interface Host {
  readonly healthPort: number | undefined;
  /** Resolves when the host has stopped. */
  readonly stopped: Promise<void>;
}

const hostWorkers = async (proBono: ProBono, stop: AbortSignal): Promise<Host> => {
  const queue = await proBono.queue();
  return new Promise((resolve, reject) => {
    const stopped = runHost({
      loops: proBono.workers.loops,
      queue,
      logger: proBono.logger,
      metrics: () => metricsOf(proBono),
      healthHost: proBono.configuration.healthHost,
      healthPort: proBono.configuration.healthPort ?? 0,
      signals: [],
      stop,
      onReady: ({ healthPort }) => resolve({ healthPort, stopped }),
    });
    stopped.catch(reject);
  });
};

/** Executes the lines, each at its time; before it, all that falls due until then. */
const play = async (
  { terminal, signal }: Session,
  proBono: ProBono,
  moveTo: (at: number) => void,
  lines: readonly ExampleLine[],
): Promise<ExitCode> => {
  const { workers } = proBono;
  const checkers = new Map(lines.map(({ file }) => [file, lineChecker(proBono)]));
  const catchUp = async (until: number): Promise<void> => {
    await workers.settle();
    for (;;) {
      const due = await workers.nextDueAt();
      if (due === undefined || due.getTime() > until || signal.aborted) return;
      moveTo(due.getTime());
      workers.clockMoved();
      await workers.settle();
    }
  };
  let before = Number.NEGATIVE_INFINITY;
  for (const [index, { file, line, at }] of lines.entries()) {
    if (signal.aborted) return exitCodes.failed;
    if (at > before) await catchUp(at);
    moveTo(at);
    before = at;
    const checked = checkers.get(file)?.(line);
    if (checked === undefined) throw new Error(`no checker for ${file}`);
    if ('invalid' in checked) {
      terminal.note(`${file} ${toldInvalid(checked)}`);
      return exitCodes.no;
    }
    const outcome = await proBono.application.execute(checked.command);
    if (outcome.kind !== 'accepted') {
      terminal.note(`${file} ${toldResult(line.number, outcome)}`);
      terminal.note(json(resultOf(line.number, outcome)));
      return exitCodes.no;
    }
    if (index % 50 === 49)
      terminal.note(`  ${index + 1} of ${lines.length} commands, ${new Date(at).toISOString().slice(0, 10)}`);
  }
  await catchUp(before);
  return exitCodes.done;
};
