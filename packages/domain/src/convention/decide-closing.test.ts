import { describe, expect, test } from '@jest/globals';
import { type Given, past, scenarios } from '@probono/testing';
import * as C from '../../test/convention-life.js';
import { HoursConfirmed, HoursDeclared, HoursValidated, HoursWithdrawn } from '../agent-time/events.js';
import { ReviewRequested, ReviewSubmitted } from '../review/events.js';
import { conventionHandlersFor } from './decide.js';
import { AllotmentReleased, ConventionClosed, HoursAllotted } from './events.js';
import { forceOn, poolLeft } from './queries.js';

const assignmentId = C.id(50);
const onTime = `agenttime-${C.ada}` as const;
const onConvention = `convention-${C.conventionId}` as const;
const declared = (entryId: string, minutes: number, conventionId = C.conventionId) =>
  past(
    onTime,
    HoursDeclared.parse({
      entryId,
      assignmentId,
      employmentId: C.adaJob,
      conventionId,
      workDate: '2027-02-02',
      zone: 'Europe/Paris',
      minutes,
      activity: 'atelier',
    }),
  );
const validated = (entryId: string) => [
  past(onTime, HoursConfirmed.parse({ entryId })),
  past(onTime, HoursValidated.parse({ entryId })),
];
const close = (history: Given, date = '2027-07-05', data: object = {}) =>
  C.act(history, 'CloseConvention', date, C.officer, data);

describe('closing', () => {
  const [one, two] = [C.id(61), C.id(62)];

  test('needs every entry validated or withdrawn, and sums them up', () => {
    const worked = C.signed().and(declared(one, 210), declared(two, 90), ...validated(one));
    close(worked).expectRefusals('convention.hours-unsettled');
    close(worked.and(past(onTime, HoursWithdrawn.parse({ entryId: two })))).expectEvents(
      ConventionClosed.parse({ totals: [{ personId: C.ada, entries: 1, minutes: 210 }] }),
    );
  });
  test('does not wait for hours of other conventions', () => {
    close(C.signed().and(declared(one, 210, C.id(7)))).expectFindings();
  });
  test('sums up validated hours of this convention alone', () => {
    const [here, there, open] = [C.id(61), C.id(62), C.id(63)];
    const worked = C.signed().and(
      declared(here, 210),
      ...validated(here),
      declared(there, 90, C.id(7)),
      ...validated(there),
    );
    const totals = [{ personId: C.ada, entries: 1, minutes: 210 }];
    close(worked.and(declared(open, 5, C.id(7)))).expectEvents(ConventionClosed.parse({ totals }));
  });
  test('reads the review that it is closed on, and where none is named no other', () => {
    const own = [`convention-${C.conventionId}`, onTime];
    expect(close(C.signed()).reads).toEqual(own);
    expect(close(C.signed(), '2027-07-05', { reviewId: C.id(70) }).reads).toEqual([...own, `review-${C.id(70)}`]);
  });
  test('asks for no review where the framework is no longer known', () => {
    const { given } = scenarios({ rules: C.rules, handlers: conventionHandlersFor([]) });
    close(given(...C.signed(C.full).history)).expectFindings();
  });
  test('comes after the end, and the clerk need not have noted it', () => {
    close(C.signed(), '2027-06-30').expectRefusals('convention.wrong-state');
    close(C.given()).expectRefusals('convention.wrong-state');
    const noticed = C.act(C.signed(), 'GiveTerminationNotice', '2027-02-01', C.host, { endsOn: '2027-03-03' }).next();
    close(noticed, '2027-03-04').expectFindings();
  });
  test('twice is already so; afterwards all days are closed', () => {
    const closed = close(C.signed()).next();
    close(closed).expectAlreadySo();
    close(closed, '2027-07-06', { reviewId: C.id(70) }).expectRefusals('convention.wrong-state');
    expect(forceOn(C.stateOf(closed), C.ada, C.day('2027-02-02'))).toBe('closed');
    C.tell(closed).expectRefusals('convention.wrong-state');
  });
  describe('on a final review', () => {
    const reviewId = C.id(70);
    const reviewed = (conventionId = C.conventionId, kind: 'mid' | 'final' = 'final', id = reviewId) => [
      past(`review-${id}`, ReviewRequested.parse({ kind, conventionId })),
      past(`review-${id}`, ReviewSubmitted.parse({ party: 'host', outcomes: { objectives: 'met' } })),
    ];
    const strict = C.signed(C.full);

    test('is asked for by some frameworks, and enough when one party has submitted it', () => {
      close(strict).expectRefusals('convention.review-missing');
      close(strict.and(...reviewed()), '2027-07-05', { reviewId }).expectEvents(
        ConventionClosed.parse({ reviewId, totals: [{ personId: C.ada, entries: 0, minutes: 0 }] }),
      );
    });
    test.each([
      ['none', []],
      ['only requested', reviewed().slice(0, 1)],
      ['a half-way one', reviewed(C.conventionId, 'mid')],
      ["another convention's", reviewed(C.id(7))],
      ['under another id', reviewed(C.conventionId, 'final', C.id(71))],
    ])('does not do with %s, even where none is asked for', (_, facts) => {
      for (const history of [strict, C.signed()])
        close(history.and(...facts), '2027-07-05', { reviewId }).expectRefusals('convention.review-missing');
    });
  });
});

describe('releasing an allotment', () => {
  const allotted = C.signed({ ...C.pilot, poolMinutes: 1000 }).and(
    past(onConvention, HoursAllotted.parse({ assignmentId, personId: C.ada, minutes: 600 })),
    declared(C.id(61), 210),
  );
  const release = (history: Given, actor: { id: string; role: string } = C.clerk) =>
    C.act(history, 'ReleaseAllotment', '2027-03-01', actor, { assignmentId });

  test('gives back only the minutes that were not declared, once', () => {
    const released = release(allotted)
      .expectEvents(AllotmentReleased.parse({ assignmentId, personId: C.ada, minutes: 390 }))
      .next();
    expect(poolLeft(C.stateOf(released))).toBe(790);
    release(released, C.officer).expectAlreadySo();
  });
  test('needs an allotment', () => {
    release(C.signed()).expectRefusals('convention.wrong-state');
  });
});
