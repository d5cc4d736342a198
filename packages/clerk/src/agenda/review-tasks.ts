import {
  accreditationReviewIdOf,
  addDays,
  agentsEver,
  type ConventionId,
  type ConventionState,
  finalReviewIdOf,
  forceSpans,
  type LocalDate,
  type ReviewId,
  statusOn,
} from '@probono/domain';
import { beginningOf } from './day.js';
import type { AccreditationRow, AskedReview } from './tables.js';
import type { Task } from './task.js';

/** What has become of the host's accreditation by the home administration: its last turn. */
export type Turn = Pick<AccreditationRow, 'status' | 'from_on'>;

const over = ['terminated', 'expired'];
const underWay = ['in_force', 'suspended', 'notice_given'];

/** The reviews that are to be asked for under a convention that is not closed. */
export const reviewTasks = (
  conventionId: ConventionId,
  state: ConventionState,
  asked: readonly AskedReview[],
  turn: Turn | undefined,
): readonly Task[] => {
  const task = (kind: 'mid' | 'final', reviewId: ReviewId, on: LocalDate): readonly Task[] => {
    const zone = state.terms?.site.zone;
    if (zone === undefined) return [];
    const data = { reviewId, kind, conventionId };
    return [{ name: 'RequestReview', data, round: reviewId, dueAt: beginningOf(on, zone), effective: on }];
  };
  const final = (): readonly Task[] => {
    const on = firstDayOver(state);
    // Whoever asked for it: one final review is enough.
    if (on === undefined || asked.some(({ kind }) => kind === 'final')) return [];
    return task('final', finalReviewIdOf(conventionId), on);
  };
  const accreditation = (): readonly Task[] => {
    if (turn?.status !== 'suspended' && turn?.status !== 'withdrawn') return [];
    const { status, from_on } = turn;
    // A convention that has not begun has nothing to look back on until it does.
    const on = firstDayInForce(state, from_on);
    if (on === undefined || !underWay.includes(statusOn(state, on))) return [];
    const reviewId = accreditationReviewIdOf(conventionId, { status, on: from_on });
    return asked.some((review) => review.reviewId === reviewId) ? [] : task('mid', reviewId, on);
  };
  return [...final(), ...accreditation()];
};

const sorted = (days: readonly LocalDate[]): readonly LocalDate[] => [...days].sort((a, b) => (a < b ? -1 : 1));

/** The day after the last one, be it by the text's own end or by notices; undefined while there is no text. */
const firstDayOver = (state: ConventionState): LocalDate | undefined => {
  const ends = [
    ...Object.values(state.notices).flatMap(({ endsOn, withdrawn }) => (withdrawn ? [] : [endsOn])),
    ...(state.terms === undefined ? [] : [state.terms.to]),
  ];
  return sorted(ends.map((end) => addDays(end, 1))).find((day) => over.includes(statusOn(state, day)));
};

/** `from`, or the first day in force for anyone when that comes later; undefined when there is none. */
const firstDayInForce = (state: ConventionState, from: LocalDate): LocalDate | undefined => {
  const firsts = agentsEver(state).flatMap(({ personId }) => forceSpans(state, personId)[0]?.from ?? []);
  const [first] = sorted(firsts);
  return first === undefined || first > from ? first : from;
};
