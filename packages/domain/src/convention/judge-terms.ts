import type { Framework } from '../framework/columns.js';
import { holdsOn } from '../framework/validity.js';
import type { OrganisationState } from '../organisation/state.js';
import { lastDayOfMonths, yearOf } from '../time/calendar.js';
import { chainEnd } from './chain.js';
import { judgeAgents, judgeOrganisations } from './eligibility.js';
import type { Rules } from './standing.js';
import type { ConventionTerms, RequiredSteps } from './terms.js';
import type { Judged, TermsContext } from './terms-context.js';

/** True when the host pays nothing back, or the text does not say. */
export const isFree = ({ reimbursement }: Pick<ConventionTerms, 'reimbursement'>): boolean =>
  reimbursement === undefined || reimbursement.kind === 'free';

const judgeDuration = (rules: Rules, judged: Judged, ctx: TermsContext): void => {
  const { terms, framework, conventionId } = judged;
  const { period: perPeriod, total } = framework.longest.value;
  const { source } = framework.longest;
  if (perPeriod && judged.period) {
    const { from, to } = judged.period;
    const latest = lastDayOfMonths(from, perPeriod.months);
    const facts = { from, to, months: perPeriod.months, latest };
    rules.require('convention.period-too-long', to <= latest, facts, { severity: perPeriod.severity, source });
  }
  if (total) {
    const over = terms.agents.filter(({ personId }) => {
      const { first, last } = chainEnd(ctx.persons.get(personId), conventionId, terms);
      return last > lastDayOfMonths(first, total.months);
    });
    const facts = { hostId: terms.hostId, months: total.months, personIds: over.map(({ personId }) => personId) };
    rules.require('convention.total-too-long', over.length === 0, facts, { severity: total.severity, source });
  }
};

const judgeText = (rules: Rules, { terms, framework, today }: Judged, ctx: TermsContext): void => {
  const { requires, money } = framework;
  const { always, whenFree } = requires.clauses.value;
  const missing = [...always, ...(isFree(terms) ? whenFree : [])].filter((clause) => !terms.clauses.includes(clause));
  const of = { framework: framework.id };
  const { source } = requires.clauses;
  rules.require('convention.clause-missing', missing.length === 0, { ...of, clauses: missing }, { source });
  judgeReimbursement(rules, terms, framework);
  const { when, kinds } = requires.commitment.value;
  const kind = ctx.host.registered?.kind;
  if (kind !== undefined && kinds.includes(kind) && (when === 'always' || (when === 'free' && isFree(terms)))) {
    const on = ctx.host.commitment?.on;
    const facts = { hostId: terms.hostId, day: today };
    rules.require('convention.commitment-missing', on !== undefined && on <= today, facts);
  }
  const aboveCents = money.value.subsidyConventionAboveCents;
  if (aboveCents === undefined || !isFree(terms)) return;
  const due = { hostId: terms.hostId, year: yearOf(today), cents: ctx.receivedCents ?? 'unknown', aboveCents };
  // Guessing would be telling an administration that it owes nothing, or something.
  if (ctx.receivedCents === undefined) rules.notExamined('convention.subsidy-convention-due', due);
  else rules.require('convention.subsidy-convention-due', ctx.receivedCents <= aboveCents, due);
};

/** A text that says nothing lacks something; one that says "free" where reimbursement is due may be an exemption. */
const judgeReimbursement = (rules: Rules, { reimbursement }: ConventionTerms, { id, money }: Framework): void => {
  const { reimbursement: expected, whenFree = 'refuse' } = money.value;
  const asked = expected !== 'unstated';
  const exempted = expected === 'due' && reimbursement?.kind === 'free';
  const severity = exempted ? whenFree : 'refuse';
  const settled = !asked || (reimbursement !== undefined && !exempted);
  const facts = { framework: id, expected };
  rules.require('convention.reimbursement-missing', settled, facts, { severity, source: money.source });
};

/** Looks at every rule that a text must satisfy before it is frozen. */
export const judgeTerms = (rules: Rules, judged: Judged, ctx: TermsContext): void => {
  const { terms, framework, day } = judged;
  const { value: validity, source } = framework.inForce;
  const lends = framework.time.value === 'working_time';
  const time = { framework: framework.id, time: framework.time.value };
  // Nothing else can be asked of a text that should not be.
  if (!rules.require('convention.framework-without-convention', lends, time, { source: framework.time.source })) return;
  const applies = holdsOn(validity, day);
  rules.require('convention.framework-not-in-force', applies, { framework: framework.id, day }, { source });
  if (applies && validity.until !== undefined) {
    const facts = { framework: framework.id, to: terms.to, until: validity.until };
    rules.require('convention.outlives-framework', terms.to <= validity.until, facts, { source });
  }
  // Whether its agents may be lent is moot while the administration itself is not admitted.
  if (judgeOrganisations(rules, judged, ctx)) judgeAgents(rules, judged, ctx);
  judgeDuration(rules, judged, ctx);
  judgeText(rules, judged, ctx);
};

/** What the framework asks of this text before it binds; kept with the text. */
export const requiredSteps = ({ requires }: Framework, home: Readonly<OrganisationState>): RequiredSteps => ({
  consent: requires.consent.value,
  communication: requires.communication.value,
  compatibility: requires.compatibility.value,
  assembly: home.registered !== undefined && requires.assembly.value.includes(home.registered.kind),
  order: requires.order.value,
});
