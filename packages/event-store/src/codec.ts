import type { Envelope, Fact, Recorded } from '@probono/domain';
import type { EventToAppend, StoredEvent } from './port.js';

/** A fact with the envelope it is to be recorded under. */
export type EventToEncode<F extends Fact = Fact> = Recorded<F>;

/** A decoded event with its place in the store, and the store's own time of the append (ISO 8601, UTC). */
export type DecodedEvent<F extends Fact = Fact> = Recorded<F> & {
  readonly position: bigint;
  readonly storedAt: string;
};

/** An event of a type or version this code does not know: kept, reported, never dropped. */
export interface UnknownEvent {
  readonly unknown: true;
  readonly stored: StoredEvent;
  readonly why: string;
}

/** Turns recorded facts into the bytes of the log and back; encrypts personal fields on the way. */
export interface Codec {
  /** Validates in full, encrypts personal fields, writes canonical bytes. Throws on what does not fit its schema. */
  encode(events: readonly EventToEncode[]): Promise<readonly EventToAppend[]>;
  /**
   * Reads bytes back, decrypts, upcasts to today's version. In order; one for each, but for an older event that held
   * what are several facts today: those follow each other and share revision and position.
   */
  decode(stored: readonly StoredEvent[], options?: DecodeOptions): Promise<readonly (DecodedEvent | UnknownEvent)[]>;
}

/** How events are read. */
export interface DecodeOptions {
  /**
   * `closed`: no key is asked for and nothing is decrypted; personal values read as erased. For who needs none: what
   * they make of the log is the same before and after an erasure. `opened` unless told.
   */
  readonly personal?: 'opened' | 'closed';
}

/** One personal value on its way to or from the log. */
export interface PersonalValue {
  /** The person under whose key it lies: a PersonId, or a system actor's id. */
  readonly subject: string;
  /** What the ciphertext is bound to. */
  readonly bound: Pick<Envelope, 'eventId' | 'stream'> & {
    readonly type: string;
    readonly schemaVersion: number;
    readonly field: string;
  };
  /** Clear value when sealing; ciphertext object when opening. */
  readonly value: unknown;
}

/** Encrypts and decrypts personal values; packages/privacy implements it. */
export interface FieldCipher {
  /** Ciphertext objects, in order. Throws for a subject whose key was destroyed. */
  seal(values: readonly PersonalValue[]): Promise<readonly unknown[]>;
  /** Clear values, in order; the `Erased` marker where the key was destroyed. */
  open(values: readonly PersonalValue[]): Promise<readonly unknown[]>;
}
