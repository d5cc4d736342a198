import { randomBytes } from 'node:crypto';
import { openApplication, readDecoded, stateOf } from '@probono/application';
import { domain, Instant, type Month, PeriodClosed, parseCommand, type StreamName } from '@probono/domain';
import { jsonCodec, memoryEventStore, type StoredEvent } from '@probono/event-store';
import { fieldCipher, memoryKeyStore } from '@probono/privacy';
import type { ExampleLine } from './example-files.js';

/** What became of a line. */
export interface LineOutcome {
  /** Where it stands: file, number, command. */
  readonly line: string;
  readonly kind: 'accepted' | 'refused' | 'invalid' | 'failed';
  /** The rules that refused it, or what else kept it from being done. */
  readonly why: readonly string[];
  readonly warnings: readonly string[];
  readonly repeated: boolean;
  /** How many events it wrote. */
  readonly events: number;
}

/** An application over an empty store; each line sets its clock. Personal fields are sealed as in production. */
export const openExamples = () => {
  const keys = memoryKeyStore({ random: randomBytes, now: () => new Date(0) });
  const codec = jsonCodec({ events: domain.events, cipher: fieldCipher(keys, { random: randomBytes }) });
  const store = memoryEventStore({ now: () => new Date(0) });
  const application = openApplication({ store, codec, catalogue: domain });

  const give = async ({ file, number, at, command, data, meta }: ExampleLine): Promise<LineOutcome> => {
    const told = { line: `${file}:${number} ${command}`, why: [], warnings: [], repeated: false, events: 0 };
    // No id is made up here: a line without one is invalid.
    const parsed = parseCommand(domain, { command, data, meta }, { recordedAt: Instant.parse(at), commandId: '' });
    if (!parsed.ok) {
      return { ...told, kind: 'invalid', why: parsed.invalid.map(({ path, message }) => `${path}: ${message}`) };
    }
    const outcome = await application.execute(parsed.command);
    switch (outcome.kind) {
      case 'accepted': {
        const warnings = outcome.warnings.map(({ rule }) => rule);
        return { ...told, kind: 'accepted', warnings, repeated: outcome.repeated, events: outcome.events.length };
      }
      case 'refused':
        return { ...told, kind: 'refused', why: outcome.refusals.map(({ rule }) => rule) };
      default:
        return { ...told, kind: 'failed', why: [outcome.kind] };
    }
  };

  return {
    store,
    codec,
    /** Gives the lines in their order, one after the other. */
    async give(lines: readonly ExampleLine[]): Promise<readonly LineOutcome[]> {
      const outcomes: LineOutcome[] = [];
      for (const line of lines) outcomes.push(await give(line));
      return outcomes;
    },
    /** Every event, as it lies in the store. */
    async stored(): Promise<readonly StoredEvent[]> {
      const events: StoredEvent[] = [];
      for await (const event of store.readAll()) events.push(event);
      return events;
    },
    /** The totals of every month that was closed for a person, as the facts in the log say them. */
    async closedMonths(personId: string): Promise<Readonly<Record<Month, number>>> {
      const months: Record<Month, number> = {};
      for await (const { type, data } of readDecoded(store, codec, streamOf('agenttime', personId))) {
        if (type !== 'PeriodClosed') continue;
        const { month, totals } = PeriodClosed.schema.parse(data);
        months[month] = totals.reduce((sum, { minutes }) => sum + minutes, 0);
      }
      return months;
    },
    /** The folded state of a stream; the caller says of which shape. */
    async state<T>(category: string, id: string): Promise<T> {
      // The catalogue folds a category into its own aggregate's state.
      return (await stateOf(store, codec, domain, streamOf(category, id))) as T;
    },
  };
};

const streamOf = (category: string, id: string): StreamName => `${category}-${id}` as StreamName; // ids of the files
