import { describe, expect, test } from '@jest/globals';
import { type Given, past } from '@probono/testing';
import * as C from '../../test/convention-life.js';
import {
  AgentConsentGiven,
  AgentConsentWithdrawn,
  ConventionCommunicatedToAgent,
  ConventionSubmitted,
  TerminationNoticeGiven,
} from './events.js';
import { forceOn } from './queries.js';

const about = { personId: C.ada, version: 1 };
const back = (history: Given, date: string, version = 1, actor = C.agent(C.ada)) =>
  C.act(history, 'WithdrawAgentConsent', date, actor, { personId: C.ada, version });

describe('communicating the text', () => {
  test('is recorded once', () => {
    const { next } = C.tell(C.submitted()).expectEvents(ConventionCommunicatedToAgent.parse(about));
    C.tell(next()).expectAlreadySo();
  });
  test('needs a frozen text, that version, and an agent whom it lends', () => {
    C.tell(C.drafted()).expectRefusals('convention.not-frozen');
    C.tell(C.submitted(), C.ada, 2).expectRefusals('convention.hash-mismatch');
    C.tell(C.submitted(), C.ben).expectRefusals('convention.wrong-state');
    C.tell(C.given()).expectRefusals('convention.wrong-state');
  });
});

describe('consenting', () => {
  const told = C.tell(C.submitted()).next();
  test('is for the agent in person, once told', () => {
    const { next } = C.consent(told).expectEvents(AgentConsentGiven.parse(about));
    C.consent(next()).expectAlreadySo();
    C.consent(C.submitted()).expectRefusals('convention.not-communicated');
    C.act(told, 'GiveAgentConsent', '2026-12-04', C.agent(C.ben), about).expectRefusals('role.not-designated');
  });
  test('needs a frozen text and that version', () => {
    C.consent(C.drafted()).expectRefusals('convention.not-frozen');
    C.consent(told, C.ada, 7).expectRefusals('convention.hash-mismatch');
  });
});

describe('withdrawing consent', () => {
  test('before signature only takes the consent back', () => {
    const agreed = C.agreed(C.submitted(), [C.ada], 1, '2026-12-04');
    const gone = back(agreed, '2026-12-05').expectEvents(AgentConsentWithdrawn.parse({ ...about, inForce: false }));
    back(gone.next(), '2026-12-06').expectAlreadySo();
    C.sign(gone.next(), C.home, '2026-12-07').expectRefusals('convention.consent-missing');
  });
  test('after signature and before entry keeps the convention from entering into force for that agent', () => {
    const gone = back(C.signed({ ...C.pilot, agents: C.both }, [C.ada, C.ben]), '2026-12-20').next();
    expect(forceOn(C.stateOf(gone), C.ada, C.day('2027-02-01'))).toBe('outside');
    expect(forceOn(C.stateOf(gone), C.ben, C.day('2027-02-01'))).toBe('in_force');
    const again = C.consent(gone, C.ada, 1, '2027-03-01').next();
    expect(forceOn(C.stateOf(again), C.ada, C.day('2027-02-28'))).toBe('outside');
    expect(forceOn(C.stateOf(again), C.ada, C.day('2027-03-01'))).toBe('in_force');
  });
  test('after entry into force is a notice for that agent, bound by the notice days', () => {
    const gone = back(C.signed({ ...C.pilot, agents: C.both }, [C.ada, C.ben]), '2027-02-01').expectEvents(
      AgentConsentWithdrawn.parse({ ...about, inForce: true }),
      TerminationNoticeGiven.parse({ by: 'agent', personId: C.ada, givenOn: '2027-02-01', endsOn: '2027-03-03' }),
    );
    const state = C.stateOf(gone.next());
    expect(forceOn(state, C.ada, C.day('2027-03-03'))).toBe('in_force');
    expect(forceOn(state, C.ada, C.day('2027-03-04'))).toBe('outside');
    expect(forceOn(state, C.ben, C.day('2027-03-04'))).toBe('in_force');
    back(gone.next(), '2027-02-02').expectAlreadySo();
    C.consent(gone.next(), C.ada, 1, '2027-02-02').expectRefusals('convention.wrong-state');
  });
  test('before the order, or to an amendment that is on the table, only takes the consent back', () => {
    const notInForce = { personId: C.ada, inForce: false };
    back(C.signed(C.full), '2027-02-01').expectEvents(AgentConsentWithdrawn.parse({ ...notInForce, version: 1 }));
    const proposed = C.propose(C.signed(), '2027-02-01', { noticeDays: 15 }, '2027-03-01').next();
    const agreed = C.agreed(proposed, [C.ada], 2, '2027-02-02');
    back(agreed, '2027-02-03', 2).expectEvents(AgentConsentWithdrawn.parse({ ...notInForce, version: 2 }));
  });
  test('to a text that asks for no communication needs none first', () => {
    const required = { consent: true, communication: false, compatibility: false, assembly: false, order: false };
    const frozen = { version: 1, docHash: C.docHash, signatories: [{ party: 'home' as const, personId: C.home.id }] };
    const stream = `convention-${C.conventionId}` as const;
    const untold = C.drafted().and(past(stream, ConventionSubmitted.parse({ ...frozen, required })));
    C.consent(untold).expectEvents(AgentConsentGiven.parse(about));
  });
  test('on the first day in force is a notice already', () => {
    const { decision } = back(C.signed(), '2027-01-01');
    expect(decision).toMatchObject({ events: [{ data: { inForce: true } }, { type: 'TerminationNoticeGiven' }] });
  });
  test('lets a notice that ends sooner stand', () => {
    const leaving = C.act(C.signed(), 'GiveTerminationNotice', '2027-02-01', C.home, {
      personId: C.ada,
      endsOn: '2027-03-03',
    }).next();
    back(leaving, '2027-02-10').expectEvents(AgentConsentWithdrawn.parse({ ...about, inForce: true }));
  });
  test('is a notice of its own where the one that stands ends later, and none where it ends on the same day', () => {
    const leaving = (endsOn: string) =>
      C.act(C.signed(), 'GiveTerminationNotice', '2027-02-01', C.home, { personId: C.ada, endsOn }).next();
    const consent = AgentConsentWithdrawn.parse({ ...about, inForce: true });
    const notice = { by: 'agent', personId: C.ada, givenOn: '2027-02-10', endsOn: '2027-03-12' } as const;
    back(leaving('2027-03-12'), '2027-02-10').expectEvents(consent);
    back(leaving('2027-03-13'), '2027-02-10').expectEvents(consent, TerminationNoticeGiven.parse(notice));
  });
  test('is over for an agent who has left', () => {
    const leaving = C.act(
      C.signed({ ...C.pilot, agents: C.both }, [C.ada, C.ben]),
      'GiveTerminationNotice',
      '2027-02-01',
      C.home,
      {
        personId: C.ada,
        endsOn: '2027-03-03',
      },
    ).next();
    back(leaving, '2027-03-03').expectFindings();
    back(leaving, '2027-03-04').expectRefusals('convention.wrong-state');
  });
  test('of the whole text is over with the convention', () => {
    back(C.signed(), '2027-07-01').expectRefusals('convention.wrong-state');
  });
});
