/** The key of a person, ready for use. */
export interface SubjectKey {
  readonly subject: string;
  /** Names the key; random, so that it says nothing of the person. */
  readonly kid: string;
  readonly key: Uint8Array;
}

/** What may be known of a key without having it. */
export interface KeyRecord {
  readonly subject: string;
  readonly state: 'active' | 'erased';
  /** Absent when the subject was erased before it ever had a key. */
  readonly kid?: string;
  /** SHA-256 of the key, in hex: commits to it, which AES-GCM alone does not. */
  readonly keyDigest?: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly erasedAt?: string;
}

/** Keeps one key for each person. A key goes from `active` to `erased`, and never back. */
export interface KeyStore {
  /**
   * The keys of these subjects, in a map by subject; mints those that never were.
   *
   * @throws {SubjectErased} when the key of one of them was destroyed.
   */
  obtain(subjects: readonly string[]): Promise<ReadonlyMap<string, SubjectKey>>;
  /** The keys of these subjects, or `erased`; a subject that never had a key is not in the map. */
  find(subjects: readonly string[]): Promise<ReadonlyMap<string, SubjectKey | 'erased'>>;
  /** Destroys the subject's key, or sees to it that none is ever minted; doing it again changes nothing. */
  destroyKey(subject: string): Promise<KeyRecord>;
  describe(subject: string): Promise<KeyRecord | undefined>;
}

/** The subject's key was destroyed: nothing personal can be written about them any more. */
export class SubjectErased extends Error {
  override readonly name = 'SubjectErased';
  constructor(readonly subject: string) {
    super(`the key of ${subject} was destroyed: nothing personal can be written under it any more`);
  }
}

/** A ciphertext's key is not in the store, although it was never destroyed there: it looks like the wrong, or an older, store. */
export class KeyMissing extends Error {
  override readonly name = 'KeyMissing';
  constructor(
    readonly subject: string,
    readonly kid: string,
  ) {
    super(`the key store has no key ${kid} of ${subject}: restore the store that has, or replay its erasures`);
  }
}

/** A personal value is not what was sealed for this field of this event. */
export class PersonalFieldTampered extends Error {
  override readonly name = 'PersonalFieldTampered';
  constructor(
    readonly eventId: string,
    readonly field: string,
    why: string,
  ) {
    super(`the personal field ${field} of event ${eventId} is not what was written: ${why}`);
  }
}
