import { describe, expect, test } from '@jest/globals';
import type { Given } from '@probono/testing';
import * as C from '../../test/convention-life.js';
import { ConventionSigned, ConventionSignedByParty, SignatureDeclined } from './events.js';
import { forceOn, statusOn } from './queries.js';

const agreed = C.agreed(C.submitted(), [C.ada], 1, '2026-12-04');
const half = C.sign(agreed, C.home).next();
const signature = { capacity: 'directrice', version: 1, docHash: C.docHash, method: 'electronic' } as const;

describe('signing', () => {
  test('by the last party makes the convention signed', () => {
    C.sign(agreed, C.home, '2026-12-05', { delegation: undefined }).expectEvents(
      ConventionSignedByParty.parse({ party: 'home', ...signature }),
    );
    C.sign(half, C.host).expectEvents(
      ConventionSignedByParty.parse({ party: 'host', ...signature }),
      ConventionSigned.parse({ version: 1 }),
    );
  });
  test('twice by the same person is already so, before and after the other has signed', () => {
    C.sign(half, C.home).expectAlreadySo();
    C.sign(C.signed(), C.home, '2027-02-01').expectAlreadySo();
  });
  test('by another person of a party that has signed is refused, before and after', () => {
    C.sign(half, C.home2).expectRefusals('convention.already-signed-by-party');
    C.sign(C.signed(), C.home2).expectRefusals('convention.already-signed-by-party');
  });
  test('by the home last makes it signed too', () => {
    const host = C.sign(agreed, C.host).next();
    C.sign(host, C.home).expectEvents(
      ConventionSignedByParty.parse({ party: 'home', ...signature }),
      ConventionSigned.parse({ version: 1 }),
    );
  });
  test('by the same person of another document is not the same signature', () => {
    const other = { docHash: C.otherHash };
    C.sign(half, C.home, '2026-12-05', other).expectRefusals(
      'convention.already-signed-by-party',
      'convention.hash-mismatch',
    );
    C.sign(C.signed(), C.home, '2027-02-01', other).expectRefusals('convention.already-signed-by-party');
  });
  test('by a stranger for a party that has signed the text on the table: signatory unknown, alone', () => {
    C.sign(half, C.stranger('home_representative')).expectRefusals('convention.signatory-unknown');
  });
  test('of a draft: not frozen, alone', () => {
    C.sign(C.drafted(), { id: C.id(99), role: 'home_representative' }).expectRefusals('convention.not-frozen');
    C.sign(C.given(), C.home).expectRefusals('convention.wrong-state');
  });
  test('by one who stands for no party: signatory unknown, alone', () => {
    const data = { docHash: C.otherHash };
    C.sign(C.submitted(), C.stranger('host_representative'), '2026-12-05', data).expectRefusals(
      'convention.signatory-unknown',
    );
    C.sign(agreed, C.host, '2026-12-05', { party: 'home' }).expectRefusals('convention.signatory-unknown');
  });
  test('binds to the version and its document', () => {
    C.sign(agreed, C.home, '2026-12-05', { docHash: C.otherHash }).expectRefusals('convention.hash-mismatch');
    C.sign(agreed, C.home, '2026-12-05', { version: 2 }).expectRefusals('convention.hash-mismatch');
  });
  test('waits for every agent to be told and to consent; one not told is not also said to lack consent', () => {
    const two = C.submitted({ ...C.pilot, agents: C.both });
    C.sign(two, C.home).expectRefusals('convention.not-communicated');
    const one = C.tell(two).next();
    C.sign(one, C.home).expectRefusals('convention.not-communicated', 'convention.consent-missing');
    C.sign(C.agreed(two, [C.ada, C.ben], 1, '2026-12-04'), C.home).expectFindings();
  });
  test('does not come before the consent by its own date', () => {
    C.sign(agreed, C.home, '2026-12-03').expectRefusals('convention.not-communicated');
  });
  test('is too late after the last day', () => {
    C.sign(half, C.host, '2027-07-01').expectRefusals('convention.wrong-state');
  });
  test('after the first day gives force from the day of signing', () => {
    const late = C.stateOf(C.sign(half, C.host, '2027-01-15').next());
    expect(forceOn(late, C.ada, C.day('2027-01-14'))).toBe('outside');
    expect(forceOn(late, C.ada, C.day('2027-01-15'))).toBe('in_force');
  });
  test('on the last day gives that day', () => {
    const late = C.stateOf(C.sign(half, C.host, '2027-06-30').next());
    expect(forceOn(late, C.ada, C.day('2027-06-30'))).toBe('in_force');
  });
  test('before the first day gives force from that day, with no clerk', () => {
    const state = C.stateOf(C.signed());
    expect(forceOn(state, C.ada, C.day('2026-12-31'))).toBe('outside');
    expect(forceOn(state, C.ada, C.day('2027-01-01'))).toBe('in_force');
    expect(forceOn(state, C.ada, C.day('2027-06-30'))).toBe('in_force');
    expect(forceOn(state, C.ada, C.day('2027-07-01'))).toBe('outside');
    expect(forceOn(state, C.ben, C.day('2027-01-01'))).toBe('outside');
  });
});

describe('declining to sign', () => {
  const decline = (history: Given, actor = C.host, version = 1) =>
    C.act(history, 'DeclineSignature', '2026-12-06', actor, { party: 'host', version });

  test('takes the text back to draft, without signatures and consents', () => {
    const declined = decline(half)
      .expectEvents(SignatureDeclined.parse({ party: 'host', version: 1 }))
      .next();
    expect(statusOn(C.stateOf(declined), C.day('2026-12-06'))).toBe('draft');
    decline(declined).expectAlreadySo();
    C.sign(C.submit(declined).next(), C.home).expectRefusals('convention.not-communicated');
  });
  test('by the other party too is another refusal', () => {
    const again = C.submit(decline(half).next()).next();
    const home = C.act(again, 'DeclineSignature', '2026-12-07', C.home, { party: 'home', version: 1 });
    home.expectEvents(SignatureDeclined.parse({ party: 'home', version: 1 }));
    const both = { party: 'home', version: 1 };
    C.act(decline(half).next(), 'DeclineSignature', '2026-12-07', C.home, both).expectRefusals('convention.not-frozen');
  });
  test('is for a representative of that party, of that version, of a text not yet signed', () => {
    decline(half, C.stranger('host_representative')).expectRefusals('convention.signatory-unknown');
    decline(half, C.host, 2).expectRefusals('convention.hash-mismatch');
    decline(C.signed()).expectRefusals('convention.wrong-state');
    decline(C.drafted()).expectRefusals('convention.not-frozen');
  });
});
