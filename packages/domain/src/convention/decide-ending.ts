import { type CommandHandler, handle, nothing } from '../kernel/command.js';
import { isRepresentative } from '../organisation/queries.js';
import { addDays } from '../time/calendar.js';
import type { LocalDate } from '../time/types.js';
import { localDateOf } from '../time/zone.js';
import { ExpireConvention, GiveTerminationNotice, TerminateConvention, WithdrawTerminationNotice } from './commands.js';
import {
  AgentConsentGiven,
  ConventionExpired,
  ConventionTerminated,
  type NoticeWaiver,
  TerminationNoticeGiven,
  TerminationNoticeWithdrawn,
} from './events.js';
import { convention } from './evolve.js';
import { noticeEnd } from './force.js';
import { agentsEver, type ConventionStatus, statusOn, textOn } from './queries.js';
import {
  designatedByParty,
  frameworkRef,
  inPerson,
  inStatus,
  type Parties,
  parties,
  partyOf,
  type Rules,
  statusIn,
  zoneOf,
} from './standing.js';
import { type ConventionState, scopeOf } from './state.js';

const running: readonly ConventionStatus[] = ['signed', 'in_force', 'suspended', 'notice_given'];

/** Looks at `role.not-designated` for those in whose name the notice is waived. */
const judgeWaiver = (rules: Rules, waiver: NoticeWaiver, both: Parties): void => {
  for (const party of ['home', 'host'] as const) {
    const role = `${party}_representative` as const;
    rules.require('role.not-designated', isRepresentative(both[party], waiver[party], role), {
      role,
      scope: waiver[party],
    });
  }
};

/** True when a notice can concern them on that day: everyone, or one agent who has not left. */
const concerned = (
  rules: Rules,
  state: Readonly<ConventionState>,
  conventionId: string,
  personId: string | undefined,
  day: LocalDate,
): boolean => {
  if (personId === undefined) return true;
  const end = noticeEnd(state, personId);
  const known = agentsEver(state).some((agent) => agent.personId === personId);
  const left = end !== undefined && end < day;
  return inStatus(rules, conventionId, !known ? 'agent-unknown' : left ? 'agent-left' : 'in_force', ['in_force']);
};

const give = handle(GiveTerminationNotice, convention, {
  id: (data) => data.conventionId,
  context: parties,
  zone: zoneOf,
  framework: frameworkRef,
  decide(state, { data, meta, effectiveOn }, both, rules: Rules) {
    const { conventionId, personId, endsOn, noticeWaivedBy: waiver } = data;
    designatedByParty(rules, state, both, meta.actor);
    const by = partyOf(meta.actor.role);
    if (!statusIn(rules, state, conventionId, effectiveOn, running) || both === undefined) return [];
    const standing = state.notices[scopeOf(personId)];
    const stands = standing !== undefined && !standing.withdrawn;
    if (stands && standing.by === by && standing.endsOn === endsOn) return [];
    if (!concerned(rules, state, conventionId, personId, effectiveOn)) return [];
    if (waiver) judgeWaiver(rules, waiver, both);
    // Only both parties together can put another end in the place of a notice that stands.
    inStatus(rules, conventionId, stands && !waiver ? 'notice_given' : 'in_force', ['signed', 'in_force', 'suspended']);
    const noticeDays = textOn(state, effectiveOn)?.terms.noticeDays ?? 0;
    const earliest = addDays(effectiveOn, waiver ? 0 : noticeDays);
    rules.require('convention.notice-too-short', endsOn >= earliest, { noticeDays, earliest, endsOn });
    if (by === undefined) return [];
    const notice = {
      by,
      ...(personId === undefined ? {} : { personId }),
      givenOn: effectiveOn,
      endsOn,
      ...(waiver === undefined ? {} : { noticeWaivedBy: waiver }),
    };
    return rules.accept(() => [TerminationNoticeGiven.of(notice)]);
  },
});

const withdraw = handle(WithdrawTerminationNotice, convention, {
  id: (data) => data.conventionId,
  context: parties,
  zone: zoneOf,
  framework: frameworkRef,
  decide(state, { data: { conventionId, personId }, meta, effectiveOn }, both, rules: Rules) {
    const { actor } = meta;
    const scope = scopeOf(personId);
    const notice = state.notices[scope];
    const ended = notice && (notice.endsOn < effectiveOn || state.terminated[scope] !== undefined);
    const status = !notice ? statusOn(state, effectiveOn) : ended ? 'terminated' : 'notice_given';
    const standing = !state.closed && notice !== undefined && !ended;
    rules.require('convention.wrong-state', standing, { conventionId, status, expected: ['notice_given'] });
    if (notice === undefined) return [];
    if (actor.role === 'agent') inPerson(rules, actor, personId ?? 'none');
    else designatedByParty(rules, state, both, actor);
    const own = notice.by === (actor.role === 'agent' ? 'agent' : partyOf(actor.role));
    rules.require('role.not-designated', own, { role: actor.role, scope: notice.by });
    if (notice.withdrawn) return [];
    const back = TerminationNoticeWithdrawn.of(personId === undefined ? {} : { personId });
    const text = state.texts.at(-1);
    if (personId === undefined || text?.withdrawals[personId] === undefined) return rules.accept(() => [back]);
    return rules.accept(() => [back, AgentConsentGiven.of({ personId, version: text.version })]);
  },
});

const terminate = handle(TerminateConvention, convention, {
  id: (data) => data.conventionId,
  context: nothing,
  zone: zoneOf,
  framework: frameworkRef,
  decide(state, { data: { conventionId, personId, on }, recordedAt, effectiveOn }, _context, rules: Rules) {
    const scope = scopeOf(personId);
    if (state.terminated[scope] === on) return [];
    const notice = state.notices[scope];
    const today = state.terms ? localDateOf(recordedAt, state.terms.site.zone) : effectiveOn;
    const due = notice !== undefined && !notice.withdrawn && notice.endsOn === on && on < today;
    const facts = { conventionId, on, status: statusOn(state, effectiveOn), expected: ['notice_given'] };
    rules.require('convention.wrong-state', due && !state.closed && on < (state.terms?.to ?? on), facts);
    return rules.accept(() => [ConventionTerminated.of(personId === undefined ? { on } : { personId, on })]);
  },
});

const expire = handle(ExpireConvention, convention, {
  id: (data) => data.conventionId,
  context: nothing,
  zone: zoneOf,
  framework: frameworkRef,
  decide(state, { data: { conventionId, on }, recordedAt, effectiveOn }, _context, rules: Rules) {
    if (state.expiredOn === on) return [];
    const today = state.terms ? localDateOf(recordedAt, state.terms.site.zone) : effectiveOn;
    const status = statusOn(state, today);
    const due = status === 'expired' && state.terms?.to === on;
    const facts = { conventionId, on, status, expected: ['expired'] };
    rules.require('convention.wrong-state', due, facts);
    return rules.accept(() => [ConventionExpired.of({ on })]);
  },
});

/** Notice, and the clerk's notes that a convention has come to its end. */
export const endingHandlers: readonly CommandHandler[] = [give, withdraw, terminate, expire];
