import { type Given, type Outcome, past, scenarios } from '@probono/testing';
import { conventionHandlersFor } from '../src/convention/decide.js';
import { conventionRules } from '../src/convention/rules.js';
import type { ConventionState } from '../src/convention/state.js';
import type { Framework } from '../src/framework/columns.js';
import { FrameworkId } from '../src/framework/columns.js';
import { frameworks } from '../src/framework/frameworks.js';
import { idf2017Pilot } from '../src/framework/idf-2017-pilot.js';
import { kernelRules } from '../src/kernel/rules.js';
import {
  EligibilityEvidenceFiled,
  HostAccredited,
  OrganisationRegistered,
  RepresentativeDesignated,
  RepublicanCommitmentRecorded,
} from '../src/organisation/events.js';
import { EmploymentStarted } from '../src/person/events.js';
import { LocalDate } from '../src/time/types.js';

/** A made-up identifier, told apart by its number. */
export const id = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const day = (date: string): LocalDate => LocalDate.parse(date);

export const conventionId = id(1);
export const [homeId, hostId, ada, ben, adaJob, benJob] = [id(2), id(3), id(11), id(12), id(21), id(22)];
export const docHash = 'a1'.repeat(32);
export const otherHash = 'b2'.repeat(32);

export const officer = { id: id(31), role: 'programme_officer' };
export const home = { id: id(32), role: 'home_representative' };
export const home2 = { id: id(33), role: 'home_representative' };
export const host = { id: id(34), role: 'host_representative' };
export const authority = { id: id(35), role: 'authority' };
export const ethics = { id: id(36), role: 'ethics_officer' };
export const clerk = { id: 'system:clerk', role: 'system' };
export const agent = (personId: string) => ({ id: personId, role: 'agent' });
export const stranger = (role: string) => ({ id: id(99), role });

const column = <T>(value: T) => ({ value, source: 'un texte', certainty: 'established' as const });

/** A framework that asks for everything, so that every column is seen to be read. */
export const strict: Framework = {
  ...idf2017Pilot,
  id: FrameworkId.parse('strict'),
  version: 2,
  inForce: column({ from: day('2022-12-29'), until: day('2027-12-27') }),
  homes: column([
    { kind: 'state' },
    { kind: 'commune', moreInhabitantsThan: 3500 },
    { kind: 'epci', ownTaxation: true },
    { kind: 'hospital', from: day('2027-01-01') },
  ]),
  hosts: column([{ kind: 'association', by: ['public_utility', 'category_238bis'] }]),
  agents: column([
    { status: 'tenured', branch: 'state' },
    { status: 'contract', severity: 'justify' },
  ]),
  longest: column({
    period: { months: 18, severity: 'refuse' },
    total: { months: 36, severity: 'refuse' },
  }),
  money: column({ reimbursement: 'stated', subsidyConventionAboveCents: 2_300_000 }),
  requires: {
    consent: column(true),
    communication: column(true),
    compatibility: column(true),
    assembly: column(['commune', 'epci']),
    order: column(true),
    commitment: column({ when: 'free', kinds: ['association'] }),
    clauses: column({ always: ['activities', 'duration'], whenFree: ['subsidy_items'] }),
    finalReview: column(true),
  },
};

export const rules = { ...kernelRules, ...conventionRules };
/** `received` stands for the read model that tells what a host received in a year. */
export const world = (received?: number) =>
  scenarios({
    rules,
    handlers: conventionHandlersFor([...frameworks, strict]),
    figureOf: () => (received === undefined ? undefined : { value: received, projection: 'money', position: 7n }),
  });
export const { given } = world();

const organisation = (organisationId: string, details: object) =>
  past(
    `organisation-${organisationId}`,
    OrganisationRegistered.parse({
      kind: 'association',
      purpose: 'Eau',
      zone: 'Europe/Paris',
      holidayCalendar: 'fr',
      ...details,
    }),
  );
const stands = (organisationId: string, { id: personId, role }: { id: string; role: string }) =>
  past(
    `organisation-${organisationId}`,
    RepresentativeDesignated.parse({ personId, role: role as 'authority' }), // parsed: another role would throw
  );
export const hire = (personId: string, employmentId: string, more: object = {}) =>
  past(
    `person-${personId}`,
    EmploymentStarted.parse({
      employmentId,
      employerId: homeId,
      branch: 'state',
      status: 'tenured',
      from: '2020-01-01',
      ...more,
    }),
  );

export const onHost = `organisation-${hostId}` as const;
export const accredited = past(onHost, HostAccredited.parse({ administrationId: homeId, until: '2030-12-31' }));
export const committed = past(onHost, RepublicanCommitmentRecorded.parse({}));
export const evidenced = past(onHost, EligibilityEvidenceFiled.parse({ category238bis: 'social', docHash }));

/** Two bodies and those who stand for them. */
export const bodies = (homeDetails: object = {}, hostDetails: object = {}) => [
  organisation(homeId, { kind: 'state', ...homeDetails }),
  organisation(hostId, hostDetails),
  stands(homeId, home),
  stands(homeId, home2),
  stands(homeId, authority),
  stands(homeId, ethics),
  stands(hostId, host),
];
export const people = [hire(ada, adaJob), hire(ben, benJob)];
export const everything = [...bodies(), ...people, accredited, committed, evidenced];

/** Terms of six months under the pilot, for one agent. */
export const pilot = {
  framework: 'idf-2017-pilot',
  homeId,
  hostId,
  agents: [{ personId: ada, employmentId: adaJob }],
  activities: ['Groupe de travail sur l’eau'],
  site: { place: 'Paris', zone: 'Europe/Paris', holidayCalendar: 'fr' },
  from: '2027-01-01',
  to: '2027-06-30',
  quota: { num: 1, den: 10, window: 'year' },
  clauses: [] as string[],
  noticeDays: 30,
};
/** The same under the strict framework, lacking nothing. */
export const full = {
  ...pilot,
  framework: 'strict',
  clauses: ['activities', 'duration', 'subsidy_items'],
  reimbursement: { kind: 'free' },
};
export const both = [
  { personId: ada, employmentId: adaJob },
  { personId: ben, employmentId: benJob },
];

export const signatories = [
  { party: 'home', personId: home.id },
  { party: 'host', personId: host.id },
];

interface Aside {
  readonly effectiveOn?: string;
  readonly justification?: string;
}

/** Gives one command about the convention, at nine in the morning of `date`. */
export const act = (
  history: Given,
  command: string,
  date: string,
  actor: { readonly id: string; readonly role: string },
  data: object = {},
  aside: Aside = {},
): Outcome => history.when(command, { conventionId, ...data }, { actor, at: `${date}T09:00:00Z`, ...aside });

export const draft = (history: Given, terms: object = pilot): Outcome =>
  act(history, 'DraftConvention', '2026-12-01', officer, { terms });
export const submit = (history: Given, data: object = {}, aside: Aside = {}): Outcome =>
  act(history, 'SubmitConvention', '2026-12-02', officer, { docHash, signatories, ...data }, aside);
export const tell = (history: Given, personId = ada, version = 1, date = '2026-12-03'): Outcome =>
  act(history, 'CommunicateConventionToAgent', date, officer, { personId, version });
export const consent = (history: Given, personId = ada, version = 1, date = '2026-12-04'): Outcome =>
  act(history, 'GiveAgentConsent', date, agent(personId), { personId, version });
export const sign = (
  history: Given,
  actor: { readonly id: string; readonly role: string },
  date = '2026-12-05',
  data: object = {},
): Outcome =>
  act(history, 'SignConvention', date, actor, {
    party: actor.role === 'host_representative' ? 'host' : 'home',
    capacity: 'directrice',
    version: 1,
    docHash,
    method: 'electronic',
    ...data,
  });

/** A text on the table, told and agreed to by its agents. */
export const agreed = (history: Given, personIds: readonly string[], version: number, date: string): Given =>
  personIds.reduce(
    (before, personId) => consent(tell(before, personId, version, date).next(), personId, version, date).next(),
    history,
  );
/** Signed by both on `date`. */
export const bound = (history: Given, version: number, date: string, hash = docHash): Given => {
  const data = { version, docHash: hash };
  return sign(sign(history, home, date, data).next(), host, date, data).next();
};

export const drafted = (terms: object = pilot): Given => draft(given(...everything), terms).next();
export const submitted = (terms: object = pilot): Given => submit(drafted(terms)).next();
export const signed = (terms: object = pilot, personIds: readonly string[] = [ada]): Given =>
  bound(agreed(submitted(terms), personIds, 1, '2026-12-04'), 1, '2026-12-05');

export const propose = (
  history: Given,
  date: string,
  delta: object,
  effectiveFrom: string,
  aside: Aside = {},
): Outcome =>
  act(history, 'ProposeAmendment', date, officer, { delta, effectiveFrom, docHash: otherHash, signatories }, aside);

/** The state of the convention. */
export const stateOf = (history: Given): ConventionState =>
  history.state(`convention-${conventionId}`) as ConventionState; // the aggregate's own state
