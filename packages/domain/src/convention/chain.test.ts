import { describe, expect, test } from '@jest/globals';
import { past } from '@probono/testing';
import * as C from '../../test/convention-life.js';
import { SecondmentRecorded } from '../person/events.js';
import { person, type Secondment } from '../person/state.js';
import { chainEnd, monthsOf } from './chain.js';

const spent = (from: string, to: string, conventionId: string = C.id(5)) =>
  past(
    `person-${C.ada}`,
    SecondmentRecorded.parse({ conventionId, hostId: C.hostId, framework: 'idf-2017-pilot', from, to }),
  );
/** The months of Ada with this host once the convention, of January to June 2027, is extended to the end of 2027. */
const monthsAfter = (...earlier: ReturnType<typeof spent>[]) => {
  const proposed = C.propose(C.signed(), '2027-05-01', { to: '2027-12-31' }, '2027-07-01').next();
  const data = { version: 2, docHash: C.otherHash };
  const agreed = C.agreed(proposed.and(...earlier), [C.ada], 2, '2027-05-02');
  const { decision } = C.sign(C.sign(agreed, C.home, '2027-05-03', data).next(), C.host, '2027-05-04', data);
  const events = decision.accepted ? decision.events : [];
  return events.find(({ type }) => type === 'ConventionRenewed')?.data;
};

describe('the periods of an agent with a host', () => {
  test('add up to the months of the convention alone where there are no others, its own record not counted twice', () => {
    expect(monthsAfter()).toMatchObject({ cumulativeMonths: 12 });
    expect(monthsAfter(spent('2027-01-01', '2027-06-30', C.conventionId))).toMatchObject({ cumulativeMonths: 12 });
  });
  test('are laid end to end, however far apart they lie', () => {
    expect(monthsAfter(spent('2020-01-01', '2020-06-30'))).toMatchObject({ cumulativeMonths: 18 });
    expect(monthsAfter(spent('2023-01-01', '2023-01-31', C.id(6)), spent('2020-01-01', '2020-06-30'))).toMatchObject({
      cumulativeMonths: 19,
    });
  });
  test('begin on the first day of the first, and end as many days later as they have in all', () => {
    const { terms } = C.stateOf(C.signed());
    if (terms === undefined) throw new Error('the history has terms');
    const ends = (...others: { data: Secondment }[]) => {
      const secondments = Object.fromEntries(others.map(({ data }) => [data.conventionId, data]));
      return chainEnd({ ...person.initial(), secondments }, C.conventionId, terms);
    };
    const period = { hostId: C.hostId, framework: 'idf-2017-pilot' };
    const later = SecondmentRecorded.parse({ ...period, conventionId: C.id(5), from: '2029-01-01', to: '2029-01-10' });
    const sooner = SecondmentRecorded.parse({ ...period, conventionId: C.id(6), from: '2024-02-20', to: '2024-03-10' });
    expect(ends()).toEqual({ first: '2027-01-01', last: '2027-06-30' });
    expect(ends(later)).toEqual({ first: '2027-01-01', last: '2027-07-10' });
    // 20 days and 181, over the leap day.
    expect(ends(sooner)).toEqual({ first: '2024-02-20', last: '2024-09-07' });
  });
  test('take a month more as soon as they pass the last day of one', () => {
    const chain = (last: string) => ({ first: C.day('2027-01-31'), last: C.day(last) });
    expect(monthsOf(chain('2027-01-31'))).toBe(1);
    expect(monthsOf(chain('2027-02-27'))).toBe(1);
    expect(monthsOf(chain('2027-02-28'))).toBe(2);
  });
});
