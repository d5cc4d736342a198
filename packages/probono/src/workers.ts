import type { Application } from '@probono/application';
import { type Clerk, openClerk } from '@probono/clerk';
import { Instant } from '@probono/domain';
import type { Queue, WorkLoop } from '@probono/queue';
import type { ReadModels } from '@probono/read-models';
import { openMailer, openReminders, type Reminders } from '@probono/reminders';
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
  /** What to ring after an append. */
  readonly topics: readonly string[];
  /**
   * Waits until all loops, which `queue` must be hosting, have nothing left to do at the clock's present time.
   * Throws what a loop threw.
   */
  settle(queue: Queue): Promise<void>;
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
  readonly clock: () => Date;
  readonly logger: Logger;
}

const readModelLoop = (readModels: ReadModels, name: string): WorkLoop => ({
  topic: `projection.${name}`,
  async run(signal) {
    await readModels.advance(name, { signal });
  },
});

export const openWorkers = async (parts: WorkersParts): Promise<Workers> => {
  const { adapters, application, readModels, configuration, logger } = parts;
  const { sql, store, codec } = adapters;
  const clock = (): Instant => Instant.parse(parts.clock().toISOString());
  const clerk = openClerk({ sql, application, clock, lastPosition: () => store.lastPosition(), logger });
  const mailer = openMailer(configuration.mail);
  const reminders = openReminders({
    sql,
    store,
    codec,
    application,
    readModels,
    mailer,
    from: { name: 'Pro Bono', address: configuration.mailFrom },
    clock,
    onUnknown: configuration.onUnknownMail,
    officers: configuration.officers,
    logger,
    ...(configuration.unsubscribe === undefined ? {} : { unsubscribe: configuration.unsubscribe }),
  });
  await reminders.migrate();

  const models = readModels.names.map((name) => observed(readModelLoop(readModels, name)));
  const clerkLoop = observed({
    topic: 'clerk',
    async run(signal) {
      await clerk.run(signal);
    },
  });
  const reminderLoop = observed({
    topic: 'reminders',
    async run(signal) {
      await reminders.run(signal);
    },
  });
  const all = [...models, clerkLoop, reminderLoop];

  const round = async (queue: Queue, loops: readonly ObservedLoop[]): Promise<void> => {
    const runs = loops.map((one) => one.nextRun());
    for (const { loop } of loops) queue.bell.ring(loop.topic);
    await Promise.all(runs);
  };

  return {
    clerk,
    reminders,
    loops: all.map(({ loop }) => loop),
    projector: [...models, clerkLoop].map(({ loop }) => loop),
    sender: [reminderLoop.loop],
    topics: all.map(({ loop }) => loop.topic),
    async settle(queue) {
      for (let before: bigint | undefined | 'unknown' = 'unknown'; ; ) {
        await round(queue, models);
        await round(queue, [clerkLoop, reminderLoop]);
        const position = await store.lastPosition();
        if (position === before) return;
        before = position;
      }
    },
    async nextDueAt() {
      const now = clock();
      const due = [await clerk.nextDueAt(now), await reminders.nextDueAt(now)].filter((at) => at !== undefined).sort();
      return due[0] === undefined ? undefined : new Date(due[0]);
    },
    close: async () => mailer.close(),
  };
};
