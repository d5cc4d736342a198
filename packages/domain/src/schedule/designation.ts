import { type HostedEngagement, isTutorOf } from '../agent-time/engagement.js';
import type { Actor } from '../kernel/envelope.js';
import type { SessionId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import type { KernelRuleId } from '../kernel/rules.js';
import type { ScheduleRuleId } from './rules.js';
import type { Session, SessionStatus } from './state.js';

/** The rules that decisions on schedules may look at. */
export type RuleId = ScheduleRuleId | KernelRuleId;

/** The tutor of that host or mission, the agent in person; officers and the system are known by their role. */
export const requireDesignated = (
  judgement: Judgement<RuleId>,
  actor: Actor,
  engagement: HostedEngagement,
): boolean => {
  const { assignment, assignmentId } = engagement;
  const designated =
    (actor.role !== 'tutor' || isTutorOf(engagement, actor)) &&
    (actor.role !== 'agent' || actor.id === assignment.assigned?.personId);
  return judgement.require('role.not-designated', designated, {
    role: actor.role,
    scope: `assignment ${assignmentId}`,
  });
};

/** Looks at whether the session is in one of the expected states. */
export const requireSession = (
  judgement: Judgement<RuleId>,
  id: SessionId,
  session: Session | undefined,
  expected: readonly SessionStatus[],
): session is Session =>
  judgement.require('session.wrong-state', session !== undefined && expected.includes(session.status), {
    id,
    status: session?.status ?? 'none',
    expected,
  });
