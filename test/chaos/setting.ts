import type { Poison } from './witness.js';

/** The environment variable that a worker of the harness, and nothing else, takes its {@link Setting} from. */
export const settingName = 'CHAOS_SETTING';

/** What a worker of the harness is told besides the product's own settings. */
export interface Setting {
  /** The domain's time, in milliseconds since 1970. */
  readonly now: number;
  /** How far its clock is off. */
  readonly offsetMs: number;
  readonly leaseMs: number;
  readonly tickMs: number;
  /** Every type of event. */
  readonly types: readonly string[];
  readonly poison?: Poison;
}
