import { describe, expect, test } from '@jest/globals';
import { type Given, past } from '@probono/testing';
import * as C from '../../test/convention-life.js';
import * as E from './events.js';

const stream = `convention-${C.conventionId}` as const;
const { ada } = C;
const about = { personId: ada, version: 9 };
const signed = C.signed();
const proposed = C.propose(signed, '2027-02-01', { noticeDays: 15 }, '2027-03-01').next();
const after = (history: Given, ...facts: Parameters<typeof past>[1][]) =>
  C.stateOf(history.and(...facts.map((fact) => past(stream, fact))));

describe('a convention, folded', () => {
  test.each([
    ['a text communicated', E.ConventionCommunicatedToAgent.parse(about)],
    ['a consent given', E.AgentConsentGiven.parse(about)],
    ['a consent withdrawn before force', E.AgentConsentWithdrawn.parse({ ...about, inForce: false })],
    ['a consent withdrawn in force', E.AgentConsentWithdrawn.parse({ ...about, inForce: true })],
    ['compatibility', E.CompatibilityAssessed.parse({ ...about, outcome: 'favourable' })],
    [
      'a signature',
      E.ConventionSignedByParty.parse({
        ...{ party: 'home', capacity: 'direction', version: 9, docHash: C.docHash, method: 'paper' },
      }),
    ],
    ['a last signature', E.ConventionSigned.parse({ version: 9 })],
    ['a freeze', E.ConventionSubmitted.parse({ version: 9, ...frozen() })],
    [
      'a renewal, whose terms came with the amendment',
      E.ConventionRenewed.parse({ to: '2028-01-01', cumulativeMonths: 9 }),
    ],
    ['a resumption', E.ConventionResumed.parse({ on: '2027-02-01' })],
    ['a notice withdrawn', E.TerminationNoticeWithdrawn.parse({})],
  ])('is not changed by %s that concerns nothing it holds', (_, fact) => {
    expect(after(signed, fact)).toEqual(C.stateOf(signed));
  });
  test('counts minutes given back even where it does not know who held them', () => {
    const released = E.AllotmentReleased.parse({ assignmentId: C.id(50), personId: ada, minutes: 10 });
    expect(after(signed, released)).toEqual({ ...C.stateOf(signed), allottedMinutes: -10 });
  });
  test('takes no amendment before it is drafted, and no refusal to sign of nothing', () => {
    const delta = { delta: { noticeDays: 15 }, effectiveFrom: '2027-03-01' };
    const amendment = E.AmendmentProposed.parse({ version: 2, ...delta, ...frozen() });
    expect(after(C.given(), amendment)).toEqual(C.stateOf(C.given()));
    const declined = E.SignatureDeclined.parse({ party: 'home', version: 1 });
    expect(after(signed, declined)).toEqual({ ...C.stateOf(signed), declined: { party: 'home', version: 1 } });
  });
  test('keeps each fact with the text of its version, the one on the table or the one signed', () => {
    const one = E.AgentConsentWithdrawn.parse({ personId: ada, version: 1, inForce: true });
    const state = after(proposed, one, E.AgentConsentGiven.parse({ personId: ada, version: 2 }));
    expect(state.texts.map(({ withdrawals }) => Object.keys(withdrawals))).toEqual([[ada]]);
    expect(Object.keys(state.pending?.consents ?? {})).toEqual([ada]);
    const bound = C.bound(C.agreed(proposed, [ada], 2, '2027-02-02'), 2, '2027-02-03', C.otherHash);
    const both = after(bound, one);
    expect(both.texts.map(({ withdrawals }) => Object.keys(withdrawals))).toEqual([[ada], []]);
  });
  test('is signed on the day of the later signature, whoever gave it', () => {
    const agreed = C.agreed(C.submitted(), [ada], 1, '2026-12-04');
    const days = (home: string, host: string) => {
      const data = { party: 'home', capacity: 'direction', version: 1, docHash: C.docHash, method: 'paper' } as const;
      const signature = (party: 'home' | 'host', on: string) =>
        past(stream, E.ConventionSignedByParty.parse({ ...data, party }), { effectiveOn: on });
      const facts = [signature('home', home), signature('host', host)];
      return C.stateOf(agreed.and(...facts, past(stream, E.ConventionSigned.parse({ version: 1 })))).texts[0]?.signedOn;
    };
    expect(days('2026-12-05', '2026-12-08')).toBe('2026-12-08');
    expect(days('2026-12-08', '2026-12-05')).toBe('2026-12-08');
  });
  test('holds what was said of suspensions, notices and the end, and nothing that was not', () => {
    const parse = E.TerminationNoticeGiven.parse;
    const notice = { by: 'home' as const, givenOn: '2027-02-01', endsOn: '2027-03-03' };
    const waiver = { home: C.home.id, host: C.host.id, docHash: C.otherHash };
    const kept = { ...notice, givenBy: 'system', withdrawn: false };
    expect(after(signed, parse(notice)).notices).toStrictEqual({ whole: kept });
    expect(after(signed, parse({ ...notice, noticeWaivedBy: waiver })).notices).toStrictEqual({
      whole: { ...kept, waiver },
    });
    const open = E.ConventionSuspended.parse({ from: '2027-03-01' });
    expect(after(signed, open).suspensions).toStrictEqual([{ from: '2027-03-01' }]);
    const closed = (more: object) => after(signed, E.ConventionClosed.parse({ totals: [], ...more }));
    expect(closed({}).closed).toBe(true);
    expect(closed({})).not.toHaveProperty('reviewId');
    expect(closed({ reviewId: C.id(70) }).reviewId).toBe(C.id(70));
    expect(C.stateOf(signed).texts[0]).not.toHaveProperty('effectiveFrom');
  });
  test('resumes the suspension that holds the day, to the day after its last, and no other', () => {
    const span = (from: string, to?: string) => E.ConventionSuspended.parse({ from, ...(to ? { to } : {}) });
    const resumed = (on: string) => E.ConventionResumed.parse({ on });
    const two = [span('2027-02-01', '2027-02-10'), span('2027-04-01', '2027-04-10')];
    const first = { from: '2027-02-01', to: '2027-02-10' };
    const second = { from: '2027-04-01', to: '2027-04-10' };
    expect(after(signed, ...two, resumed('2027-04-11')).suspensions).toEqual([
      first,
      { ...second, resumedOn: '2027-04-11' },
    ]);
    expect(after(signed, ...two, resumed('2027-04-12')).suspensions).toEqual([first, second]);
    const again = [span('2027-02-01', '2027-02-10'), resumed('2027-02-05'), resumed('2027-02-06')];
    expect(after(signed, ...again).suspensions).toEqual([{ ...first, resumedOn: '2027-02-05' }]);
  });
});

function frozen() {
  const required = { consent: true, communication: true, compatibility: false, assembly: false, order: false };
  return { docHash: C.otherHash, signatories: [{ party: 'home' as const, personId: C.home.id }], required };
}
