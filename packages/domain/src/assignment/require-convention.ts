import { agentOf, forceOn, poolLeft } from '../convention/queries.js';
import type { ConventionTerms } from '../convention/terms.js';
import type { AssignmentId, ConventionId, EmploymentId, PersonId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import type { MissionState } from '../mission/state.js';
import { employedOn, managerOn } from '../person/queries.js';
import { atMostWhole, shareText, sumOfQuotas, type WorkQuota } from '../time/quota.js';
import type { LocalDate } from '../time/types.js';
import type { RuleId } from './requirements.js';
import type { Standing } from './title.js';

/** What is asked of a convention: this agent, on these days, for this share and these minutes. */
export interface Lending {
  readonly assignmentId: AssignmentId;
  readonly conventionId: ConventionId;
  readonly personId: PersonId;
  readonly employmentId: EmploymentId | undefined;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly quota: WorkQuota;
  readonly allottedMinutes: number | undefined;
  /** The manager who approved. */
  readonly approvedBy: string | undefined;
}

/** Looks at all that a convention must hold for an assignment under it. */
export const requireConvention = (
  judgement: Judgement<RuleId>,
  asked: Lending,
  { proposed }: Readonly<MissionState>,
  { lending, agent, time }: Standing,
): void => {
  const { assignmentId, conventionId, personId, employmentId, from, quota, allottedMinutes } = asked;
  const { terms } = lending;
  if (terms === undefined) {
    judgement.require('assignment.convention-not-in-force', false, { conventionId, personId, from, force: 'none' });
    return;
  }
  const lent = employmentId !== undefined && agentOf(lending, personId)?.employmentId === employmentId;
  const facts = { conventionId, personId, employmentId: employmentId ?? 'none' };
  if (!judgement.require('assignment.agent-not-in-convention', lent, facts) || employmentId === undefined) return;

  requireDates(judgement, asked, lending, terms);
  if (proposed !== undefined)
    judgement.require('assignment.other-host', terms.hostId === proposed.hostId, {
      conventionId,
      conventionHostId: terms.hostId,
      missionHostId: proposed.hostId,
    });
  requireEmployment(judgement, { ...asked, employmentId }, agent);

  judgement.require('assignment.quota-above-convention', quota.num * terms.quota.den <= terms.quota.num * quota.den, {
    conventionId,
    quota: shareText(quota),
    conventionQuota: shareText(terms.quota),
  });
  const others = Object.entries(time.quotas).flatMap(([id, taken]) => (id === assignmentId ? [] : [taken]));
  const sum = sumOfQuotas([...others, quota]);
  judgement.require('assignment.quota-over-full', atMostWhole(sum), {
    personId,
    quota: shareText(quota),
    sum: shareText(sum),
  });

  const left = poolLeft(lending);
  if (left === undefined) return;
  const own = lending.allotments[assignmentId]?.minutes ?? 0;
  if (judgement.require('assignment.allotment-missing', allottedMinutes !== undefined, { conventionId, left }))
    judgement.require('convention.pool-exhausted', (allottedMinutes ?? 0) <= left + own, {
      conventionId,
      asked: allottedMinutes ?? 0,
      left: left + own,
    });
};

/** Days outside the convention are told as such; only a first day within it is asked to be in force. */
const requireDates = (
  judgement: Judgement<RuleId>,
  { conventionId, personId, from, to }: Lending,
  lending: Standing['lending'],
  terms: ConventionTerms,
): void => {
  const begins = terms.from <= from && from <= terms.to;
  const force = forceOn(lending, personId, from);
  // In force on the first day and no longer on the last: a notice or an order ends before.
  const ends = to <= terms.to && !(force === 'in_force' && forceOn(lending, personId, to) === 'outside');
  judgement.require('assignment.outside-convention', begins && ends, {
    conventionId,
    from,
    to,
    conventionFrom: terms.from,
    conventionTo: terms.to,
  });
  if (begins)
    judgement.require('assignment.convention-not-in-force', force === 'in_force', {
      conventionId,
      personId,
      from,
      force,
    });
};

/** An employment on the first day, and a manager who is somebody else. */
export const requireEmployment = (
  judgement: Judgement<RuleId>,
  {
    personId,
    employmentId,
    from,
    approvedBy,
  }: Pick<Lending, 'personId' | 'from' | 'approvedBy'> & {
    readonly employmentId: EmploymentId;
  },
  agent: Standing['agent'],
): void => {
  const facts = { personId, employmentId };
  if (!judgement.require('assignment.not-employed', employedOn(agent, employmentId, from), { ...facts, on: from }))
    return;
  const managed = approvedBy !== personId && managerOn(agent, employmentId, from) !== personId;
  judgement.require('assignment.manager-is-agent', managed, facts);
};
