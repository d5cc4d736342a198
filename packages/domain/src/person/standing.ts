import type { Actor } from '../kernel/envelope.js';
import type { EmploymentId, PersonId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import type { LocalDate } from '../time/types.js';
import { employmentOf } from './queries.js';
import type { Employment, PersonState } from './state.js';

const standing = ({ registered, keyDestroyed }: Readonly<PersonState>): string =>
  keyDestroyed === undefined ? (registered === undefined ? 'none' : 'registered') : 'erased';

/** The person is registered: without that, what else is asked of them is moot. */
export const requirePerson = (
  judgement: Judgement<'person.wrong-state'>,
  person: Readonly<PersonState>,
  personId: PersonId,
): boolean =>
  judgement.require('person.wrong-state', person.registered !== undefined, {
    personId,
    status: standing(person),
    expected: 'registered',
  });

/** As {@link requirePerson}, and their key still exists: nothing personal can be recorded without it. */
export const requireReadable = (
  judgement: Judgement<'person.wrong-state'>,
  person: Readonly<PersonState>,
  personId: PersonId,
): boolean =>
  judgement.require('person.wrong-state', person.registered !== undefined && person.keyDestroyed === undefined, {
    personId,
    status: standing(person),
    expected: 'registered',
  });

/** The employment exists and, when `date` is given, has not ended before it. */
export const requireEmployment = (
  judgement: Judgement<'person.wrong-state'>,
  person: Readonly<PersonState>,
  personId: PersonId,
  employmentId: EmploymentId,
  date?: LocalDate,
): Readonly<Employment> | undefined => {
  const employment = employmentOf(person, employmentId);
  const ended = employment?.endedOn !== undefined && date !== undefined && employment.endedOn < date;
  const holds = judgement.require('person.wrong-state', employment !== undefined && !ended, {
    personId,
    employmentId,
    status: employment === undefined ? 'none' : ended ? 'ended' : 'employed',
    expected: 'employed',
  });
  return holds ? employment : undefined;
};

/** Whoever acts as an agent acts for themselves; other roles are the kernel's to judge. */
export const requireInPerson = (
  judgement: Judgement<'role.not-designated'>,
  actor: Actor,
  personId: PersonId,
): boolean =>
  actor.role !== 'agent' ||
  judgement.require('role.not-designated', actor.id === personId, {
    role: actor.role,
    actorId: actor.id,
    scope: `person ${personId}`,
  });
