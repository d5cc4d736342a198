import { conventionOf } from '../assignment/queries.js';
import { handle } from '../kernel/command.js';
import { sameFacts } from '../kernel/digest.js';
import type { PersonId } from '../kernel/identifiers.js';
import { read } from '../kernel/reading.js';
import { person } from '../person/state.js';
import { schedule } from '../schedule/state.js';
import { monthOf } from '../time/calendar.js';
import { resolveLocalTime } from '../time/zone.js';
import { DeclareHours } from './commands.js';
import { engagementOf } from './engagement.js';
import { HoursDeclared } from './events.js';
import { judgeLimits } from './limits.js';
import { isClosed } from './queries.js';
import { frameworkOn, judgeDays, requireConventionOpen, requireInPerson, requirePast } from './requirements.js';
import { agentTime } from './state.js';

/** The agent's own word on hours worked. */
export const declareHours = handle(DeclareHours, agentTime, {
  id: ({ personId }: { personId: PersonId }) => personId,
  *context(_, { data }) {
    const { assignmentId, personId, sessionId } = data;
    const engagement = yield* engagementOf(assignmentId);
    const sessions = sessionId === undefined ? undefined : (yield* read(schedule, assignmentId)).sessions;
    const session = sessionId === undefined ? undefined : sessions?.[sessionId];
    const zone = session?.zone ?? engagement.mission.proposed?.site.zone;
    return { engagement, person: yield* read(person, personId), session, zone };
  },
  zone: (_, { zone }) => zone,
  framework: (_, { engagement }, { workDate }) => frameworkOn(engagement, workDate),
  decide(state, { data, meta: { actor }, recordedAt }, { engagement, person: agent, session, zone }, judgement) {
    const { personId, ...declared } = data;
    const { entryId, assignmentId, sessionId, workDate, start, fold, minutes } = declared;
    requireInPerson(judgement, actor, personId);
    const terms = engagement.assignment.assigned;
    const title = terms?.title;
    if (title !== undefined && !('convention' in title)) {
      const kind = 'leave' in title ? 'leave' : 'volunteering';
      judgement.require('hours.on-own-time', false, { assignmentId, title: kind });
      return [];
    }
    const assigned = terms !== undefined && terms.personId === personId && zone !== undefined;
    const employmentId = terms?.employmentId;
    if (!assigned || employmentId === undefined) {
      judgement.require('hours.outside-assignment', false, { assignmentId, dates: [workDate] });
      return [];
    }
    const resolved = start === undefined ? undefined : resolveLocalTime(workDate, start, zone, fold);
    const startsAt = resolved !== undefined && 'instant' in resolved ? resolved.instant : undefined;
    const known = state.entries[entryId];
    if (known !== undefined) {
      const facts = { assignmentId, sessionId, workDate, start, startsAt, minutes };
      const before = {
        assignmentId: known.assignmentId,
        sessionId: known.sessionId,
        workDate: known.workDate,
        start: known.start,
        startsAt: known.startsAt,
        minutes: known.declaredMinutes,
      };
      const again = sameFacts(facts, before) && known.status !== 'withdrawn';
      judgement.require('hours.wrong-state', again, { id: entryId, status: known.status, expected: 'none' });
      return [];
    }
    if (!requireConventionOpen(judgement, engagement)) return [];
    const problem = resolved !== undefined && 'problem' in resolved ? resolved.problem : undefined;
    const clock = { start: start ?? null, workDate, zone };
    judgement.require('hours.nonexistent-local-time', problem !== 'nonexistent', clock);
    judgement.require('hours.ambiguous-local-time', problem !== 'ambiguous', clock);
    const month = monthOf(workDate);
    judgement.require('hours.period-closed', !isClosed(state, employmentId, month), { month, employmentId });
    const claim = { entryId, assignmentId, employmentId, workDate, startsAt, zone, minutes };
    requirePast(judgement, claim, recordedAt);
    const dayHolds = judgeDays(judgement, claim, personId, { engagement, person: agent });
    // A session falls with its day: only the day is then named.
    if (sessionId !== undefined && dayHolds) {
      const status = session?.status ?? 'none';
      const facts = { id: sessionId, status, expected: ['planned', 'held'] };
      judgement.require('hours.session-cancelled', status !== 'cancelled', { sessionId });
      if (status !== 'cancelled')
        judgement.require('session.wrong-state', status === 'planned' || status === 'held', facts);
    }
    if (judgement.require('hours.not-positive', minutes > 0, { minutes }) && problem === undefined)
      judgeLimits(judgement, state, claim, { engagement, terms, person: agent });
    const conventionId = conventionOf(engagement.assignment);
    return judgement.accept(() => [
      HoursDeclared.of({
        ...declared,
        employmentId,
        zone,
        ...(conventionId === undefined ? {} : { conventionId }),
        ...(startsAt === undefined ? {} : { startsAt }),
      }),
    ]);
  },
});
