import { agentTime } from '../agent-time/state.js';
import { convention } from '../convention/evolve.js';
import type { Framework } from '../framework/columns.js';
import { type Frameworks, frameworkFor, frameworkIn } from '../framework/frameworks.js';
import { type Reading, read } from '../kernel/reading.js';
import { person } from '../person/state.js';
import type { LocalDate } from '../time/types.js';
import type { AssignmentTitle } from './events.js';

/** What a convention decision needs of the streams that the title leads to. */
export function* standingOf(title: AssignmentTitle | undefined, personId: string | undefined) {
  const conventionId = title !== undefined && 'convention' in title ? title.convention : undefined;
  return {
    lending: conventionId === undefined ? convention.initial() : yield* read(convention, conventionId),
    time: conventionId === undefined || personId === undefined ? agentTime.initial() : yield* read(agentTime, personId),
    agent:
      title === undefined || 'volunteering' in title || personId === undefined
        ? person.initial()
        : yield* read(person, personId),
  };
}

/** The states that {@link standingOf} reads. */
export type Standing = ReturnType<typeof standingOf> extends Reading<infer T> ? T : never;

/** The legal framework of an assignment: the convention's own, or the one in force on its first day for that time. */
export const frameworkUnder = (
  table: Frameworks,
  title: AssignmentTitle | undefined,
  from: LocalDate,
  { lending: { terms } }: Standing,
): Framework | undefined => {
  if (title === undefined) return undefined;
  if ('convention' in title) return terms && frameworkIn(table, terms.framework, terms.frameworkVersion);
  return frameworkFor(table, 'leave' in title ? 'unpaid_leave' : 'own_time', from);
};
