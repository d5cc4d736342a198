import { type CommandHandler, handle } from '../kernel/command.js';
import { addDays, within } from '../time/calendar.js';
import { localDateOf } from '../time/zone.js';
import { ResumeConvention, SuspendConvention } from './commands.js';
import { ConventionResumed, ConventionSuspended } from './events.js';
import { convention } from './evolve.js';
import { suspendedUntil } from './force.js';
import { type ConventionStatus, statusOn } from './queries.js';
import { designatedByParty, frameworkRef, inStatus, parties, type Rules, statusIn, zoneOf } from './standing.js';

const running: readonly ConventionStatus[] = ['in_force', 'suspended', 'notice_given'];

const suspend = handle(SuspendConvention, convention, {
  id: (data) => data.conventionId,
  context: parties,
  zone: zoneOf,
  framework: frameworkRef,
  decide(state, { data: { conventionId, from, to }, meta, effectiveOn }, both, rules: Rules) {
    designatedByParty(rules, state, both, meta.actor);
    if (!statusIn(rules, state, conventionId, effectiveOn, running) || state.terms === undefined) return [];
    if (state.suspensions.some((s) => s.from === from && s.to === to && s.resumedOn === undefined)) return [];
    const { terms } = state;
    const inside = terms.from <= from && from <= (to ?? from) && (to ?? from) <= terms.to;
    rules.require('convention.suspension-outside-period', inside, { from: terms.from, to: terms.to });
    const overlaps = state.suspensions.some((suspension) => {
      const until = suspendedUntil(suspension);
      return (
        suspension.from <= (to ?? suspension.from) &&
        (until === undefined || (from <= until && suspension.from <= until))
      );
    });
    inStatus(rules, conventionId, overlaps ? 'suspended' : 'in_force', ['in_force', 'notice_given']);
    return rules.accept(() => [ConventionSuspended.of(to === undefined ? { from } : { from, to })]);
  },
});

const resume = handle(ResumeConvention, convention, {
  id: (data) => data.conventionId,
  context: parties,
  zone: zoneOf,
  framework: frameworkRef,
  decide(state, { data: { conventionId, on }, meta, recordedAt, effectiveOn }, both, rules: Rules) {
    if (state.terms === undefined) {
      statusIn(rules, state, conventionId, effectiveOn, running);
      return [];
    }
    designatedByParty(rules, state, both, meta.actor);
    if (state.suspensions.some(({ resumedOn }) => resumedOn === on)) return [];
    const spans = state.suspensions.filter(({ resumedOn }) => resumedOn === undefined);
    const after = spans.filter(({ from, to }) => within(on, from, to && addDays(to, 1)));
    // The clerk only notes the end that was set; to end a suspension sooner is for the parties.
    const noted = after.filter(({ to }) => to !== undefined && addDays(to, 1) === on);
    const today = localDateOf(recordedAt, state.terms.site.zone);
    const due = meta.actor.role === 'system' ? noted.length > 0 && on <= today : after.length > 0;
    const status = statusOn(state, on);
    const facts = { conventionId, on, status: status === 'suspended' ? 'in_force' : status, expected: ['suspended'] };
    rules.require('convention.wrong-state', due && !state.closed, facts);
    return rules.accept(() => [ConventionResumed.of({ on })]);
  },
});

/** Suspension by either party, and its end. */
export const suspendingHandlers: readonly CommandHandler[] = [suspend, resume];
