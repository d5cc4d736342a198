import type { StreamName } from '@probono/domain';

/** The revision a stream is expected to be at: its last event's, or `none` when it must not exist yet. */
export type ExpectedRevision = bigint | 'none';

/** An event ready to be appended. `body` is the truth: canonical JSON (RFC 8785) of envelope and data, as bytes. */
export interface EventToAppend {
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  /** ISO 8601, UTC, to the millisecond; a copy of the body's. */
  readonly recordedAt: string;
  readonly body: Uint8Array;
}

/** An event as the store gives it back. All fields but `body` are copies for finding it. */
export interface StoredEvent extends EventToAppend {
  readonly stream: string;
  /** Counts from 0 within the stream, without gaps. */
  readonly revision: bigint;
  /** Where it stands among all events of the store; rises, with gaps. */
  readonly position: bigint;
  /** The store's own time of the append, ISO 8601 UTC; evidence beside the envelope's `recordedAt`. */
  readonly storedAt: string;
}

/**
 * The append was done (now, or earlier by the very same events): revision and position of its last event. An append
 * of no events gives those of the stream's last event, and revision −1 and position 0 for a stream that does not exist.
 */
export interface Appended {
  readonly outcome: 'appended';
  readonly revision: bigint;
  readonly position: bigint;
}

/** Someone else was faster: nothing was appended. */
export interface Conflict {
  readonly outcome: 'conflict';
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly actual: ExpectedRevision;
}

/** A stream that must still be at `revision` for the append to happen. */
export interface Check {
  readonly stream: StreamName;
  readonly revision: ExpectedRevision;
}

/** Events for one stream. */
export interface StreamAppend {
  readonly stream: StreamName;
  readonly expected: ExpectedRevision;
  readonly events: readonly EventToAppend[];
}

/** What else must hold for an append to happen. */
export interface AppendOptions {
  /** Capability `checks`: other streams that must not have moved on. */
  readonly checks?: readonly Check[];
}

/** An aborted read throws the signal's reason: a part of a stream must not pass for the whole. */
export interface ReadStreamOptions {
  /** First revision to return (forwards: from 0; backwards: from the end). */
  readonly from?: bigint;
  readonly direction?: 'forwards' | 'backwards';
  /** At most so many events; all of them unless told. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** Which part of the log to read; a filter that is left out lets everything pass, an empty one nothing. */
export interface ReadAllOptions {
  /** Events behind this position (forwards), or before it (backwards). */
  readonly after?: bigint;
  /** Up to this position, included (backwards: down to it). */
  readonly upTo?: bigint;
  readonly categories?: readonly string[];
  readonly types?: readonly string[];
  /** Capability `buckets`: only streams of these buckets (0–63). */
  readonly buckets?: readonly number[];
  readonly direction?: 'forwards' | 'backwards';
  /** At most so many events; all of them unless told. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** An aborted subscription ends. */
export interface SubscribeOptions {
  readonly after?: bigint;
  readonly categories?: readonly string[];
  readonly types?: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * What a subscription yields: events, then `caught-up` (again after every falling behind), then live events.
 * Everything up to `position` that the subscription asks for was delivered by then.
 */
export type SubscriptionItem =
  | { readonly kind: 'event'; readonly event: StoredEvent }
  | { readonly kind: 'caught-up'; readonly position: bigint | undefined };

/** A stream that exists, and the revision of its last event. */
export interface StreamInfo {
  readonly stream: string;
  readonly revision: bigint;
}

/** What a store can do beyond the port's minimum. */
export interface Capabilities {
  /** `append` verifies other streams' revisions in the same transaction. */
  readonly checks: boolean;
  /** `appendAll` writes several streams or none. */
  readonly multiStream: boolean;
  /** `readAll` filters by bucket. */
  readonly buckets: boolean;
}

/**
 * An append-only log of events in streams. Conflicts are values; what the store cannot do now throws
 * {@link Unavailable}, what it may or may not have done throws {@link UnknownOutcome}.
 */
export interface EventStore {
  readonly capabilities: Capabilities;
  /**
   * Appends all events or none. The same append again (same ids, same revision) succeeds with the original revision,
   * whatever has become of the checked streams since.
   *
   * @throws {AppendTooLarge} over {@link maxAppendBytes}; nothing was sent.
   */
  append(
    stream: StreamName,
    expected: ExpectedRevision,
    events: readonly EventToAppend[],
    options?: AppendOptions,
  ): Promise<Appended | Conflict>;
  /** Capability `multiStream`: several streams, each named once, in one transaction; answers for its last event. */
  appendAll(appends: readonly StreamAppend[], options?: AppendOptions): Promise<Appended | Conflict>;
  readStream(stream: StreamName, options?: ReadStreamOptions): AsyncIterable<StoredEvent>;
  /** Every event once, in an order that agrees with each stream's own; never skips one that commits late. */
  readAll(options?: ReadAllOptions): AsyncIterable<StoredEvent>;
  subscribe(options?: SubscribeOptions): AsyncIterable<SubscriptionItem>;
  /** The position of the last event that `readAll` would give now; undefined in an empty store. */
  lastPosition(): Promise<bigint | undefined>;
  streamInfo(stream: StreamName): Promise<StreamInfo | undefined>;
  /** Ends open subscriptions; what the store was made from (a SQL client) stays open. */
  close(): Promise<void>;
}

/** An append may not exceed this many bytes (as `appendBytes` counts): 1 MiB less a margin, so that every store takes it. */
export const maxAppendBytes = 1_048_576 - 65_536;
