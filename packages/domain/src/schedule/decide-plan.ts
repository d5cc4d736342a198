import { handle } from '../kernel/command.js';
import { sameFacts } from '../kernel/digest.js';
import type { AssignmentId, PersonId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import type { Reading } from '../kernel/reading.js';
import { holidayOn } from '../time/holidays.js';
import { rhythmDates } from '../time/rhythm.js';
import type { Site } from '../time/site.js';
import { PlanSession, PlanSessionSeries, ReinstateSession, RescheduleSession } from './commands.js';
import { type RuleId, requireDesignated, requireSession } from './designation.js';
import { SessionPlanned, SessionReinstated, SessionRescheduled, SessionSeriesPlanned, type Slot } from './events.js';
import { judgePlacing, type Planning, planningOf, slotsOf } from './placing.js';
import { takenSessions } from './queries.js';
import { sessionIdOf } from './session-id.js';
import { type ScheduleState, type Session, schedule } from './state.js';

const binding = {
  id: (data: { assignmentId: AssignmentId }) => data.assignmentId,
  context: (_state: Readonly<ScheduleState>, command: { data: { assignmentId: AssignmentId } }): Reading<Planning> =>
    planningOf(command.data.assignmentId),
  zone: (_state: Readonly<ScheduleState>, { mission }: Planning) => mission.proposed?.site.zone,
};

/** Who the sessions are for and where the mission is; without an assignment there is nothing to plan. */
const requireAssigned = (
  judgement: Judgement<RuleId>,
  { assignmentId, assignment, mission }: Planning,
): { personId: PersonId; site: Site } | undefined => {
  const { assigned, status } = assignment;
  const site = mission.proposed?.site;
  const known = assigned !== undefined && site !== undefined;
  judgement.require('session.wrong-state', known, { id: assignmentId, status, expected: ['assigned', 'onboarded'] });
  return known ? { personId: assigned.personId, site } : undefined;
};

const slotOf = ({ date, start, fold, zone, startsAt, minutes, place }: Slot): Slot => ({
  date,
  start,
  zone,
  startsAt,
  minutes,
  place,
  ...(fold === undefined ? {} : { fold }),
});

const plan = handle(PlanSession, schedule, {
  ...binding,
  decide(state, { data, meta: { actor } }, planning, judgement) {
    requireDesignated(judgement, actor, planning);
    const assigned = requireAssigned(judgement, planning);
    if (assigned === undefined) return [];
    const { sessionId, site = assigned.site } = data;
    const [slot] = slotsOf([data], site, judgement);
    const known = state.sessions[sessionId];
    if (slot !== undefined && known?.status === 'planned' && sameFacts(slotOf(known), slot)) return [];
    const facts = { id: sessionId, status: known?.status ?? 'none', expected: 'none' };
    judgement.require('session.wrong-state', known === undefined, facts);
    if (slot === undefined) return [];
    const { personId } = assigned;
    const calendar = site.holidayCalendar;
    judgePlacing(judgement, { planning, personId, slots: [slot], beside: takenSessions(state), calendar });
    return judgement.accept(() => [SessionPlanned.of({ sessionId, version: 1, ...slot })]);
  },
});

const planSeries = handle(PlanSessionSeries, schedule, {
  ...binding,
  decide(state, { data, meta: { actor } }, planning, judgement) {
    requireDesignated(judgement, actor, planning);
    const assigned = requireAssigned(judgement, planning);
    if (assigned === undefined) return [];
    const { assignmentId: _stream, fold, seriesId, site = assigned.site, ...rest } = data;
    const series = { ...rest, site };
    const known = state.series[seriesId];
    if (known !== undefined && sameFacts(known, series)) return [];
    const facts = { id: seriesId, status: known === undefined ? 'none' : 'planned', expected: 'none' };
    if (!judgement.require('session.wrong-state', known === undefined, facts)) return [];
    const { rhythm, from, to, start, minutes, skipHolidays, exclusions } = series;
    const excluded = new Set(exclusions);
    const wanted = rhythmDates(rhythm, from, to)
      .filter((date) => !excluded.has(date) && !(skipHolidays && holidayOn(date, site.holidayCalendar) !== undefined))
      .map((date) => ({ date, start, fold, minutes }));
    const slots = slotsOf(wanted, site, judgement);
    const { personId } = assigned;
    judgePlacing(judgement, {
      planning,
      personId,
      slots,
      beside: takenSessions(state),
      calendar: site.holidayCalendar,
    });
    return judgement.accept(() => [
      SessionSeriesPlanned.of({ seriesId, ...series }),
      ...slots.map((slot) =>
        SessionPlanned.of({ sessionId: sessionIdOf(seriesId, slot.date), version: 1, seriesId, ...slot }),
      ),
    ]);
  },
});

const reschedule = handle(RescheduleSession, schedule, {
  ...binding,
  decide(state, { data: { sessionId, to }, meta: { actor } }, planning, judgement) {
    requireDesignated(judgement, actor, planning);
    const assigned = requireAssigned(judgement, planning);
    const session = state.sessions[sessionId];
    if (assigned === undefined || !requireSession(judgement, sessionId, session, ['planned'])) return [];
    const { minutes = session.minutes } = to;
    const [slot] = slotsOf([{ ...to, minutes }], to.site ?? session, judgement);
    if (slot === undefined || sameFacts(slotOf(session), slot)) return [];
    judgePlacing(judgement, {
      planning,
      personId: assigned.personId,
      slots: [slot],
      beside: besides(state, sessionId),
      calendar: (to.site ?? assigned.site).holidayCalendar,
    });
    const version = session.version + 1;
    return judgement.accept(() => [
      SessionRescheduled.of({ sessionId, version, from: slotOf(session), to: slot, by: actor.role }),
    ]);
  },
});

const besides = (state: Readonly<ScheduleState>, sessionId: string) =>
  takenSessions(state).filter((other) => other.sessionId !== sessionId);

const reinstate = handle(ReinstateSession, schedule, {
  ...binding,
  decide(state, { data: { sessionId }, meta: { actor } }, planning, judgement) {
    requireDesignated(judgement, actor, planning);
    const assigned = requireAssigned(judgement, planning);
    const session: Session | undefined = state.sessions[sessionId];
    if (session?.status === 'planned') return [];
    if (assigned === undefined || !requireSession(judgement, sessionId, session, ['cancelled'])) return [];
    judgePlacing(judgement, {
      planning,
      personId: assigned.personId,
      slots: [slotOf(session)],
      beside: besides(state, sessionId),
      calendar: assigned.site.holidayCalendar,
    });
    return judgement.accept(() => [SessionReinstated.of({ sessionId, version: session.version + 1 })]);
  },
});

/** Commands that put a session somewhere. */
export const planHandlers = [plan, planSeries, reschedule, reinstate];
