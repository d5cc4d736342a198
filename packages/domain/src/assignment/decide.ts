import { QuotaReleased, QuotaTaken } from '../agent-time/events.js';
import { declaredMinutes } from '../agent-time/queries.js';
import { AllotmentReleased, HoursAllotted } from '../convention/events.js';
import type { Framework } from '../framework/columns.js';
import type { Frameworks } from '../framework/frameworks.js';
import { type CommandHandler, handle } from '../kernel/command.js';
import { sameFacts } from '../kernel/digest.js';
import { into, type Proposed } from '../kernel/event.js';
import type { AssignmentId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import { streamName } from '../kernel/stream.js';
import { SeatReleased, SeatTaken } from '../mission/events.js';
import { assignable, holdsSeat, seatsLeft } from '../mission/queries.js';
import type { MissionState } from '../mission/state.js';
import { sameQuota } from '../time/quota.js';
import { localDateOf } from '../time/zone.js';
import { AssignAgent, EndAssignment } from './commands.js';
import { AgentAssigned, AssignmentEnded, type AssignmentTerms } from './events.js';
import { conventionOf } from './queries.js';
import { requireConvention, requireEmployment } from './require-convention.js';
import { requireSupport } from './require-support.js';
import { missionOf, type RuleId, requireStatus, siteZone } from './requirements.js';
import { type AssignmentState, assignment } from './state.js';
import { frameworkUnder, type Standing, standingOf } from './title.js';

const id = (data: { assignmentId: AssignmentId }) => data.assignmentId;

type Streams = Standing & { readonly on: Readonly<MissionState> };

const reference = (framework: Framework | undefined) => framework && { id: framework.id, version: framework.version };

const assign = (table: Frameworks) =>
  handle(AssignAgent, assignment, {
    id,
    *context(state, { data }) {
      return { on: yield* missionOf(state), ...(yield* standingOf(data.title, state.applied?.personId)) };
    },
    zone: (_, { on }) => siteZone(on),
    framework: (_, streams, { title, from }) => reference(frameworkUnder(table, title, from, streams)),
    decide(state, { data: { assignmentId, ...given } }, streams, judgement) {
      const terms = termsOf(state, given);
      if (terms !== undefined && state.assigned !== undefined && sameFacts(state.assigned, terms)) return [];
      if (!requireStatus(judgement, assignmentId, state, ['consented']) || terms === undefined) return [];
      requireSeat(judgement, assignmentId, terms, streams.on);
      requireTitle(
        judgement,
        assignmentId,
        state,
        terms,
        streams,
        frameworkUnder(table, terms.title, terms.from, streams),
      );
      return judgement.accept(() => [AgentAssigned.of(terms), ...reservations(assignmentId, terms, streams)]);
    },
  });

/** Mission, person and employment are those of the application; a volunteer's employment is nobody's business. */
const termsOf = (
  { applied }: Readonly<AssignmentState>,
  given: Omit<AssignmentTerms, 'missionId' | 'personId' | 'employmentId'>,
): AssignmentTerms | undefined => {
  if (applied === undefined) return undefined;
  const { missionId, personId, employmentId } = applied;
  const lent = 'volunteering' in given.title || employmentId === undefined ? {} : { employmentId };
  return { ...given, missionId, personId, ...lent };
};

const requireSeat = (
  judgement: Judgement<RuleId>,
  assignmentId: AssignmentId,
  { missionId }: AssignmentTerms,
  on: Readonly<MissionState>,
): void => {
  const { status } = on;
  const open = judgement.require('mission.wrong-state', assignable.includes(status), {
    missionId,
    status,
    expected: [...assignable],
  });
  if (open)
    judgement.require('mission.no-seat', holdsSeat(on, assignmentId) || seatsLeft(on) > 0, {
      missionId,
      seats: on.proposed?.seats ?? 0,
    });
};

const requireTitle = (
  judgement: Judgement<RuleId>,
  assignmentId: AssignmentId,
  { approvedBy }: Readonly<AssignmentState>,
  terms: AssignmentTerms,
  streams: Streams,
  framework: Framework | undefined,
): void => {
  const { title, personId, employmentId, from, to, quota, allottedMinutes } = terms;
  if ('convention' in title && quota !== undefined) {
    const asked = { assignmentId, conventionId: title.convention, personId, employmentId, from, to, quota };
    requireConvention(judgement, { ...asked, allottedMinutes, approvedBy }, streams.on, streams);
    requireSupport(judgement, terms.missionId, streams.on, framework);
  }
  if ('leave' in title) {
    // What the leave itself takes was judged when it was granted: here, for these days and with this host.
    requireEmployment(judgement, { personId, employmentId: title.leave, from, approvedBy }, streams.agent);
    const granted = streams.agent.leaves.some(
      (leave) =>
        leave.employmentId === title.leave &&
        leave.hostId === streams.on.proposed?.hostId &&
        leave.from <= from &&
        to <= leave.to,
    );
    judgement.require('assignment.leave-not-granted', granted, { employmentId: title.leave, from, to });
  }
};

/** What the assignment takes where it is scarce; nothing that was reserved for it step by step before. */
const reservations = (
  assignmentId: AssignmentId,
  { title, missionId, personId, quota, allottedMinutes = 0 }: AssignmentTerms,
  { on, lending, time }: Streams,
): readonly Proposed[] => {
  const facts: Proposed[] = [];
  if (!holdsSeat(on, assignmentId)) facts.push(into(streamName('mission', missionId), SeatTaken.of({ assignmentId })));
  if (!('convention' in title)) return facts;
  const minutes = allottedMinutes - (lending.allotments[assignmentId]?.minutes ?? 0);
  const pool = streamName('convention', title.convention);
  if (minutes > 0) facts.push(into(pool, HoursAllotted.of({ assignmentId, personId, minutes })));
  if (minutes < 0) facts.push(into(pool, AllotmentReleased.of({ assignmentId, personId, minutes: -minutes })));
  const taken = time.quotas[assignmentId];
  if (quota !== undefined && !(taken !== undefined && sameQuota(taken, quota)))
    facts.push(into(streamName('agenttime', personId), QuotaTaken.of({ assignmentId, quota })));
  return facts;
};

const end = (table: Frameworks) =>
  handle(EndAssignment, assignment, {
    id,
    *context(state) {
      return {
        on: yield* missionOf(state),
        ...(yield* standingOf(state.assigned?.title, state.assigned?.personId)),
      };
    },
    zone: (_, { on }) => siteZone(on),
    framework: ({ assigned }, streams) =>
      assigned && reference(frameworkUnder(table, assigned.title, assigned.from, streams)),
    decide(state, { data: { assignmentId, on, cause }, recordedAt, effectiveOn }, streams, judgement) {
      if (state.ended !== undefined && sameFacts(state.ended, { on, cause })) return [];
      if (!requireStatus(judgement, assignmentId, state, ['assigned', 'onboarded'])) return [];
      const zone = siteZone(streams.on);
      const today = zone === undefined ? effectiveOn : localDateOf(recordedAt, zone);
      judgement.require('assignment.ends-in-the-future', on <= today, { assignmentId, on, today });
      return judgement.accept(() => [AssignmentEnded.of({ on, cause }), ...releases(assignmentId, state, streams)]);
    },
  });

/** What an assignment gives back: its seat, its quota, and of its allotment the minutes not declared. */
const releases = (
  assignmentId: AssignmentId,
  state: Readonly<AssignmentState>,
  { on, lending, time }: Streams,
): readonly Proposed[] => {
  const { assigned } = state;
  if (assigned === undefined) return [];
  const { missionId, personId } = assigned;
  const facts: Proposed[] = [];
  if (holdsSeat(on, assignmentId))
    facts.push(into(streamName('mission', missionId), SeatReleased.of({ assignmentId })));
  const conventionId = conventionOf(state);
  if (conventionId === undefined) return facts;
  const minutes = (lending.allotments[assignmentId]?.minutes ?? 0) - declaredMinutes(time, assignmentId);
  if (minutes > 0)
    facts.push(into(streamName('convention', conventionId), AllotmentReleased.of({ assignmentId, personId, minutes })));
  const quota = time.quotas[assignmentId];
  if (quota !== undefined)
    facts.push(into(streamName('agenttime', personId), QuotaReleased.of({ assignmentId, quota })));
  return facts;
};

/** How an agent is assigned, and how that ends. */
export const assigningHandlers = (table: Frameworks): readonly CommandHandler[] => [assign(table), end(table)];
