import { addDays, daysInclusive, within } from '../time/calendar.js';
import type { LocalDate } from '../time/types.js';
import type { ConventionState, ConventionText, SecondmentOrder, Suspension } from './state.js';

/** Days from `from` to `to`, both counted; empty when `from` is after `to`. */
export interface Span {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** The later of two days. */
export const later = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);
const earlier = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b);
const meet = (a: Span, b: Span): Span => ({ from: later(a.from, b.from), to: earlier(a.to, b.to) });
const isEmpty = ({ from, to }: Span): boolean => from > to;

const lends = ({ terms }: ConventionText, personId: string): boolean =>
  terms.agents.some((agent) => agent.personId === personId);

/** The last day in force for this agent by notice or termination, when there is one. */
export const noticeEnd = (state: ConventionState, personId: string): LocalDate | undefined => {
  const ends = ['whole', personId].flatMap((scope) => {
    const notice = state.notices[scope];
    const on = state.terminated[scope] ?? (notice && !notice.withdrawn ? notice.endsOn : undefined);
    return on === undefined ? [] : [on];
  });
  return ends.length === 0 ? undefined : ends.reduce(earlier);
};

const byOrder = (span: Span, orders: readonly SecondmentOrder[]): readonly Span[] => {
  // An order does not reach back before the day it was issued: acts of authority are not retroactive.
  const ordered = orders
    .map(({ from, to, on }) => meet(span, { from: later(from, on), to }))
    .filter((s) => !isEmpty(s));
  return joined([...ordered].sort((a, b) => (a.from < b.from ? -1 : 1)));
};

/** Spans, given in order of their first day, with those that overlap made one. */
const joined = (spans: readonly Span[]): readonly Span[] => {
  const done: Span[] = [];
  for (const span of spans) {
    const last = done.at(-1);
    if (last === undefined || span.from > last.to) done.push(span);
    else done[done.length - 1] = { from: last.from, to: later(last.to, span.to) };
  }
  return done;
};

/**
 * The spans of days on which the convention is in force for one agent, suspensions left in; in order, disjoint.
 *
 * A text rules from its first day (an amended one from `effectiveFrom`) to the day before the next. Unless the
 * text before was in force for the agent, it never rules before the day of the last signature or of the consent.
 */
export const forceSpans = (state: ConventionState, personId: string): readonly Span[] => {
  const end = noticeEnd(state, personId);
  const all: Span[] = [];
  let carried = false;
  state.texts.forEach((text, i) => {
    const next = state.texts[i + 1]?.effectiveFrom;
    const until = [text.terms.to, next === undefined ? text.terms.to : addDays(next, -1), end ?? text.terms.to];
    const spans = spansOf(text, personId, carried, until.reduce(earlier), state.orders[personId] ?? []);
    all.push(...spans);
    carried = spans.length > 0;
  });
  return all;
};

/** The days that one text rules for an agent; `carried`: the text before was in force for them. */
const spansOf = (
  text: ConventionText,
  personId: string,
  carried: boolean,
  to: LocalDate,
  orders: readonly SecondmentOrder[],
): readonly Span[] => {
  const { terms, submission, signedOn, effectiveFrom } = text;
  if (!lends(text, personId) || submission === undefined || signedOn === undefined) return [];
  const consent = text.consents[personId];
  if (submission.required.consent && consent === undefined) return [];
  const begins = later(terms.from, effectiveFrom ?? terms.from);
  const span = { from: carried ? begins : [begins, signedOn, consent ?? signedOn].reduce(later), to };
  if (isEmpty(span)) return [];
  return submission.required.order ? byOrder(span, orders) : [span];
};

/** The last suspended day, when the suspension has one. */
export const suspendedUntil = ({ to, resumedOn }: Suspension): LocalDate | undefined =>
  resumedOn === undefined ? to : addDays(resumedOn, -1);

/** True when `date` is a suspended day. */
export const suspendedOn = (state: ConventionState, date: LocalDate): boolean =>
  state.suspensions.some((suspension) => within(date, suspension.from, suspendedUntil(suspension)));

/** How many days of `span` are suspended, each counted once. */
const suspendedDays = (state: ConventionState, span: Span): number => {
  const spans = state.suspensions
    .map((suspension) => meet(span, { from: suspension.from, to: suspendedUntil(suspension) ?? span.to }))
    .filter((s) => !isEmpty(s))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  return joined(spans).reduce((sum, { from, to }) => sum + daysInclusive(from, to), 0);
};

/** How many days of `[from, to]` are in force for this agent; suspended days are not. */
export const daysInForce = (state: ConventionState, personId: string, from: LocalDate, to: LocalDate): number =>
  forceSpans(state, personId)
    .map((span) => meet(span, { from, to }))
    .filter((span) => !isEmpty(span))
    .reduce((sum, span) => sum + daysInclusive(span.from, span.to) - suspendedDays(state, span), 0);
