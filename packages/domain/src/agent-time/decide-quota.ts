import { handle, nothing } from '../kernel/command.js';
import type { PersonId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import { atMostWhole, sameQuota, shareText, sumOfQuotas } from '../time/quota.js';
import { ReleaseQuota, TakeQuota } from './commands.js';
import { QuotaReleased, QuotaTaken } from './events.js';
import type { RuleId } from './requirements.js';
import { agentTime } from './state.js';

const alone = {
  id: ({ personId }: { personId: PersonId }): PersonId => personId,
  context: nothing,
  zone: () => undefined,
};

const take = handle(TakeQuota, agentTime, {
  ...alone,
  decide(state, { data: { personId, assignmentId, quota } }, _, judgement: Judgement<RuleId>) {
    const held = state.quotas[assignmentId];
    if (held !== undefined && sameQuota(held, quota)) return [];
    const status = held === undefined ? 'none' : `quota ${shareText(held)} taken`;
    judgement.require('hours.wrong-state', held === undefined, { id: assignmentId, status, expected: 'none' });
    const sum = sumOfQuotas([...Object.values(state.quotas), quota]);
    const facts = { personId, quota: shareText(quota), sum: shareText(sum) };
    if (held === undefined) judgement.require('assignment.quota-over-full', atMostWhole(sum), facts);
    return judgement.accept(() => [QuotaTaken.of({ assignmentId, quota })]);
  },
});

const release = handle(ReleaseQuota, agentTime, {
  ...alone,
  decide(state, { data: { assignmentId } }, _, judgement) {
    const quota = state.quotas[assignmentId];
    return judgement.accept(() => (quota === undefined ? [] : [QuotaReleased.of({ assignmentId, quota })]));
  },
});

/** How a share of the duty is reserved and given back, step by step. */
export const quotaHandlers = [take, release];
