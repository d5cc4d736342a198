import type { Application, Outcome } from '@probono/application';
import { type Command, CommandMeta, Instant } from '@probono/domain';
import type { RunnerLogger } from '@probono/read-models';
import { migrate, type SqlClient } from '@probono/sql';
import { clerkMigrations, forgetSettled, migrationsOwner, noteAttempt, type Tried } from './attempts.js';
import { agendaPosition, assertAgenda, type DueTask, dueTasks, nextDue } from './due.js';

/** What a clerk works with. */
export interface ClerkParts {
  /** Where the read model {@link clerkAgenda} lies. */
  readonly sql: SqlClient;
  readonly application: Application;
  /** ISO 8601 instant; the clock of the domain. */
  readonly clock: () => string;
  /**
   * Position of the log's last event. When given, nothing is done before the agenda has read up to where the log stood
   * at the first run: a clerk that starts beside an agenda long out of date would act on what is no longer so.
   */
  readonly lastPosition?: () => Promise<bigint | undefined>;
  readonly logger?: RunnerLogger;
}

/** How many commands recorded something now, and how many were refused. */
export interface Ran {
  readonly issued: number;
  readonly refused: number;
}

/** Gives the dated and consequential commands as `system:clerk`. */
export interface Clerk {
  /**
   * Gives every command that is due and not waiting for another try, until none is left or the signal aborts. May run
   * twice, late, and on several machines at once: each command is recorded once. Ends early, without an error, while
   * the event store is out of reach. What follows from its commands is due once the agenda has read them: run the read
   * model, then the clerk, until `issued` is 0.
   */
  run(signal?: AbortSignal): Promise<Ran>;
  /** The first moment after `after` (ISO 8601) at which something falls due or may be tried again. */
  nextDueAt(after: string): Promise<string | undefined>;
}

/**
 * Opens the clerk. Its book of attempts is made at its first use.
 *
 * @example
 * ```ts
 * const clerk = openClerk({ sql, application, clock: () => new Date().toISOString() });
 * await readModels.advance('clerk');
 * await clerk.run();
 * ```
 */
export const openClerk = ({ sql, application, clock, lastPosition, logger }: ClerkParts): Clerk => {
  let made: Promise<void> | undefined;
  let target: { readonly position: bigint | undefined } | undefined;
  let reached = false;

  const make = async (): Promise<void> => {
    await migrate(sql, migrationsOwner, clerkMigrations);
    await assertAgenda(sql);
  };

  const ready = async (): Promise<boolean> => {
    made ??= make();
    await made.catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    if (reached) return true;
    const position = await agendaPosition(sql);
    target ??= { position: await lastPosition?.() };
    reached = position !== undefined && position >= (target.position ?? -1n);
    return reached;
  };

  const note = async (task: DueTask, outcome: Tried, rules: readonly string[], at: string): Promise<void> => {
    const attempts = task.attempts + 1;
    await noteAttempt(sql, task.task_id, { outcome, rules, attempts, at });
    const facts = { command: task.command, taskId: task.task_id, outcome, rules, attempts };
    if (outcome === 'issued') logger?.info(facts, 'the clerk gave a command');
    else logger?.warn(facts, 'the clerk gave a command that changed nothing');
  };

  /** Carries out one task; `away` when the store is out of reach. */
  const carryOut = async (task: DueTask, at: Instant): Promise<Tried | 'away'> => {
    let outcome: Outcome;
    try {
      outcome = await application.execute(commandOf(task, at));
    } catch (error) {
      // Noted like a refusal: one command that cannot be carried out must not hold up the others.
      logger?.error({ command: task.command, taskId: task.task_id, error }, 'a command of the clerk failed');
      await note(task, 'failed', [], at);
      return 'failed';
    }
    if (outcome.kind === 'unavailable') return 'away';
    const tried = triedOf(outcome);
    await note(task, tried, outcome.kind === 'refused' ? outcome.refusals.map(({ rule }) => rule) : [], at);
    return tried;
  };

  return {
    async run(signal) {
      const ran = { issued: 0, refused: 0 };
      if (!(await ready())) return ran;
      const at = Instant.parse(clock());
      for (;;) {
        const tasks = await dueTasks(sql, at);
        for (const task of tasks) {
          if (signal?.aborted) return ran;
          const tried = await carryOut(task, at);
          if (tried === 'away') return ran;
          if (tried === 'issued') ran.issued += 1;
          if (tried === 'refused') ran.refused += 1;
        }
        if (tasks.length === 0) break;
      }
      await forgetSettled(sql);
      return ran;
    },
    async nextDueAt(after) {
      await ready();
      return nextDue(sql, after);
    },
  };
};

const commandOf = (task: DueTask, recordedAt: Instant): Command => ({
  name: task.command,
  data: task.data,
  meta: CommandMeta.parse({
    actor: { id: 'system:clerk', role: 'system' },
    commandId: task.task_id,
    tenantId: task.tenant_id,
    correlationId: task.correlation_id,
    causationId: task.caused_by,
    ...(task.effective_on === null ? {} : { effectiveOn: task.effective_on }),
  }),
  recordedAt,
});

const triedOf = (outcome: Exclude<Outcome, { readonly kind: 'unavailable' }>): Tried => {
  if (outcome.kind !== 'accepted') return outcome.kind;
  if (outcome.events.length === 0) return 'already-so';
  return outcome.repeated ? 'repeated' : 'issued';
};
