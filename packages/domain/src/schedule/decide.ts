import { engagementOf, type HostedEngagement, hosted } from '../agent-time/engagement.js';
import { type CommandHandler, handle } from '../kernel/command.js';
import type { AssignmentId, SessionId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import type { Reading } from '../kernel/reading.js';
import type { Instant } from '../time/types.js';
import { CancelSession, HoldSession, MissSession } from './commands.js';
import { planHandlers } from './decide-plan.js';
import { type RuleId, requireDesignated, requireSession } from './designation.js';
import { SessionCancelled, SessionHeld, SessionMissed } from './events.js';
import { type ScheduleState, type Session, schedule } from './state.js';

const binding = {
  id: (data: { assignmentId: AssignmentId }) => data.assignmentId,
  *context(
    _state: Readonly<ScheduleState>,
    { data }: { data: { assignmentId: AssignmentId } },
  ): Reading<HostedEngagement> {
    return yield* hosted(yield* engagementOf(data.assignmentId));
  },
  zone: (_state: Readonly<ScheduleState>, { mission }: HostedEngagement) => mission.proposed?.site.zone,
};

const cancel = handle(CancelSession, schedule, {
  ...binding,
  decide(state, { data: { sessionId }, meta: { actor } }, engagement, judgement) {
    requireDesignated(judgement, actor, engagement);
    const session = state.sessions[sessionId];
    if (session?.status === 'cancelled') return [];
    if (!requireSession(judgement, sessionId, session, ['planned'])) return [];
    return judgement.accept(() => [SessionCancelled.of({ sessionId, version: session.version, by: actor.role })]);
  },
});

/** Nobody can know of a session that has not begun whether it is held or missed. */
const requireBegun = (judgement: Judgement<RuleId>, id: SessionId, session: Session, now: Instant): boolean =>
  judgement.require('session.wrong-state', session.startsAt <= now, {
    id,
    status: `planned, begins at ${session.startsAt}`,
    expected: 'begun',
  });

const hold = handle(HoldSession, schedule, {
  ...binding,
  decide(state, { data: { sessionId }, meta: { actor }, recordedAt }, engagement, judgement) {
    requireDesignated(judgement, actor, engagement);
    const session = state.sessions[sessionId];
    if (session?.status === 'held') return [];
    if (requireSession(judgement, sessionId, session, ['planned']))
      requireBegun(judgement, sessionId, session, recordedAt);
    return judgement.accept(() => [SessionHeld.of({ sessionId })]);
  },
});

const miss = handle(MissSession, schedule, {
  ...binding,
  decide(state, { data: { sessionId, excused }, meta: { actor }, recordedAt }, engagement, judgement) {
    requireDesignated(judgement, actor, engagement);
    const session = state.sessions[sessionId];
    if (session?.status === 'missed' && session.excused === excused) return [];
    if (requireSession(judgement, sessionId, session, ['planned']))
      requireBegun(judgement, sessionId, session, recordedAt);
    return judgement.accept(() => [SessionMissed.of({ sessionId, excused })]);
  },
});

/** Every command on a schedule, with how it is decided. */
export const scheduleHandlers: readonly CommandHandler[] = [...planHandlers, cancel, hold, miss];
