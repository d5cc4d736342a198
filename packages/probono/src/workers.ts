import type { Application } from '@probono/application';
import { type Clerk, clerkAgenda, openClerk } from '@probono/clerk';
import { Instant } from '@probono/domain';
import type { Queue, WorkLoop } from '@probono/queue';
import type { Projection, ReadModels } from '@probono/read-models';
import { openMailer, openReminders, type Reminders, reminderPlan } from '@probono/reminders';
import type { Logger } from 'pino';
import type { Adapters } from './adapters.js';
import type { Configuration } from './configuration.js';
import { type ObservedLoop, observed } from './observed-loop.js';

/** The work that goes on behind the commands: read models, the clerk, reminders. */
export interface Workers {
  readonly clerk: Clerk;
  readonly reminders: Reminders;
  /** One loop for each read model, one for the clerk, one for reminders. */
  readonly loops: readonly WorkLoop[];
  /** Those of the read models and the clerk. */
  readonly projector: readonly WorkLoop[];
  /** That of the reminders. */
  readonly sender: readonly WorkLoop[];
  /** Through which loops wake each other and are woken; without it they live by their ticks. */
  ringThrough(queue: Queue): void;
  /** Wakes the read models that want events of these types. */
  appended(types: ReadonlySet<string>): void;
  /**
   * Does work that gives many commands: meanwhile read models that no worker acts on are not woken for each, but go by
   * their ticks. `settleAll` brings them up afterwards.
   */
  inBulk<T>(work: () => Promise<T>): Promise<T>;
  /** Wakes those that go by the clock: call it when a demonstration has moved it. */
  clockMoved(): void;
  /**
   * Waits until all that was rung for in this process is done, and what came of it too. The queue rung through must be
   * hosting all loops. Throws what a loop threw.
   */
  settle(): Promise<void>;
  /** Waits until every read model has looked at the whole log. */
  settleAll(): Promise<void>;
  /** The next moment, after the clock's, at which the clerk or a reminder has something to do. */
  nextDueAt(): Promise<Date | undefined>;
  close(): Promise<void>;
}

/** What the workers work with. */
export interface WorkersParts {
  readonly configuration: Configuration;
  readonly adapters: Adapters;
  readonly application: Application;
  readonly readModels: ReadModels;
  readonly projections: readonly Projection[];
  readonly clock: () => Date;
  readonly logger: Logger;
  readonly reminderLeaseMs?: number;
}

/** Without a queue, an event is in the rows within five seconds: its read model rests four at most. */
const longestRestMs = 4_000;

export const openWorkers = async (parts: WorkersParts): Promise<Workers> => {
  const { adapters, application, readModels, projections, configuration, logger } = parts;
  const { sql, store, codec } = adapters;
  const clock = (): Instant => Instant.parse(parts.clock().toISOString());
  const clerk = openClerk({ sql, application, clock, lastPosition: () => store.lastPosition(), logger });
  const mailer = openMailer(configuration.mail);
  const reminders = openReminders({
    sql,
    store,
    codec,
    application,
    // The plan has a loop of its own; here it is only waited for.
    readModels: { advance: async () => 'idle', waitFor: readModels.waitFor },
    mailer,
    from: { name: 'Pro Bono', address: configuration.mailFrom },
    clock,
    onUnknown: configuration.onUnknownMail,
    officers: configuration.officers,
    logger,
    ...(parts.reminderLeaseMs === undefined ? {} : { leaseMs: parts.reminderLeaseMs }),
    ...(configuration.unsubscribe === undefined ? {} : { unsubscribe: configuration.unsubscribe }),
  });
  await reminders.migrate();

  let queue: Queue | undefined;
  /** What is due next, as long as nothing has run that could change it. */
  let due: { readonly from: Instant; readonly at: Date | undefined } | undefined;
  /** By loop, the run that must complete before what it was rung for is done. */
  const owed = new Map<ObservedLoop, number>();
  const ring = (loop: ObservedLoop): void => {
    if (queue === undefined) return;
    owed.set(loop, loop.begun() + 1);
    queue.bell.ring(loop.loop.topic);
  };

  const clerkLoop = observed({
    topic: 'clerk',
    async run(signal) {
      await clerk.run(signal);
      due = undefined;
    },
  });
  const reminderLoop = observed({
    topic: 'reminders',
    async run(signal) {
      await reminders.run(signal);
      due = undefined;
    },
  });
  /** Who acts on a read model as soon as it has moved, when there is something to do. */
  const readers = new Map([
    [clerkAgenda.name, { loop: clerkLoop, wanted: async () => true }],
    [reminderPlan.name, { loop: reminderLoop, wanted: () => reminders.hasDue() }],
  ]);
  let bulk = false;
  const models = projections.map(({ name, types }) => ({
    types: new Set(types),
    actedOn: readers.has(name),
    loop: observed({
      topic: `projection.${name}`,
      tickMs: longestRestMs,
      async run(signal) {
        await readModels.advance(name, { signal });
        const reader = readers.get(name);
        if (reader === undefined) return;
        due = undefined;
        if (await reader.wanted()) ring(reader.loop);
      },
    }),
  }));
  const modelLoops = models.map(({ loop }) => loop);
  const all = [...modelLoops, clerkLoop, reminderLoop];

  const paid = async (loops: readonly ObservedLoop[]): Promise<void> => {
    for (const loop of loops) {
      for (let run = owed.get(loop); run !== undefined; run = owed.get(loop)) {
        await loop.completed(run);
        if (owed.get(loop) === run) owed.delete(loop);
      }
    }
  };
  const clockMoved = (): void => {
    ring(clerkLoop);
    ring(reminderLoop);
  };
  const settle = async (): Promise<void> => {
    while (owed.size > 0) {
      // Read models first: who acts on them is woken by them.
      await paid(modelLoops);
      await paid(all);
    }
  };

  return {
    clerk,
    reminders,
    loops: all.map(({ loop }) => loop),
    projector: [...modelLoops, clerkLoop].map(({ loop }) => loop),
    sender: [reminderLoop.loop],
    ringThrough(bells) {
      queue = bells;
    },
    appended(types) {
      for (const model of models) {
        if (bulk && !model.actedOn) continue;
        if ([...types].some((type) => model.types.has(type))) ring(model.loop);
      }
    },
    async inBulk(work) {
      bulk = true;
      try {
        return await work();
      } finally {
        bulk = false;
      }
    },
    clockMoved,
    settle,
    async settleAll() {
      modelLoops.forEach(ring);
      clockMoved();
      await settle();
    },
    async nextDueAt() {
      const from = clock();
      if (due !== undefined && due.from <= from && (due.at === undefined || due.at.toISOString() > from)) return due.at;
      const [next] = [await clerk.nextDueAt(from), await reminders.nextDueAt(from)]
        .filter((at) => at !== undefined)
        .sort();
      due = { from, at: next === undefined ? undefined : new Date(next) };
      return due.at;
    },
    close: () => mailer.close(),
  };
};
