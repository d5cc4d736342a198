import { describe, expect, test } from '@jest/globals';
import { past, scenarios } from '@probono/testing';
import * as C from '../../test/convention-life.js';
import { conventionHandlersFor } from '../convention/decide.js';
import { EligibilityEvidenceFiled } from '../organisation/events.js';
import { SecondmentRecorded } from '../person/events.js';
import { law3ds209 } from './law-3ds-209.js';

const clauses = ['activities', 'duration', 'conditions', 'renewal_and_early_end', 'recall_of_ethics_articles'];
/** A text of six months under the law known as 3DS that lacks nothing. */
const text = {
  ...C.pilot,
  framework: '3ds-209',
  clauses: [...clauses, 'subsidy_items'],
  reimbursement: { kind: 'free' },
};
const standing = [C.evidenced, C.committed];
const submitted = (terms: object, bodies = C.bodies(), people = C.people, aside: { justification?: string } = {}) =>
  C.submit(C.draft(C.given(...bodies, ...people, ...standing), terms).next(), {}, aside);

describe('under the 3DS law', () => {
  test('a text that lacks nothing is submitted; its value is not known here, so the subsidy rule is not examined', () => {
    const { decision } = submitted(text).expectFindings();
    expect(decision.examined).toContainEqual(
      expect.objectContaining({ rule: 'convention.subsidy-convention-due', outcome: 'not-examined' }),
    );
  });

  test.each([
    [
      'a hospital before the law of 15 April 2024',
      { kind: 'hospital' },
      '2024-04-16',
      ['convention.home-not-eligible'],
    ],
    ['a hospital since then', { kind: 'hospital' }, '2024-04-17', []],
    ['a commune of 3,500', { kind: 'commune', inhabitants: 3500 }, '2027-01-01', ['convention.home-not-eligible']],
    ['a commune of 3,501', { kind: 'commune', inhabitants: 3501 }, '2027-01-01', []],
    ['an EPCI without taxes of its own', { kind: 'epci' }, '2027-01-01', ['convention.home-not-eligible']],
    ['an EPCI with taxes of its own', { kind: 'epci', ownTaxation: true }, '2027-01-01', []],
    ['a public establishment', { kind: 'public_body' }, '2027-01-01', ['convention.home-not-eligible']],
  ])('%s: from %s on %s', (_who, kind, from, refusals) => {
    const outcome = submitted({ ...text, from }, C.bodies(kind));
    const durations = from < '2026' ? ['convention.period-too-long', 'convention.total-too-long'] : [];
    outcome.expectRefusals(...refusals, ...durations);
  });

  test('a foundation may host, a company foundation may not', () => {
    submitted(text, C.bodies({}, { kind: 'foundation' })).expectFindings();
    submitted(text, C.bodies({}, { kind: 'company_foundation' })).expectRefusals('convention.host-not-eligible');
  });

  test('an agent under contract takes a justification, which names the doubtful law', () => {
    const people = [C.hire(C.ada, C.adaJob, { status: 'contract' })];
    const refused = submitted(text, C.bodies(), people);
    refused.expectRefusals('convention.agent-not-eligible');
    expect(refused.decision.accepted ? [] : refused.decision.refusals).toEqual([
      expect.objectContaining({ severity: 'justify', source: expect.stringContaining('2024-344') }),
    ]);
    const aside = { justification: 'Avis de la DGAFP du 3 mars' };
    submitted(text, C.bodies(), people, aside).expectFindings('convention.agent-not-eligible');
  });

  test('eighteen months may outlive the law, which warns; a day more is too long', () => {
    const from = '2026-12-21';
    submitted({ ...text, from, to: '2028-06-20' }).expectFindings('convention.outlives-framework');
    submitted({ ...text, from, to: '2028-06-21' }).expectRefusals('convention.period-too-long');
    submitted({ ...text, from: '2028-01-03', to: '2028-06-20' }).expectRefusals('convention.framework-not-in-force');
  });

  test('thirty-six months with one host are the most, whoever has them', () => {
    const before = past(
      `person-${C.ada}`,
      SecondmentRecorded.parse({
        conventionId: C.id(71),
        hostId: C.hostId,
        framework: '3ds-209',
        from: '2023-12-31',
        to: '2026-12-30',
      }),
    );
    const people = [...C.people, before];
    submitted(text, C.bodies(), people).expectRefusals('convention.total-too-long');
    const ben = { ...text, agents: [{ personId: C.ben, employmentId: C.benJob }] };
    submitted(ben, C.bodies(), people).expectFindings();
  });

  test('a text that is not free needs neither the commitment nor the items of a subsidy', () => {
    const paid = { ...text, clauses, reimbursement: { kind: 'full' } };
    C.submit(C.draft(C.given(...C.bodies(), ...C.people, C.evidenced), paid).next()).expectFindings();
  });

  test('a territorial home informs its assembly before the order, the State does not', () => {
    const order = (kind: object) => {
      const world = C.given(...C.bodies(kind), ...C.people, ...standing);
      const bound = C.bound(
        C.agreed(C.submit(C.draft(world, text).next()).next(), [C.ada], 1, '2026-12-04'),
        1,
        '2026-12-05',
      );
      const assessed = { personId: C.ada, version: 1, outcome: 'favourable' };
      const fit = C.act(bound, 'AssessCompatibility', '2026-12-06', C.ethics, assessed).next();
      const issued = { personId: C.ada, number: '2026-12', from: text.from, to: text.to };
      return C.act(fit, 'IssueSecondmentOrder', '2026-12-07', C.authority, issued);
    };
    order({ kind: 'region' }).expectRefusals('convention.assembly-not-informed');
    order({ kind: 'state' }).expectFindings();
  });
});

describe('under the general law of secondment', () => {
  const paid = { ...C.pilot, framework: 'mad-general', reimbursement: { kind: 'full' }, to: '2029-12-31' };
  test('three years, reimbursed, for a body entrusted with a public service', () => {
    submitted({ ...paid, clauses: ['public_service_mission'] }).expectFindings();
    submitted(paid).expectRefusals('convention.host-not-eligible');
    submitted(paid, C.bodies({}, { kind: 'commune' })).expectFindings();
    submitted({ ...paid, to: '2030-01-01' }, C.bodies({}, { kind: 'commune' })).expectRefusals(
      'convention.period-too-long',
    );
  });
  test('a text that says nothing of reimbursement is refused; a free one takes a justification', () => {
    const among = (reimbursement: object, aside = {}) =>
      submitted({ ...paid, ...reimbursement }, C.bodies({}, { kind: 'commune' }), C.people, aside);
    among({ reimbursement: undefined }).expectRefusals('convention.reimbursement-missing');
    among({ reimbursement: { kind: 'free' } }).expectRefusals('convention.reimbursement-missing');
    among({ reimbursement: { kind: 'free' } }, { justification: 'CGFP, art. L512-11' }).expectFindings(
      'convention.reimbursement-missing',
    );
  });
});

describe('time that is not working time', () => {
  test.each(['conge-citoyennete', 'benevolat-libre'])('takes no convention: %s', (framework) => {
    submitted({ ...C.pilot, framework }).expectRefusals('convention.framework-without-convention');
  });
});

describe('the same command under two frameworks', () => {
  test('differs by what their rows say, and by nothing else', () => {
    // One row of the 3DS law changed, in a version of its own: the rule follows.
    const milder = { ...law3ds209, version: 2, accreditation: { ...law3ds209.accreditation, value: true } };
    const renamed = { ...milder, id: C.strict.id };
    const under = (framework: string) => {
      const { given } = scenarios({ rules: C.rules, handlers: conventionHandlersFor([law3ds209, renamed]) });
      return C.submit(C.draft(given(...C.bodies(), ...C.people, ...standing), { ...text, framework }).next());
    };
    under('3ds-209').expectFindings();
    under('strict').expectRefusals('convention.host-not-accredited');
    const rulesOf = (framework: string) =>
      under(framework)
        .decision.examined.map(({ rule }) => rule)
        .filter((rule) => rule !== 'convention.host-not-accredited');
    expect(rulesOf('strict')).toEqual(rulesOf('3ds-209'));
  });
});

test('an older file of evidence that held the commitment too admits a host', () => {
  const [v1] = EligibilityEvidenceFiled.past;
  const docHash = 'c'.repeat(64);
  expect(v1?.upcast({ category238bis: 'social', docHash, commitmentDocHash: docHash })).toEqual([
    { type: 'EligibilityEvidenceFiled', version: 2, data: { category238bis: 'social', docHash } },
    { type: 'RepublicanCommitmentRecorded', version: 1, data: { docHash } },
  ]);
});
