import { ServiceCertificateSuperseded } from '../assignment/events.js';
import { certificatesOn } from '../assignment/queries.js';
import { handle } from '../kernel/command.js';
import { into } from '../kernel/event.js';
import type { EmploymentId, PersonId } from '../kernel/identifiers.js';
import { type Reading, read } from '../kernel/reading.js';
import { streamName } from '../kernel/stream.js';
import { isRepresentative } from '../organisation/queries.js';
import { type OrganisationState, organisation } from '../organisation/state.js';
import { employmentOf } from '../person/queries.js';
import { type PersonState, person } from '../person/state.js';
import { monthOf } from '../time/calendar.js';
import { localDateOf } from '../time/zone.js';
import { ClosePeriod, RecordAdjustment } from './commands.js';
import { judgeDelta } from './decide-changing.js';
import { AdjustmentRecorded, PeriodClosed } from './events.js';
import { digestOfMonth, earlierOpenMonths, totalsOfMonth, unsettledInMonth } from './months.js';
import { isClosed } from './queries.js';
import {
  frameworkOf,
  placedWithPerson,
  requireAnother,
  requireConventionOpen,
  requireDesignated,
  requireKnown,
} from './requirements.js';
import { agentTime } from './state.js';

const id = ({ personId }: { personId: PersonId }): PersonId => personId;

function* employerOf(agent: Readonly<PersonState>, employmentId: EmploymentId): Reading<Readonly<OrganisationState>> {
  const employment = employmentOf(agent, employmentId);
  return employment === undefined ? organisation.initial() : yield* read(organisation, employment.employerId);
}

const close = handle(ClosePeriod, agentTime, {
  id,
  *context(_, { data }) {
    return yield* employerOf(yield* read(person, data.personId), data.employmentId);
  },
  zone: (_, employer) => employer.registered?.zone,
  decide(state, { data, meta: { actor }, recordedAt }, employer, judgement) {
    const { personId, employmentId, month } = data;
    const designated = isRepresentative(employer, actor.id, 'hr');
    requireDesignated(judgement, actor, designated, `employment ${employmentId}`);
    requireAnother(judgement, actor, { declared: personId });
    const open = !isClosed(state, employmentId, month);
    if (!judgement.require('period.already-closed', open, { employmentId, month })) return [];
    if (employer.registered !== undefined) {
      const today = localDateOf(recordedAt, employer.registered.zone);
      judgement.require('period.not-ended', month < monthOf(today), { month, today });
    }
    const entryIds = unsettledInMonth(state, employmentId, month);
    judgement.require('period.unsettled-hours', entryIds.length === 0, { month, count: entryIds.length, entryIds });
    const months = earlierOpenMonths(state, employmentId, month);
    judgement.require('period.earlier-open', months.length === 0, { month, months });
    return judgement.accept(() => [
      PeriodClosed.of({
        employmentId,
        month,
        totals: [...totalsOfMonth(state, employmentId, month)],
        digest: digestOfMonth(state, personId, employmentId, month),
      }),
    ]);
  },
});

/** A difference found once the month is closed: it counts in a later month, and what was certified no longer stands. */
const adjust = handle(RecordAdjustment, agentTime, {
  id,
  *context(state, { data }) {
    const placed = yield* placedWithPerson(state, data);
    return placed && { ...placed, employer: yield* employerOf(placed.person, placed.entry.employmentId) };
  },
  zone: (_, placed) => placed?.entry.zone,
  framework: (_, placed) => frameworkOf(placed),
  decide(state, { data, meta: { actor }, recordedAt }, placed, judgement) {
    const { personId, entryId, deltaMinutes, countsIn } = data;
    if (!requireKnown(judgement, entryId, placed)) return [];
    const { entry, engagement, employer } = placed;
    const { assignmentId, employmentId, status, workDate, zone } = entry;
    const designated = isRepresentative(employer, actor.id, 'hr');
    requireDesignated(judgement, actor, designated, `employment ${employmentId}`);
    requireAnother(judgement, actor, { declared: personId });
    if (!requireConventionOpen(judgement, engagement)) return [];
    const facts = { id: entryId, status, expected: 'locked' };
    if (!judgement.require('hours.wrong-state', status === 'locked', facts)) return [];
    const month = monthOf(workDate);
    const later = { id: countsIn, status: `not after ${month}`, expected: `after ${month}` };
    judgement.require('hours.wrong-state', countsIn > month, later);
    const present = monthOf(localDateOf(recordedAt, zone));
    judgement.require('hours.in-the-future', countsIn <= present, { ends: countsIn, now: present, zone });
    const open = !isClosed(state, employmentId, countsIn);
    judgement.require('hours.period-closed', open, { month: countsIn, employmentId });
    judgeDelta(judgement, state, placed, data, recordedAt);
    if (deltaMinutes === 0) return [];
    return judgement.accept(() => [
      AdjustmentRecorded.of({ entryId, deltaMinutes, countsIn }),
      ...certificatesOn(engagement.assignment, workDate).map((hash) =>
        into(streamName('assignment', assignmentId), ServiceCertificateSuperseded.of({ hash })),
      ),
    ]);
  },
});

/** How HR closes months, and what may still be said afterwards. */
export const closingHandlers = [close, adjust];
