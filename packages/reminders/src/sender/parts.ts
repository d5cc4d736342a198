import type { Application } from '@probono/application';
import type { Instant } from '@probono/domain';
import type { Codec, EventStore } from '@probono/event-store';
import type { ReadModels } from '@probono/read-models';
import type { SqlClient } from '@probono/sql';
import type { ContactLookup } from '../contact.js';
import type { Ledger } from '../ledger/claims.js';
import type { Mailbox, Mailer } from '../mail/mail.js';
import type { Unsubscribing } from '../mail/unsubscribe.js';
import type { Policy } from '../plan/policy.js';

/** Where the sender can be stopped in tests: after each of these it may be as if the process had died. */
export type FaultPoint =
  /** Reminders are held under a lease. */
  | 'claimed'
  /** They were found to hold, and the mail is written. */
  | 'checked'
  /** The ledger says that the mail is being sent. */
  | 'begun'
  /** The server has answered 250; nothing knows it yet. */
  | 'sent'
  /** The ledger knows it; the log does not. */
  | 'accepted'
  /** The log knows it; the ledger does not. */
  | 'recorded';

/** Where the sender says what it does; pino fits. Only ids, kinds and codes are written. */
export interface RemindersLogger {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

/** What sending reminders takes. */
export interface RemindersOptions {
  /** The database of the read models, in which the ledger lies too. */
  readonly sql: SqlClient;
  readonly store: EventStore;
  readonly codec: Codec;
  /** Of a catalogue that has the notification aggregate. */
  readonly application: Pick<Application, 'execute'>;
  /** Read models that the plan is one of. */
  readonly readModels: Pick<ReadModels, 'advance' | 'waitFor'>;
  readonly mailer: Mailer;
  /** The sender of all mails, and the organizer of all sessions in calendars. */
  readonly from: Mailbox;
  /** The domain's clock: what is due is due by it. Leases and back-off go by the database's. */
  readonly clock: () => Instant;
  /** The policy that the plan was made with; the default one unless told. */
  readonly policy?: Policy;
  /** A mail that may or may not have been sent: once more, or left to a person. */
  readonly onUnknown: 'resend' | 'park';
  /** Who is told what concerns no agent and no tutor. None: it stays due, and `status()` counts it. */
  readonly officers?: readonly string[];
  /** How long a sender may be silent before another takes over; 5 minutes unless told. */
  readonly leaseMs?: number;
  readonly tenantId?: string;
  readonly unsubscribe?: Unsubscribing;
  readonly logger?: RemindersLogger;
  /** Tests throw from here what stands for the death of the process. */
  readonly fault?: (point: FaultPoint) => void | Promise<void>;
}

/** The options with their defaults, and what is made of them. */
export interface Parts extends Omit<RemindersOptions, 'policy' | 'officers' | 'leaseMs'> {
  readonly policy: Policy;
  readonly officers: readonly string[];
  readonly ledger: Ledger;
  readonly contactOf: ContactLookup;
  /** What stands behind the @ of message ids and calendar ids. */
  readonly domain: string;
  /** This run's name on its claims. */
  readonly holder: string;
}

/** What a run did, in numbers of reminders, but for `mails`. */
export interface RunResult {
  /** `waiting`: the plan has not got to where the log stood when this sender started; nothing was claimed. */
  readonly state: 'done' | 'waiting' | 'server-unavailable' | 'aborted';
  readonly mails: number;
  readonly sent: number;
  readonly dropped: number;
  readonly parked: number;
  readonly postponed: number;
  readonly failed: number;
}

/** Counts of a run in progress. */
export type Tally = { -readonly [K in Exclude<keyof RunResult, 'state'>]: number };

/** Stands for the death of the process: no tidying up comes after it. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Gives a test the chance to end it all here. */
export const passing = async ({ fault }: Parts, point: FaultPoint): Promise<void> => {
  try {
    await fault?.(point);
  } catch (cause) {
    throw new Interrupted(`stopped at ${point}`, { cause });
  }
};
