import type { ConventionId } from '../kernel/identifiers.js';
import { within } from '../time/calendar.js';
import type { LocalDate } from '../time/types.js';
import type { CertifiedPeriod } from './events.js';
import type { AssignmentState } from './state.js';

/** True when the person is on the mission that day: from the first day to the last, or to the day it ended. */
export const assignedOn = ({ assigned, ended }: Readonly<AssignmentState>, date: LocalDate): boolean =>
  assigned !== undefined && within(date, assigned.from, assigned.to) && (ended === undefined || date <= ended.on);

/** The convention an assignment is under; none for a leave or a volunteer, who make no hours. */
export const conventionOf = ({ assigned }: Readonly<AssignmentState>): ConventionId | undefined =>
  assigned !== undefined && 'convention' in assigned.title ? assigned.title.convention : undefined;

/** True when one of the periods holds the day. */
export const covers = (periods: readonly CertifiedPeriod[], date: LocalDate): boolean =>
  periods.some(({ from, to }) => within(date, from, to));

/** Hashes of the certificates that stand and cover the day: an adjustment of that day's hours supersedes them. */
export const certificatesOn = ({ certificates }: Readonly<AssignmentState>, date: LocalDate): readonly string[] =>
  Object.entries(certificates)
    .filter(([, { superseded, periods }]) => !superseded && covers(periods, date))
    .map(([hash]) => hash);
