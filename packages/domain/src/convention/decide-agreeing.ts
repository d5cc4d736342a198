import { type CommandHandler, handle, nothing } from '../kernel/command.js';
import { addDays } from '../time/calendar.js';
import type { LocalDate } from '../time/types.js';
import { CommunicateConventionToAgent, GiveAgentConsent, WithdrawAgentConsent } from './commands.js';
import {
  AgentConsentGiven,
  AgentConsentWithdrawn,
  ConventionCommunicatedToAgent,
  TerminationNoticeGiven,
} from './events.js';
import { convention } from './evolve.js';
import { forceSpans, noticeEnd } from './force.js';
import { type ConventionStatus, statusOn, textOf } from './queries.js';
import { frameworkRef, inPerson, inStatus, lentBy, type Rules, zoneOf } from './standing.js';
import type { ConventionState, ConventionText } from './state.js';

const living: readonly ConventionStatus[] = [
  'submitted',
  'partially_signed',
  'signed',
  'in_force',
  'suspended',
  'notice_given',
];

/**
 * The frozen text of that version, when the convention is alive and lends the agent; looks at `wrong-state`,
 * `not-frozen` and `hash-mismatch`, of which only the most telling speaks.
 */
export const agreedText = (
  rules: Rules,
  state: Readonly<ConventionState>,
  data: { readonly conventionId: string; readonly personId: string; readonly version: number },
  day: LocalDate,
): ConventionText | undefined => {
  const { conventionId, version } = data;
  const status = statusOn(state, day);
  if (status === 'draft') {
    rules.require('convention.not-frozen', false, { conventionId });
    return undefined;
  }
  if (!inStatus(rules, conventionId, status, living)) return undefined;
  const text = textOf(state, version);
  const frozen = state.pending?.version ?? state.texts.at(-1)?.version ?? 0;
  const known = rules.require('convention.hash-mismatch', text !== undefined, { version, frozen });
  return known && text && lentBy(rules, conventionId, text, data.personId) ? text : undefined;
};

const communicate = handle(CommunicateConventionToAgent, convention, {
  id: (data) => data.conventionId,
  context: nothing,
  zone: zoneOf,
  framework: frameworkRef,
  decide(state, { data, effectiveOn }, _context, rules: Rules) {
    const { personId, version } = data;
    const text = agreedText(rules, state, data, effectiveOn);
    if (text === undefined || text.communicated[personId] !== undefined) return [];
    return rules.accept(() => [ConventionCommunicatedToAgent.of({ personId, version })]);
  },
});

const consent = handle(GiveAgentConsent, convention, {
  id: (data) => data.conventionId,
  context: nothing,
  zone: zoneOf,
  framework: frameworkRef,
  decide(state, { data, meta, effectiveOn }, _context, rules: Rules) {
    const { personId, version } = data;
    inPerson(rules, meta.actor, personId);
    const text = agreedText(rules, state, data, effectiveOn);
    if (text === undefined) return [];
    const asked = text.submission?.required.communication ?? true;
    const known = !asked || text.communicated[personId] !== undefined;
    rules.require('convention.not-communicated', known, { version, personIds: known ? [] : [personId] });
    if (text.consents[personId] !== undefined && text.withdrawals[personId] === undefined) return [];
    // Once in force, what ends it is the notice: it is the notice that can be withdrawn.
    rules.require('convention.wrong-state', text.withdrawals[personId] === undefined, {
      conventionId: data.conventionId,
      status: 'notice_given',
      expected: ['signed'],
    });
    return rules.accept(() => [AgentConsentGiven.of({ personId, version })]);
  },
});

const withdraw = handle(WithdrawAgentConsent, convention, {
  id: (data) => data.conventionId,
  context: nothing,
  zone: zoneOf,
  framework: frameworkRef,
  decide(state, { data, meta, effectiveOn }, _context, rules: Rules) {
    const { conventionId, personId, version } = data;
    inPerson(rules, meta.actor, personId);
    const text = agreedText(rules, state, data, effectiveOn);
    if (text === undefined) return [];
    const begun = (forceSpans(state, personId)[0]?.from ?? '9999-12-31') <= effectiveOn;
    if (!begun || text === state.pending) {
      if (text.consents[personId] === undefined) return [];
      return rules.accept(() => [AgentConsentWithdrawn.of({ personId, version, inForce: false })]);
    }
    if (text.withdrawals[personId] !== undefined) return [];
    const end = noticeEnd(state, personId);
    const left = end !== undefined && end < effectiveOn;
    inStatus(rules, conventionId, left ? 'agent-left' : 'in_force', ['in_force']);
    const withdrawn = AgentConsentWithdrawn.of({ personId, version, inForce: true });
    const endsOn = addDays(effectiveOn, text.terms.noticeDays);
    // A notice that ends sooner than the agent's own would stays as it is.
    if (end !== undefined && end <= endsOn) return rules.accept(() => [withdrawn]);
    const notice = TerminationNoticeGiven.of({ by: 'agent', personId, givenOn: effectiveOn, endsOn });
    return rules.accept(() => [withdrawn, notice]);
  },
});

/** The agent is told, consents, and may change their mind. */
export const agreeingHandlers: readonly CommandHandler[] = [communicate, consent, withdraw];
