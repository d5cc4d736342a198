import type { MissionId, OrganisationId, PersonId } from '../kernel/identifiers.js';
import { within } from '../time/calendar.js';
import type { LocalDate } from '../time/types.js';
import type { RepresentativeRole } from './events.js';
import { type AccreditationTurn, everyMission, type OrganisationState } from './state.js';

/** What an accreditation is on one day. */
export type AccreditationStatus = 'accredited' | 'suspended' | 'withdrawn' | 'lapsed' | 'none';

/** True when `personId` was designated to stand for the organisation in this capacity. */
export const isRepresentative = (
  organisation: Readonly<OrganisationState>,
  personId: PersonId | string,
  role: RepresentativeRole,
): boolean => organisation.representatives[personId]?.includes(role) ?? false;

/** True when `personId` is a tutor of all the host's missions, or of `missionId` when it is given. */
export const isTutor = (
  organisation: Readonly<OrganisationState>,
  personId: PersonId | string,
  missionId?: MissionId,
): boolean => {
  const missions = organisation.tutors[personId];
  if (missions === undefined) return false;
  return missions[everyMission] === true || (missionId !== undefined && missions[missionId] === true);
};

/** The turn that holds on `date`: of those that had begun, the one recorded last. */
export const accreditationTurnOn = (
  organisation: Readonly<OrganisationState>,
  administrationId: OrganisationId,
  date: LocalDate,
): AccreditationTurn | undefined => organisation.accreditations[administrationId]?.findLast(({ on }) => on <= date);

/**
 * The host's accreditation by one administration on `date`. Computed from dates: an accreditation has lapsed on the
 * day after its last one, whether or not its lapse was recorded. A refused host has none.
 */
export const accreditationOn = (
  organisation: Readonly<OrganisationState>,
  administrationId: OrganisationId,
  date: LocalDate,
): AccreditationStatus => {
  const turn = accreditationTurnOn(organisation, administrationId, date);
  if (turn === undefined || turn.status === 'refused') return 'none';
  if (turn.status === 'withdrawn') return 'withdrawn';
  return within(date, turn.on, turn.until) ? turn.status : 'lapsed';
};

/** True once the host has filed something that shows it may be accredited. */
export const hasEvidence = (organisation: Readonly<OrganisationState>): boolean => {
  for (const _ in organisation.evidence) return true;
  return false;
};
