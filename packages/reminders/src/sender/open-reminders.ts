import { randomUUID } from 'node:crypto';
import { type Instant, plusMinutes } from '@probono/domain';
import { Unavailable } from '@probono/event-store';
import { isConnectionLost, migrate, SqlUnavailable } from '@probono/sql';
import { contactsIn } from '../contact.js';
import { type Claim, openLedger } from '../ledger/claims.js';
import { ledgerMigrations, ledgerOwner } from '../ledger/migrations.js';
import { type ReconciledLedger, reconcileLedger } from '../ledger/reconcile.js';
import { planName } from '../plan/plan.js';
import { defaultPolicy } from '../plan/policy.js';
import { deliver } from './deliver.js';
import { Interrupted, type Parts, passing, type RemindersOptions, type RunResult, type Tally } from './parts.js';
import { type Preview, type RemindersStatus, readHasDue, readNextDue, readPreview, readStatus } from './watch.js';

/** The sender of reminders. */
export interface Reminders {
  /** Makes the ledger's table. To be called at start, in every process, after the read models' own. */
  migrate(): Promise<void>;
  /**
   * Sends what is due, and stops when nothing is left, the mail server takes nothing, or the signal aborts. Any number
   * of senders may run at once, and die at any moment: at-least-once, and a second mail goes out only when one died, or
   * was without its database for longer than a lease, between the server's answer and the next write, and the policy is
   * `resend`.
   *
   * Nothing is claimed until the plan holds all that the log held when this sender first ran. Throws when a database or
   * the store is out of reach: call it again later.
   */
  run(signal?: AbortSignal): Promise<RunResult>;
  /** Whether something is due and not settled: whether `run` has anything to do. */
  hasDue(): Promise<boolean>;
  status(): Promise<RemindersStatus>;
  /** Holds the ledger against the log. */
  reconcile(signal?: AbortSignal): Promise<ReconciledLedger>;
  /** What will be sent up to an instant, at most 1,000, as things stand. */
  preview(until: Instant): Promise<readonly Preview[]>;
  /** When something falls due after an instant, by the domain's clock; undefined: never, as things stand. */
  nextDueAt(after: Instant): Promise<Instant | undefined>;
}

/** How far back to look for reminders not noted yet, between two looks at the whole plan. */
const lookBackMinutes = 3 * 24 * 60;
const wholePlanMinutes = 60;

/** Opens the sender of reminders; nothing is sent until `run` is called. */
export const openReminders = (options: RemindersOptions): Reminders => {
  const { sql, store, codec, clock, readModels } = options;
  const { policy = defaultPolicy, officers = [], leaseMs = 300_000 } = options;
  const parts: Omit<Parts, 'holder'> = {
    ...options,
    policy,
    officers,
    ledger: openLedger(sql, leaseMs),
    contactOf: contactsIn(store, codec),
    domain: options.from.address.slice(options.from.address.lastIndexOf('@') + 1),
  };
  let start: { readonly position: bigint | undefined } | undefined;
  let planReached = false;
  let noted: { readonly at: Instant; readonly whole: Instant } | undefined;

  /** A plan that is still being made knows of reminders whose sessions were moved or cancelled since. */
  const planIsReady = async (signal?: AbortSignal): Promise<boolean> => {
    start ??= { position: await store.lastPosition() };
    await readModels.advance(planName, signal === undefined ? {} : { signal });
    if (planReached || start.position === undefined) return true;
    const waited = await readModels.waitFor(start.position, { projections: [planName], timeoutMs: 0 });
    planReached = waited === 'reached';
    return planReached;
  };

  const note = async (now: Instant): Promise<void> => {
    const whole = noted === undefined || plusMinutes(noted.whole, wholePlanMinutes) <= now || now < noted.at;
    await parts.ledger.note(
      now,
      officers,
      whole || noted === undefined ? undefined : plusMinutes(noted.at, -lookBackMinutes),
    );
    noted = { at: now, whole: whole || noted === undefined ? now : noted.whole };
  };

  const run = async (signal?: AbortSignal): Promise<RunResult> => {
    const tally: Tally = { mails: 0, sent: 0, dropped: 0, parked: 0, postponed: 0, failed: 0 };
    if (!(await planIsReady(signal))) return { state: 'waiting', ...tally };
    const held: Parts = { ...parts, holder: randomUUID() };
    for (;;) {
      if (signal?.aborted) return { state: 'aborted', ...tally };
      const now = clock();
      await note(now);
      const claims = await held.ledger.claim(held.holder, now);
      if (claims.length === 0) return { state: 'done', ...tally };
      await passing(held, 'claimed');
      const state = await deliverAll(held, claims, tally, signal);
      if (state !== 'on') {
        await held.ledger.release(held.holder);
        return { state, ...tally };
      }
    }
  };

  return {
    migrate: () => migrate(sql, ledgerOwner, ledgerMigrations),
    run,
    hasDue: () => readHasDue(sql, clock(), officers),
    reconcile: (signal) => reconcileLedger(parts, signal),
    status: () => readStatus(sql, clock(), officers),
    preview: (until) => readPreview(sql, until, officers),
    nextDueAt: (after) => readNextDue(sql, after, officers),
  };
};

const deliverAll = async (
  parts: Parts,
  claims: readonly Claim[],
  tally: Tally,
  signal?: AbortSignal,
): Promise<'on' | 'server-unavailable' | 'aborted'> => {
  for (const [first, ...others] of byPerson(claims)) {
    if (signal?.aborted) return 'aborted';
    try {
      if ((await deliver(parts, [first, ...others], tally)) === 'stop') return 'server-unavailable';
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      if (error instanceof Unavailable || error instanceof SqlUnavailable || isConnectionLost(error)) {
        await parts.ledger.release(parts.holder);
        throw error;
      }
      // One person's trouble must not keep all others waiting.
      parts.logger?.warn({ personId: first.personId, error: nameOf(error) }, 'the reminders of a person failed');
      await parts.ledger.putOff(parts.holder, first.personId);
      tally.failed += 1 + others.length;
    }
  }
  return 'on';
};

// The message of an error may quote what it failed on.
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'error');

const byPerson = (claims: readonly Claim[]): readonly (readonly [Claim, ...Claim[]])[] => {
  const groups = new Map<string, [Claim, ...Claim[]]>();
  for (const claim of claims) {
    const group = groups.get(claim.personId);
    if (group === undefined) groups.set(claim.personId, [claim]);
    else group.push(claim);
  }
  return [...groups.values()];
};
