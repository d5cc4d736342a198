import type { Examined, Finding, Recorded } from '@probono/domain';
import type { Conflict } from '@probono/event-store';

/** The domain said yes. No events: it was already so. */
export interface Done {
  readonly kind: 'accepted';
  readonly events: readonly Recorded[];
  /** Position of the last event appended now; wait for it to read one's own writes. */
  readonly position?: bigint;
  readonly warnings: readonly Finding[];
  /** True when this very command had been carried out before. */
  readonly repeated: boolean;
  readonly examined: readonly Examined[];
}

/** The domain said no, with every reason. */
export interface NotAllowed {
  readonly kind: 'refused';
  readonly refusals: readonly Finding[];
  readonly examined: readonly Examined[];
}

/** Others kept writing what the decision was based on; nothing was appended. Give the command again. */
export interface Contended {
  readonly kind: 'conflict';
  readonly conflict: Conflict;
}

/** The store cannot be reached; the command was not carried out. Give it again later. */
export interface StoreUnavailable {
  readonly kind: 'unavailable';
  readonly message: string;
}

/** The answer of the store was lost for good: the command may have been carried out. Give it again, same id. */
export interface StoreSilent {
  readonly kind: 'unknown-outcome';
  readonly message: string;
}

/** What came of a command. */
export type Outcome = Done | NotAllowed | Contended | StoreUnavailable | StoreSilent;
