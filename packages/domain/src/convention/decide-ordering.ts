import { type CommandHandler, handle, nothing } from '../kernel/command.js';
import { localDateOf } from '../time/zone.js';
import { AssessCompatibility, EnterConventionIntoForce, InformAssembly, IssueSecondmentOrder } from './commands.js';
import { agreedText } from './decide-agreeing.js';
import {
  AssemblyInformed,
  CompatibilityAssessed,
  ConventionEnteredIntoForce,
  SecondmentOrderIssued,
} from './events.js';
import { convention } from './evolve.js';
import { noticeEnd } from './force.js';
import { forceStart, statusOn } from './queries.js';
import { designatedByHome, frameworkRef, inStatus, lentBy, parties, type Rules, statusIn, zoneOf } from './standing.js';
import type { ConventionText } from './state.js';

const assess = handle(AssessCompatibility, convention, {
  id: (data) => data.conventionId,
  context: parties,
  zone: zoneOf,
  framework: frameworkRef,
  decide(state, { data, meta, effectiveOn }, both, rules: Rules) {
    const { conventionId: _stream, reservations, ...assessed } = data;
    designatedByHome(rules, state, both, meta.actor);
    const text = agreedText(rules, state, data, effectiveOn);
    if (text === undefined || text.compatibility[data.personId] === data.outcome) return [];
    return rules.accept(() => [
      CompatibilityAssessed.of(reservations === undefined ? assessed : { ...assessed, reservations }),
    ]);
  },
});

const inform = handle(InformAssembly, convention, {
  id: (data) => data.conventionId,
  context: parties,
  zone: zoneOf,
  framework: frameworkRef,
  decide(state, { data: { conventionId, on }, meta, effectiveOn }, both, rules: Rules) {
    designatedByHome(rules, state, both, meta.actor);
    statusIn(rules, state, conventionId, effectiveOn, [
      'draft',
      'submitted',
      'partially_signed',
      'signed',
      'in_force',
      'suspended',
      'notice_given',
    ]);
    if (state.assemblyInformedOn === on) return [];
    return rules.accept(() => [AssemblyInformed.of({ on })]);
  },
});

/** Looks at `consent-missing`: the agent agreed to this text and has not gone back on it. */
const consentStands = (rules: Rules, text: ConventionText, personId: string): void => {
  const stands = text.consents[personId] !== undefined && text.withdrawals[personId] === undefined;
  const holds = stands || text.submission?.required.consent === false;
  rules.require('convention.consent-missing', holds, { version: text.version, personIds: holds ? [] : [personId] });
};

const order = handle(IssueSecondmentOrder, convention, {
  id: (data) => data.conventionId,
  context: parties,
  zone: zoneOf,
  framework: frameworkRef,
  decide(state, { data, meta, effectiveOn }, both, rules: Rules) {
    const { conventionId, personId, number, from, to } = data;
    designatedByHome(rules, state, both, meta.actor);
    const text = state.texts.at(-1);
    const open = statusIn(rules, state, conventionId, effectiveOn, ['signed', 'in_force', 'suspended']);
    if (!open || text === undefined || !lentBy(rules, conventionId, text, personId)) return [];
    const issued = state.orders[personId] ?? [];
    if (issued.some((each) => each.number === number && each.from === from && each.to === to)) return [];
    const end = noticeEnd(state, personId);
    if (end !== undefined && end < effectiveOn) inStatus(rules, conventionId, 'agent-left', ['signed', 'in_force']);
    consentStands(rules, text, personId);
    const required = text.submission?.required;
    const outcome = text.compatibility[personId];
    if (required?.compatibility && rules.require('convention.compatibility-missing', !!outcome, { personId })) {
      rules.require('convention.compatibility-unfavourable', outcome !== 'unfavourable', { personId });
    }
    if (required?.assembly) {
      const informed = state.assemblyInformedOn !== undefined && state.assemblyInformedOn <= effectiveOn;
      rules.require('convention.assembly-not-informed', informed, { conventionId, day: effectiveOn });
    }
    const { terms } = text;
    const inside = terms.from <= from && to <= terms.to;
    const facts = { orderFrom: from, orderTo: to, from: terms.from, to: terms.to };
    rules.require('convention.order-outside-period', inside, facts);
    return rules.accept(() => [SecondmentOrderIssued.of({ personId, number, from, to })]);
  },
});

const enter = handle(EnterConventionIntoForce, convention, {
  id: (data) => data.conventionId,
  context: nothing,
  zone: zoneOf,
  framework: frameworkRef,
  decide(state, { data: { conventionId, personId, on }, recordedAt, effectiveOn }, _context, rules: Rules) {
    const text = state.texts.at(-1);
    if (text === undefined || state.closed) {
      statusIn(rules, state, conventionId, effectiveOn, ['signed']);
      return [];
    }
    if (state.entered[personId] === on || !lentBy(rules, conventionId, text, personId)) return [];
    consentStands(rules, text, personId);
    const required = text.submission?.required.order ?? false;
    const ordered = !required || (state.orders[personId] ?? []).length > 0;
    rules.require('convention.order-missing', ordered, { personId });
    const start = forceStart(state, personId);
    const due = start === on && on <= localDateOf(recordedAt, text.terms.site.zone);
    // A missing consent or order already says why no day of entry can be told.
    if (!rules.refused() || start !== undefined) {
      const facts = { conventionId, personId, on, status: statusOn(state, on), expected: start ?? 'none' };
      rules.require('convention.wrong-state', due, facts);
    }
    return rules.accept(() => [ConventionEnteredIntoForce.of({ personId, on })]);
  },
});

/** What the authority checks and decides, and the day it takes effect. */
export const orderingHandlers: readonly CommandHandler[] = [assess, inform, order, enter];
