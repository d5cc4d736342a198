import { randomBytes } from 'node:crypto';
import { type Application, type Outcome, openApplication } from '@probono/application';
import { clerkAgenda } from '@probono/clerk';
import { type Catalogue, type Decision, domain, Instant, type ParsedCommand, parseCommand } from '@probono/domain';
import type { Codec, EventStore } from '@probono/event-store';
import type { KeyStore } from '@probono/privacy';
import { openQueue, type Queue, type QueueBackend, workerLogger } from '@probono/queue';
import { openReadModels, type Projection, projections, type ReadModels } from '@probono/read-models';
import { reminderPlan } from '@probono/reminders';
import type { SqlClient } from '@probono/sql';
import type { Logger } from 'pino';
import { v7 } from 'uuid';
import { openAdapters } from './adapters.js';
import type { Configuration } from './configuration.js';
import { isDemonstration, openAsDemonstration } from './demonstration.js';
import { figuresOf } from './figures.js';
import { openWorkers, type Workers } from './workers.js';

/** What {@link openProBono} lets a caller inject; production takes the defaults. */
export interface ProBonoOptions {
  /** The domain's clock; by default the machine's. */
  readonly clock?: () => Date;
  /** Ids of commands that name none; by default UUIDv7. */
  readonly newCommandId?: () => string;
  /** Random bytes for keys and initialisation vectors; by default node:crypto's. */
  readonly randomBytes?: (size: number) => Uint8Array;
  /** Uniform in [0, 1), for jitter; by default Math.random. */
  readonly random?: () => number;
  readonly logger?: Logger;
  /** Marks an empty store as a demonstration, whose clock may be moved; refused on a store with a real history. */
  readonly demonstration?: boolean;
  /** For a process that will host workers: a Redis that cannot be used then stops the start before all else. */
  readonly hosting?: boolean;
  /** How many streams' states commands may keep in memory; none unless told. See the application's `stateCache`. */
  readonly stateCache?: number;
  /**
   * Which projections are filled, made from those that are filled by default: to add an embedder's own, or to take a
   * plan of reminders under another policy.
   */
  readonly projections?: (own: readonly Projection[]) => readonly Projection[];
  /** How long a sender of reminders may be silent before another takes over, in milliseconds; 5 minutes unless told. */
  readonly reminderLeaseMs?: number;
}

/** Everything of Pro Bono, composed: what an application embeds. */
export interface ProBono {
  readonly configuration: Configuration;
  readonly domain: Catalogue;
  readonly store: EventStore;
  readonly codec: Codec;
  readonly keys: KeyStore;
  /** The database of the read models; typed queries take it. */
  readonly sql: SqlClient;
  readonly application: Application;
  readonly readModels: ReadModels;
  readonly workers: Workers;
  readonly logger: Logger;
  /** The queue of wake-ups, opened when first asked for. */
  queue(): Promise<Queue>;
  /** True when commands may say what time it is. */
  readonly demonstration: boolean;
  /** Checks an untrusted `{command, data, meta}`; `at` is the clock's time unless a demonstration says another. */
  parse(input: unknown, defaults?: { readonly at?: Date; readonly commandId?: string }): ParsedCommand;
  /** Checks and carries out. */
  execute(input: unknown): Promise<Outcome | Extract<ParsedCommand, { ok: false }>>;
  /** Checks and decides, writes nothing. */
  explain(input: unknown): Promise<Decision | Extract<ParsedCommand, { ok: false }>>;
  close(): Promise<void>;
}

/**
 * Opens Pro Bono on what the configuration names. Throws `SqlUnavailable`, `Unavailable` (the log),
 * `DirectoryLocked`, `QueueUnavailable` or `ConfigurationError`, each with one clear line, when something cannot be used; what was opened is closed again.
 *
 * @example
 * const proBono = await openProBono(configurationFrom(process.env));
 * const outcome = await proBono.execute({ command: 'RegisterOrganisation', data: {…}, meta: { actor } });
 * await proBono.close();
 */
export const openProBono = async (configuration: Configuration, options: ProBonoOptions = {}): Promise<ProBono> => {
  const { clock = () => new Date(), newCommandId = () => v7(), random = Math.random } = options;
  const logger = options.logger ?? workerLogger('probono', configuration.logLevel);
  const openedQueue = (backend: QueueBackend): Promise<Queue> => openQueue(backend, { logger, random, required: true });
  let queue: Queue | undefined;
  if (options.hosting && configuration.queue !== 'sql')
    queue = await openedQueue({ kind: 'redis', url: configuration.queue });
  const adapters = await openAdapters(configuration, options.randomBytes ?? randomBytes).catch(async (error) => {
    await queue?.close();
    throw error;
  });
  const { store, codec, keys, sql } = adapters;
  try {
    if (options.demonstration) await openAsDemonstration(sql, (await store.lastPosition()) === undefined, new Date());
    const demonstration = await isDemonstration(sql);

    let opening: Promise<Queue> | undefined;
    const own = [...projections, clerkAgenda, reminderPlan];
    const filled = options.projections?.(own) ?? own;
    const readModels = openReadModels({
      sql,
      store,
      codec,
      projections: filled,
      now: () => new Date(),
      logger,
    });
    await readModels.migrate();
    const application = openApplication({
      store,
      codec,
      catalogue: domain,
      figures: figuresOf({ store, sql, readModels }),
      onAppended: (types) => workers.appended(types),
      ...(options.stateCache === undefined ? {} : { stateCache: options.stateCache }),
    });
    const workers = await openWorkers({
      configuration,
      adapters,
      application,
      readModels,
      projections: filled,
      clock,
      logger,
      ...(options.reminderLeaseMs === undefined ? {} : { reminderLeaseMs: options.reminderLeaseMs }),
    });

    const parse: ProBono['parse'] = (input, { at = clock(), commandId = newCommandId() } = {}) =>
      parseCommand(domain, input, { recordedAt: Instant.parse(at.toISOString()), commandId });
    return {
      configuration,
      domain,
      store,
      codec,
      keys,
      sql,
      application,
      readModels,
      workers,
      logger,
      demonstration,
      queue() {
        const open = async (): Promise<Queue> => {
          queue ??= await openedQueue(
            configuration.queue === 'sql' ? { kind: 'sql', sql } : { kind: 'redis', url: configuration.queue },
          );
          workers.ringThrough(queue);
          return queue;
        };
        opening ??= open();
        return opening;
      },
      parse,
      async execute(input) {
        const parsed = parse(input);
        return parsed.ok ? application.execute(parsed.command) : parsed;
      },
      async explain(input) {
        const parsed = parse(input);
        return parsed.ok ? application.explain(parsed.command) : parsed;
      },
      async close() {
        await queue?.close();
        await workers.close();
        await adapters.close();
      },
    };
  } catch (error) {
    await queue?.close();
    await adapters.close();
    throw error;
  }
};
