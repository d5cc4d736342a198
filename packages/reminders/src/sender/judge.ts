import { type DropCause, type Instant, plusMinutes } from '@probono/domain';
import type { Claim } from '../ledger/claims.js';
import type { Planned } from '../ledger/planned.js';
import type { Told } from '../ledger/told.js';
import { openFrom } from '../plan/window.js';

/** What to do with a claimed reminder. */
export type Verdict =
  | { readonly do: 'send'; readonly planned: Planned }
  /** The log says already what became of it. */
  | { readonly do: 'settle'; readonly as: 'sent' | 'dropped' | 'parked' }
  /** The server took it; the log is still to be told. */
  | { readonly do: 'record' }
  /** Not planned, or not due any more. */
  | { readonly do: 'forget' }
  | { readonly do: 'drop'; readonly why: DropCause }
  | { readonly do: 'postpone'; readonly until: Instant };

/** What is later than this waits for sending hours, as if it had been planned now. */
const graceMinutes = 60;

/** Judges a claimed reminder by what the log and the plan say now. Pure. */
export const judge = (claim: Claim, planned: Planned | undefined, told: Told, now: Instant): Verdict => {
  const settled = told.settled[claim.reminderId];
  if (settled !== undefined) return { do: 'settle', as: settled };
  if (claim.found === 'accepted') return { do: 'record' };
  if (planned === undefined || planned.row.due_at > now) return { do: 'forget' };
  const { row, holds, window } = planned;
  if (!holds) return { do: 'drop', why: 'superseded' };
  if (row.moot_from !== null && row.moot_from <= now) return { do: 'drop', why: 'session-begun' };
  if (!row.urgent && plusMinutes(row.due_at, graceMinutes) < now) {
    const until = openFrom(now, window);
    // Better out of hours than after the session has begun.
    const tooLate = row.moot_from !== null && row.moot_from <= until;
    if (until > now && !tooLate) return { do: 'postpone', until };
  }
  return { do: 'send', planned };
};
