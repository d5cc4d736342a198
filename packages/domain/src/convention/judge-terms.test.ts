import { describe, expect, test } from '@jest/globals';
import { type Past, past, scenarios } from '@probono/testing';
import * as C from '../../test/convention-life.js';
import { told } from '../../test/told.js';
import type { Framework } from '../framework/columns.js';
import type { Measure } from '../kernel/reading.js';
import { EligibilityEvidenceFiled, RepublicanCommitmentRecorded } from '../organisation/events.js';
import { SecondmentRecorded } from '../person/events.js';
import { conventionHandlersFor } from './decide.js';

const column = <T>(value: T, source: string) => ({ value, source, certainty: 'established' as const });
/** Submits a text under the strict framework, changed as told. */
const submit = (change: Partial<Framework>, terms: object = C.full, history: readonly Past[] = C.everything) => {
  const { given } = scenarios({ rules: C.rules, handlers: conventionHandlersFor([{ ...C.strict, ...change }]) });
  return C.submit(C.draft(given(...history), terms).next());
};
const lacking = (...standing: readonly Past[]) => [...C.bodies(), ...C.people, C.accredited, ...standing];
const sources = ({ decision }: ReturnType<typeof submit>) =>
  Object.fromEntries(decision.accepted ? [] : decision.refusals.map(({ rule, source }) => [rule, source]));

describe('what a framework asks of a text', () => {
  test('is told with the source of the column it stands in', () => {
    const { strict } = C;
    const change = {
      homes: column([], 'qui prête'),
      hosts: column([], 'qui accueille'),
      inForce: column({ from: C.day('2030-01-01') }, 'en vigueur'),
      longest: { ...strict.longest, source: 'la durée' },
      requires: { ...strict.requires, clauses: { ...strict.requires.clauses, source: 'les clauses' } },
      money: { ...strict.money, source: 'l’argent' },
    };
    const bare = { ...C.full, clauses: [], reimbursement: undefined, to: '2040-01-01' };
    const committed = submit(change, bare);
    expect(sources(committed)).toEqual({
      'convention.home-not-eligible': 'qui prête',
      'convention.host-not-eligible': 'qui accueille',
      'convention.framework-not-in-force': 'en vigueur',
      'convention.period-too-long': 'la durée',
      'convention.total-too-long': 'la durée',
      'convention.clause-missing': 'les clauses',
      'convention.reimbursement-missing': 'l’argent',
    });
    const ending = { inForce: column({ from: C.day('2022-12-29'), until: C.day('2027-03-31') }, 'la fin de la loi') };
    const { decision } = submit(ending).expectFindings('convention.outlives-framework');
    expect(decision.accepted && decision.findings[0]?.source).toBe('la fin de la loi');
    const unpaid = submit({ time: column('unpaid_leave', 'le temps') });
    expect(sources(unpaid)).toEqual({ 'convention.framework-without-convention': 'le temps' });
  });

  test('is as severe as the column says', () => {
    const { strict } = C;
    const milder = { months: 1, severity: 'warn' as const };
    const longest = column({ period: milder, total: milder }, 'la durée');
    submit({ longest }).expectFindings('convention.period-too-long', 'convention.total-too-long');
    const due = { ...strict.money.value, reimbursement: 'due' as const };
    const free = 'convention.reimbursement-missing';
    submit({ money: column(due, 'le prix') }).expectRefusals(free);
    submit({ money: column({ ...due, whenFree: 'warn' as const }, 'le prix') }).expectFindings(free);
    const unsaid = { ...C.full, reimbursement: undefined };
    submit({ money: column({ ...due, whenFree: 'warn' as const }, 'le prix') }, unsaid).expectRefusals(free);
    submit({ money: column({ reimbursement: 'unstated' as const }, 'le prix') }, unsaid).expectFindings();
  });

  test('names the agents who have been with the host for too long', () => {
    const long = { conventionId: C.id(5), hostId: C.hostId, framework: 'strict', from: '2023-01-01', to: '2025-12-31' };
    const history = [...C.everything, past(`person-${C.ada}`, SecondmentRecorded.parse(long))];
    expect(told(submit({}, { ...C.full, agents: C.both }, history))).toEqual({
      'convention.total-too-long': { hostId: C.hostId, months: 36, personIds: [C.ada] },
    });
  });
});

describe('the republican commitment', () => {
  const recorded = (effectiveOn: string) => past(C.onHost, RepublicanCommitmentRecorded.parse({}), { effectiveOn });
  const paid = { ...C.full, reimbursement: { kind: 'full' } };
  const asked = (
    when: 'always' | 'free' | 'never',
    kinds: readonly ('association' | 'commune')[] = ['association'],
  ) => ({
    requires: { ...C.strict.requires, commitment: column({ when, kinds }, 'le contrat') },
  });
  const missing = 'convention.commitment-missing';
  test('stands on the day of submission', () => {
    submit({}, C.full, lacking(C.evidenced, recorded('2026-12-02'))).expectFindings();
    submit({}, C.full, lacking(C.evidenced, recorded('2026-12-03'))).expectRefusals(missing);
  });
  test('is asked of the kinds of hosts that the framework names, when it says', () => {
    const without = (
      when: 'always' | 'free' | 'never',
      terms: object,
      kinds?: readonly ('association' | 'commune')[],
    ) => submit(asked(when, kinds), terms, lacking(C.evidenced));
    without('always', paid).expectRefusals(missing);
    without('free', paid).expectFindings();
    without('free', C.full).expectRefusals(missing);
    without('free', C.full, ['commune']).expectFindings();
    without('never', C.full).expectFindings();
  });
});

describe('the subsidy threshold', () => {
  const rule = 'convention.subsidy-convention-due';
  const asking = (terms: object = C.full, change: Partial<Framework> = {}, received?: number) => {
    const asked: Measure[] = [];
    const figureOf = (measure: Measure) => {
      asked.push(measure);
      return received === undefined ? undefined : { value: received, projection: 'money', position: 1n };
    };
    const handlers = conventionHandlersFor([{ ...C.strict, ...change }]);
    const { given } = scenarios({ rules: C.rules, handlers, figureOf });
    const { decision } = C.submit(C.draft(given(...C.everything), terms).next());
    return { asked, examined: decision.examined.find((each) => each.rule === rule) };
  };
  test('asks what that host received from that administration in the year of submission', () => {
    const { asked, examined } = asking(C.full, {}, 5);
    expect(asked).toEqual([{ measure: 'received-cents', params: { homeId: C.homeId, hostId: C.hostId, year: 2026 } }]);
    expect(examined).toMatchObject({
      outcome: 'holds',
      facts: { hostId: C.hostId, year: 2026, cents: 5, aboveCents: 2_300_000 },
    });
  });
  test('says that it does not know, where nobody keeps the figure', () => {
    expect(asking().examined).toMatchObject({ outcome: 'not-examined', facts: { cents: 'unknown' } });
  });
  test('is not looked at for a secondment that is paid, or where there is none', () => {
    expect(asking({ ...C.full, reimbursement: { kind: 'full' } }, {}, 9_999_999).examined).toBeUndefined();
    const { asked, examined } = asking(C.full, { money: column({ reimbursement: 'stated' as const }, 'le prix') }, 5);
    expect([asked, examined]).toEqual([[], undefined]);
  });
});

describe('who may lend, host and be lent', () => {
  test('a body that was never registered is of no kind', () => {
    const unknown = C.bodies().filter(({ fact }) => fact.type !== 'OrganisationRegistered');
    expect(told(submit({}, C.full, [...unknown, ...C.people, C.evidenced]))).toMatchObject({
      'convention.home-not-eligible': { organisationId: C.homeId, kind: 'none' },
      'convention.host-not-eligible': { organisationId: C.hostId, kind: 'none' },
    });
    const hosts = column([{ kind: 'association' as const, by: ['public_utility' as const] }], 'qui accueille');
    submit({ hosts }, C.full, [...unknown, ...C.people]).expectRefusals(
      'convention.home-not-eligible',
      'convention.host-not-eligible',
    );
  });
  test('of a kind that is not admitted, the kind is told', () => {
    const bodies = [...C.bodies({ kind: 'region' }, { kind: 'company_foundation' }), ...C.people, C.committed];
    expect(told(submit({}, C.full, bodies))).toMatchObject({
      'convention.home-not-eligible': { kind: 'region' },
      'convention.host-not-eligible': { kind: 'company_foundation' },
    });
  });
  test('evidence that names no category of the tax code does not make a host eligible', () => {
    const evidence = past(C.onHost, EligibilityEvidenceFiled.parse({ docHash: C.docHash }));
    submit({}, C.full, lacking(C.committed, evidence)).expectRefusals('convention.host-not-eligible');
  });
  test('an agent of another employer is a stranger, whatever the rows say', () => {
    const elsewhere = C.hire(C.ada, C.adaJob, { employerId: C.id(66) });
    const agents = column([{}], 'qui est prêté');
    expect(
      told(submit({ agents }, C.full, [...C.bodies(), C.accredited, C.committed, C.evidenced, elsewhere])),
    ).toEqual({ 'convention.agent-not-of-home': { homeId: C.homeId, day: '2027-01-01', personIds: [C.ada] } });
  });
  test('an agent is admitted by the mildest row, and those in doubt are named', () => {
    const both = { ...C.full, agents: C.both };
    const rule = 'convention.agent-not-eligible';
    const admitted = (...rows: Framework['agents']['value']) => submit({ agents: column(rows, 'la colonne') }, both);
    const justify = { severity: 'justify', source: 'le doute' } as const;
    const warn = { severity: 'warn', source: 'la réserve' } as const;
    admitted({}).expectFindings();
    admitted(justify, {}).expectFindings();
    admitted(justify, warn).expectFindings(rule);
    const doubtful = admitted(justify).expectRefusals(rule);
    expect(doubtful.decision.accepted ? [] : doubtful.decision.refusals).toEqual([
      expect.objectContaining({
        ...justify,
        facts: { framework: 'strict', day: '2027-01-01', personIds: [C.ada, C.ben] },
      }),
    ]);
    const noted = admitted(warn).decision;
    expect(noted.accepted && noted.findings).toEqual([expect.objectContaining({ ...warn, rule })]);
    const none = admitted();
    expect(told(none)).toEqual({ [rule]: { framework: 'strict', day: '2027-01-01', personIds: [C.ada, C.ben] } });
    expect(sources(none)).toEqual({ [rule]: 'la colonne' });
    const { decision } = admitted({});
    expect(decision.examined.filter((each) => each.rule === rule)).toEqual([
      expect.objectContaining({
        outcome: 'holds',
        severity: 'refuse',
        facts: expect.objectContaining({ personIds: [] }),
      }),
    ]);
  });
});
