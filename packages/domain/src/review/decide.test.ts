import { describe, expect, test } from '@jest/globals';
import { type Given, past, scenarios } from '@probono/testing';
import fc from 'fast-check';
import * as C from '../../test/convention-life.js';
import { ConventionId } from '../kernel/identifiers.js';
import { LocalDate } from '../time/types.js';
import { ReviewCountersigned, ReviewRequested, ReviewSubmitted } from './events.js';
import { reviewHandlers, reviewRules } from './index.js';
import { accreditationReviewIdOf, finalReviewIdOf, reviewStatus } from './queries.js';
import type { ReviewState } from './state.js';

const reviewId = C.id(70);
const onReview = `review-${reviewId}` as const;
const { given } = scenarios({ handlers: reviewHandlers, rules: { ...C.rules, ...reviewRules } });

/** Signed for Ada and Ben, in force from January to June 2027. */
const lending = given(...C.signed({ ...C.pilot, agents: C.both }, [C.ada, C.ben]).history);
const [during, after] = ['2027-03-01', '2027-07-01'];
const act = (history: Given, command: string, date: string, actor: { id: string; role: string }, data: object = {}) =>
  history.when(command, { reviewId, ...data }, { actor, at: `${date}T09:00:00Z` });

const final = { kind: 'final' as const, conventionId: C.conventionId };
const requested = lending.and(past(onReview, ReviewRequested.parse(final)));
const outcomes = { objectives: 'met' as const, text: 'Deux numéros de la revue ont paru.' };
const submitted = requested.and(past(onReview, ReviewSubmitted.parse({ party: 'host', outcomes }), { actor: C.host }));

const request = (history: Given, date: string, actor = C.officer, data: object = final) =>
  act(history, 'RequestReview', date, actor, data);
const submit = (history: Given, date: string, actor = C.host, data: object = outcomes) =>
  act(history, 'SubmitReview', date, actor, { outcomes: data });
const countersign = (history: Given, actor: { id: string; role: string }) =>
  act(history, 'CountersignReview', after, actor);

describe('asking for a review', () => {
  test('is for the officer or the clerk, half-way or at the end', () => {
    request(lending, after, C.clerk).expectEvents(ReviewRequested.parse(final));
    request(lending, during, C.officer, { ...final, kind: 'mid' }).expectEvents(
      ReviewRequested.parse({ ...final, kind: 'mid' }),
    );
    request(lending, after, C.host).expectRefusals('role.not-allowed');
  });
  test('for a final one may come ahead of the end, for a half-way one not after it', () => {
    request(lending, during).expectFindings();
    request(lending, after, C.officer, { ...final, kind: 'mid' }).expectRefusals('convention.wrong-state');
  });
  test('needs a convention under which something happened, and that is not closed', () => {
    request(given(), during).expectRefusals('convention.wrong-state');
    request(lending, '2026-12-20').expectRefusals('convention.wrong-state');
    const closed = C.act(C.signed(), 'CloseConvention', after, C.officer).next();
    request(given(...closed.history), after).expectRefusals('convention.wrong-state');
  });
  test('twice is already so; for another convention it is the wrong state', () => {
    request(requested, after).expectAlreadySo();
    request(requested, after, C.officer, { ...final, conventionId: C.id(7) }).expectRefusals('review.wrong-state');
  });
  test('by the clerk is under an id that it can derive again', () => {
    const convention = ConventionId.parse(C.conventionId);
    expect(finalReviewIdOf(convention)).toBe(finalReviewIdOf(convention));
    expect(finalReviewIdOf(ConventionId.parse(C.id(7)))).not.toBe(finalReviewIdOf(convention));
    const on = LocalDate.parse(during);
    const turns = [{ status: 'suspended', on } as const, { status: 'withdrawn', on } as const];
    const ids = turns.map((turn) => accreditationReviewIdOf(convention, turn));
    expect(turns.map((turn) => accreditationReviewIdOf(convention, turn))).toEqual(ids);
    expect(new Set([finalReviewIdOf(convention), ...ids]).size).toBe(3);
  });
});

describe('submitting a review', () => {
  test('is for a representative of either party', () => {
    submit(requested, after)
      .expectEvents(ReviewSubmitted.parse({ party: 'host', outcomes }))
      .expectFindings();
    submit(submitted, after, C.home).expectEvents(ReviewSubmitted.parse({ party: 'home', outcomes }));
  });
  test('is for those who were designated', () => {
    submit(requested, after, C.stranger('host_representative')).expectRefusals('role.not-designated');
    submit(requested, after, { ...C.home, role: 'host_representative' }).expectRefusals('role.not-designated');
    submit(requested, after, C.agent(C.ada)).expectRefusals('role.not-allowed');
  });
  test('needs one to be asked for', () => {
    submit(lending, after).expectRefusals('review.wrong-state');
  });
  test('of a final one before the end is noted', () => {
    submit(requested, '2027-06-30').expectFindings('review.before-the-end');
  });
  test('twice is already so; nothing in it is edited', () => {
    submit(submitted, after).expectAlreadySo();
    submit(submitted, after, C.host, { objectives: 'not_met' }).expectRefusals('review.already-submitted');
  });
  test('of a half-way one comes when it comes', () => {
    const mid = lending.and(past(onReview, ReviewRequested.parse({ ...final, kind: 'mid' })));
    submit(mid, during).expectFindings();
  });
});

describe('countersigning a review', () => {
  const covers = ['host' as const];
  test('is for the other party, and for each agent of the convention', () => {
    countersign(submitted, C.home).expectEvents(ReviewCountersigned.parse({ party: 'home', covers }));
    const byAda = countersign(submitted, C.agent(C.ada));
    byAda.expectEvents(ReviewCountersigned.parse({ party: 'agent', covers }));
    countersign(byAda.next(), C.agent(C.ben)).expectEvents(ReviewCountersigned.parse({ party: 'agent', covers }));
  });
  test('is for those meant', () => {
    countersign(submitted, C.agent(C.id(98))).expectRefusals('role.not-designated');
    countersign(submitted, C.stranger('home_representative')).expectRefusals('role.not-designated');
    countersign(submitted, C.officer).expectRefusals('role.not-allowed');
  });
  test('needs something to take note of, that one has not written', () => {
    countersign(requested, C.home).expectRefusals('review.wrong-state');
    countersign(submitted, C.host).expectRefusals('review.nothing-to-countersign');
  });
  test('twice is already so; a second person for the party is refused', () => {
    const signed = countersign(submitted, C.home).next();
    countersign(signed, C.home).expectAlreadySo();
    countersign(signed, C.home2).expectRefusals('review.already-countersigned');
    const byAda = countersign(submitted, C.agent(C.ada)).next();
    countersign(byAda, C.agent(C.ada)).expectAlreadySo();
  });
  test('covers what was submitted by then: later words call for another', () => {
    const signed = countersign(submitted, C.agent(C.ada)).next();
    const both = submit(signed, after, C.home).next();
    countersign(both, C.agent(C.ada)).expectEvents(
      ReviewCountersigned.parse({ party: 'agent', covers: ['home', 'host'] }),
    );
  });
});

describe('whatever is tried on a review, in any order', () => {
  const acts = [
    (history: Given) => request(history, after),
    (history: Given) => submit(history, after),
    (history: Given) => submit(history, after, C.home),
    (history: Given) => submit(history, after, C.home, { objectives: 'not_met' }),
    (history: Given) => countersign(history, C.home),
    (history: Given) => countersign(history, C.home2),
    (history: Given) => countersign(history, C.host),
    (history: Given) => countersign(history, C.agent(C.ada)),
  ] as const;
  const order = ['none', 'requested', 'submitted', 'countersigned'];

  test('it never goes back, and the same act again records nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...acts), { maxLength: 12 }), (walk) => {
        let history = lending;
        for (const step of walk) {
          const before = history.state(onReview) as ReviewState; // the aggregate's own state
          const then = step(history).next();
          expect(step(then).next().history.length).toBe(then.history.length);
          const now = then.state(onReview) as ReviewState; // likewise
          expect(order.indexOf(reviewStatus(now))).toBeGreaterThanOrEqual(order.indexOf(reviewStatus(before)));
          for (const party of ['home', 'host'] as const)
            if (before.submissions[party]) expect(now.submissions[party]).toEqual(before.submissions[party]);
          history = then;
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('the words of a review, and only they, are personal, under the key of their author', () => {
  expect(ReviewSubmitted.personal).toEqual([{ path: ['outcomes', 'text'], subject: '@actor' }]);
});
