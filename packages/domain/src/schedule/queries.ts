import type { SessionId } from '../kernel/identifiers.js';
import type { Slot } from './events.js';
import type { ScheduleState, Session } from './state.js';

/** A session with its id. */
export interface IdentifiedSession extends Session {
  readonly sessionId: SessionId;
}

/** The sessions that take or took the agent's time: planned or held. */
export const takenSessions = (state: Readonly<ScheduleState>): readonly IdentifiedSession[] =>
  Object.entries(state.sessions)
    .filter(([, { status }]) => status === 'planned' || status === 'held')
    .map(([id, session]) => ({ ...session, sessionId: id as SessionId })); // keys of a record by SessionId

const endOf = ({ startsAt, minutes }: Slot): number => Date.parse(startsAt) + minutes * 60_000;

/** True when two slots share a minute; one may begin when the other ends. */
export const overlap = (a: Slot, b: Slot): boolean =>
  Date.parse(a.startsAt) < endOf(b) && Date.parse(b.startsAt) < endOf(a);
