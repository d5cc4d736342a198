import type { Aggregate } from '../kernel/aggregate.js';
import type { Recorded } from '../kernel/event.js';
import { addDays } from '../time/calendar.js';
import type { LocalDate } from '../time/types.js';
import { amended } from './amended.js';
import { type ConventionFact, conventionEvents } from './events.js';
import { type ConventionState, type ConventionText, freshText, initialConvention, scopeOf } from './state.js';

/** The text that a fact about `version` speaks of: the one on the table, else the signed one. */
const textOf = (draft: ConventionState, version: number): ConventionText | undefined =>
  draft.pending?.version === version ? draft.pending : draft.texts.findLast((text) => text.version === version);

const write = (draft: ConventionState, text: ConventionText): void => {
  draft.pending = text;
  draft.lastVersion = text.version;
  if (draft.texts.length === 0) draft.terms = text.terms;
};

/** A consent that was withdrawn while in force, and is given again, stands as it did. */
const consent = (text: ConventionText, personId: string, on: LocalDate): void => {
  text.consents[personId] ??= on;
  delete text.withdrawals[personId];
};

/** The text on the table has all its signatures. */
const bind = (draft: ConventionState): void => {
  const text = draft.pending;
  if (text === undefined) return;
  const days = Object.values(text.signatures).map(({ on }) => on);
  const last = days.reduce<LocalDate | undefined>((a, b) => (a === undefined || b > a ? b : a), undefined);
  if (last !== undefined) text.signedOn = last;
  draft.texts.push(text);
  draft.terms = text.terms;
  delete draft.pending;
};

const evolve = (draft: ConventionState, event: Recorded<ConventionFact>): void => {
  switch (event.type) {
    case 'ConventionDrafted':
    case 'ConventionRevised':
      write(draft, freshText(event.data.version, event.data.terms));
      return;
    case 'ConventionSubmitted': {
      const { docHash, signatories, required } = event.data;
      if (draft.pending) draft.pending.submission = { docHash, signatories, required, on: event.effectiveOn };
      delete draft.declined;
      return;
    }
    case 'AmendmentProposed': {
      const { version, delta, effectiveFrom, docHash, signatories, required } = event.data;
      if (draft.terms === undefined) return;
      const text = freshText(version, amended(draft.terms, delta), effectiveFrom);
      write(draft, { ...text, submission: { docHash, signatories, required, on: event.effectiveOn } });
      return;
    }
    case 'ConventionCommunicatedToAgent': {
      const text = textOf(draft, event.data.version);
      if (text) text.communicated[event.data.personId] = event.effectiveOn;
      return;
    }
    case 'AgentConsentGiven': {
      const text = textOf(draft, event.data.version);
      if (text) consent(text, event.data.personId, event.effectiveOn);
      return;
    }
    case 'AgentConsentWithdrawn': {
      const { personId, version, inForce } = event.data;
      const text = textOf(draft, version);
      // Once in force, the convention runs on for the agent until the notice that comes with this fact ends.
      if (inForce && text) text.withdrawals[personId] = event.effectiveOn;
      else delete text?.consents[personId];
      return;
    }
    case 'CompatibilityAssessed': {
      const text = textOf(draft, event.data.version);
      if (text) text.compatibility[event.data.personId] = event.data.outcome;
      return;
    }
    case 'AssemblyInformed':
      draft.assemblyInformedOn = event.data.on;
      return;
    case 'ConventionSignedByParty': {
      const { party, capacity, version } = event.data;
      const text = textOf(draft, version);
      if (text) text.signatures[party] = { personId: event.actor.id, capacity, on: event.effectiveOn };
      return;
    }
    case 'SignatureDeclined':
      draft.declined = event.data;
      if (draft.pending === undefined) return;
      if (draft.texts.length > 0) delete draft.pending;
      else draft.pending = freshText(draft.pending.version, draft.pending.terms);
      return;
    case 'ConventionSigned':
    case 'ConventionAmended':
      bind(draft);
      return;
    case 'ConventionRenewed':
      return; // the amended terms hold the new end
    case 'SecondmentOrderIssued': {
      const { personId, number, from, to } = event.data;
      const orders = draft.orders[personId] ?? [];
      draft.orders[personId] = orders;
      orders.push({ number, from, to, on: event.effectiveOn });
      return;
    }
    case 'ConventionEnteredIntoForce':
      draft.entered[event.data.personId] = event.data.on;
      return;
    case 'HoursAllotted': {
      const { assignmentId, personId, minutes } = event.data;
      const held = draft.allotments[assignmentId];
      draft.allotments[assignmentId] = { personId, minutes: (held?.minutes ?? 0) + minutes };
      draft.allottedMinutes += minutes;
      return;
    }
    case 'AllotmentReleased': {
      const held = draft.allotments[event.data.assignmentId];
      if (held) held.minutes -= event.data.minutes;
      draft.allottedMinutes -= event.data.minutes;
      return;
    }
    case 'ConventionSuspended': {
      const { from, to } = event.data;
      draft.suspensions.push(to === undefined ? { from } : { from, to });
      return;
    }
    case 'ConventionResumed': {
      const { on } = event.data;
      const span = draft.suspensions.findLast(
        (s) => s.resumedOn === undefined && s.from <= on && on <= addDays(s.to ?? on, 1),
      );
      if (span) span.resumedOn = on;
      return;
    }
    case 'TerminationNoticeGiven': {
      const { by, personId, givenOn, endsOn, noticeWaivedBy: waiver } = event.data;
      const notice = { by, givenBy: event.actor.id, givenOn, endsOn, withdrawn: false };
      draft.notices[scopeOf(personId)] = waiver === undefined ? notice : { ...notice, waiver };
      return;
    }
    case 'TerminationNoticeWithdrawn': {
      const notice = draft.notices[scopeOf(event.data.personId)];
      if (notice) notice.withdrawn = true;
      return;
    }
    case 'ConventionTerminated':
      draft.terminated[scopeOf(event.data.personId)] = event.data.on;
      return;
    case 'ConventionExpired':
      draft.expiredOn = event.data.on;
      return;
    case 'ConventionClosed':
      draft.closed = true;
      if (event.data.reviewId !== undefined) draft.reviewId = event.data.reviewId;
      return;
    default:
      event satisfies never;
  }
};

/** A convention: stream `convention-{id}`. */
export const convention: Aggregate<ConventionState, ConventionFact> = {
  category: 'convention',
  events: conventionEvents,
  initial: initialConvention,
  evolve,
};
