import type { Instant, LocalDate, Zone } from '@probono/domain';

/** A session as a mail speaks of it. */
export interface SessionFacts {
  readonly sessionId: string;
  readonly version: number;
  readonly cancelled: boolean;
  readonly startsAt: Instant;
  readonly zone: Zone;
  readonly minutes: number;
  readonly place: string;
}

/** What one reminder says: dates, hours, places and a mission's title; never a person. */
export interface Notice {
  readonly reminderId: string;
  readonly kind: string;
  readonly role: 'agent' | 'tutor' | 'officer';
  /** The session; for a series, all of those to come. */
  readonly sessions: readonly SessionFacts[];
  readonly mission?: string;
  /** Where a moved session was. */
  readonly from?: Pick<SessionFacts, 'startsAt' | 'zone' | 'minutes' | 'place'>;
  readonly on?: LocalDate;
  readonly month?: string;
  /** The id of the convention, or of host and administration. */
  readonly reference?: string;
}

/** What happens to calendars with this notice; nothing for a reminder, which does not invite again. */
export const calendarMethodOf = ({ kind, sessions }: Notice): 'REQUEST' | 'CANCEL' | 'PUBLISH' | undefined => {
  if (sessions.length === 0) return undefined;
  if (kind === 'cancelled') return 'CANCEL';
  if (kind === 'booked') return sessions.length === 1 ? 'REQUEST' : 'PUBLISH';
  return kind === 'moved' || kind === 'reinstated' ? 'REQUEST' : undefined;
};
