import { type Given, type Outcome, type Past, past, scenarios, type When } from '@probono/testing';
import { HoursConfirmed, HoursDeclared, HoursValidated, PeriodClosed, QuotaTaken } from '../src/agent-time/events.js';
import { agentTimeHandlers, agentTimeRules } from '../src/agent-time/index.js';
import { AgentAssigned } from '../src/assignment/events.js';
import { assignmentRules } from '../src/assignment/index.js';
import * as C from '../src/convention/events.js';
import { conventionHandlers } from '../src/convention/index.js';
import { kernelRules } from '../src/kernel/rules.js';
import { type StreamName, streamName } from '../src/kernel/stream.js';
import { MissionProposed } from '../src/mission/events.js';
import * as O from '../src/organisation/events.js';
import * as P from '../src/person/events.js';
import { scheduleHandlers, scheduleRules } from '../src/schedule/index.js';

/** A UUIDv7 that is told apart from the others by one number. */
export const uuid = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export const ids = {
  agent: uuid(1),
  employment: uuid(2),
  home: uuid(3),
  hr: uuid(4),
  otherHr: uuid(5),
  officer: uuid(6),
  tutor: uuid(7),
  otherTutor: uuid(8),
  stranger: uuid(9),
  host: uuid(20),
  mission: uuid(21),
  convention: uuid(22),
  assignment: uuid(23),
  /** A second mission, of the same host, under a convention of its own. */
  otherMission: uuid(31),
  otherConvention: uuid(32),
  otherAssignment: uuid(33),
};

const as = (id: string, role: string) => ({ id, role });
export const agent = as(ids.agent, 'agent');
export const tutor = as(ids.tutor, 'tutor');
export const otherTutor = as(ids.otherTutor, 'tutor');
export const officer = as(ids.officer, 'programme_officer');
export const hr = as(ids.hr, 'hr');
export const otherHr = as(ids.otherHr, 'hr');
export const system = as('system:clerk', 'system');

export const { given } = scenarios({
  handlers: [...conventionHandlers, ...scheduleHandlers, ...agentTimeHandlers],
  rules: { ...kernelRules, ...assignmentRules, ...scheduleRules, ...agentTimeRules },
});

export const onTime: StreamName = streamName('agenttime', ids.agent);
export const onPerson: StreamName = streamName('person', ids.agent);
export const onConvention: StreamName = streamName('convention', ids.convention);
export const onAssignment: StreamName = streamName('assignment', ids.assignment);
export const onSchedule: StreamName = streamName('schedule', ids.assignment);

const paris = { place: 'Paris', zone: 'Europe/Paris', holidayCalendar: 'fr' } as const;

/** A host with tutors, and an agent employed from 2020 by a home with HR. */
export const people: readonly Past[] = [
  past(
    streamName('organisation', ids.home),
    O.OrganisationRegistered.parse({
      kind: 'state',
      purpose: 'service public',
      zone: 'Europe/Paris',
      holidayCalendar: 'fr',
    }),
  ),
  ...[ids.hr, ids.otherHr, ids.agent].map((personId) =>
    past(streamName('organisation', ids.home), O.RepresentativeDesignated.parse({ personId, role: 'hr' })),
  ),
  ...[ids.tutor, ids.otherTutor, ids.agent].map((personId) =>
    past(streamName('organisation', ids.host), O.TutorDesignated.parse({ personId })),
  ),
  past(
    onPerson,
    P.EmploymentStarted.parse({
      employmentId: ids.employment,
      employerId: ids.home,
      branch: 'state',
      status: 'tenured',
      from: '2020-01-01',
    }),
  ),
];

/** What of an engagement a test cares to set. */
export interface Setting {
  readonly other?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly assignedFrom?: string;
  readonly assignedTo?: string;
  readonly site?: { readonly place: string; readonly zone: string; readonly holidayCalendar: 'fr' | 'fr-974' };
  readonly quota?: { readonly num: number; readonly den: number; readonly window: 'week' | 'year' };
  readonly allottedMinutes?: number;
  /** Of the convention. */
  readonly poolMinutes?: number;
  readonly title?: 'convention' | 'volunteering';
  readonly rhythm?: { readonly count: number; readonly per: 'week' | 'fortnight' | 'month'; readonly minutes?: number };
}

/** A mission, a signed convention and an assignment; by default from 2026 to 2027, at half of the duty. */
export const engaged = (setting: Setting = {}): readonly Past[] => {
  const { from = '2026-01-01', to = '2027-12-31', site = paris, other = false } = setting;
  const { quota = { num: 1, den: 2, window: 'week' }, rhythm = { count: 2, per: 'week' }, title } = setting;
  const pool = setting.poolMinutes === undefined ? {} : { poolMinutes: setting.poolMinutes };
  const missionId = other ? ids.otherMission : ids.mission;
  const conventionId = other ? ids.otherConvention : ids.convention;
  const assignmentId = other ? ids.otherAssignment : ids.assignment;
  const text = { version: 1, docHash: 'a'.repeat(64) };
  const required = { consent: false, communication: false, compatibility: false, assembly: false, order: false };
  const on = streamName('convention', conventionId);
  const agents = [{ personId: ids.agent, employmentId: ids.employment }];
  const terms = {
    ...{ framework: 'idf-2017-pilot', frameworkVersion: 1, homeId: ids.home, hostId: ids.host, agents },
    ...{ activities: ['eau'], site, from, to, quota, clauses: [], noticeDays: 30, ...pool },
  };
  const working = { title: { convention: conventionId }, employmentId: ids.employment, quota };
  const volunteering = { title: { volunteering: true as const } };
  return [
    past(
      streamName('mission', missionId),
      MissionProposed.parse({
        ...{ hostId: ids.host, kind: 'skilled', title: 'Eau', activities: 'Réunions', skills: [] },
        ...{ beneficiaries: 'adhérents', rhythm, site, seats: 1 },
      }),
    ),
    past(on, C.ConventionDrafted.parse({ version: 1, terms })),
    past(
      on,
      C.ConventionSubmitted.parse({ ...text, required, signatories: [{ party: 'home', personId: ids.stranger }] }),
    ),
    past(on, C.ConventionSignedByParty.parse({ party: 'home', capacity: 'direction', ...text, method: 'paper' })),
    past(on, C.ConventionSigned.parse({ version: 1 })),
    past(
      streamName('assignment', assignmentId),
      AgentAssigned.parse({
        ...(title === 'volunteering' ? volunteering : working),
        ...{ missionId, personId: ids.agent, from: setting.assignedFrom ?? from, to: setting.assignedTo ?? to },
        ...(setting.allottedMinutes === undefined ? {} : { allottedMinutes: setting.allottedMinutes }),
      }),
    ),
    ...(title === 'volunteering' ? [] : [past(onTime, QuotaTaken.parse({ assignmentId, quota }))]),
  ];
};

/** Everyone in place, and one engagement. */
export const engagedAgent = (setting: Setting = {}): Given => given(...people, ...engaged(setting));

/** Hours without a start, as declared; `other` under the second mission. */
export const declared = (n: number, workDate: string, minutes = 210, other = false): Past =>
  past(
    onTime,
    HoursDeclared.parse({
      ...{ entryId: uuid(n), employmentId: ids.employment },
      assignmentId: other ? ids.otherAssignment : ids.assignment,
      conventionId: other ? ids.otherConvention : ids.convention,
      ...{ workDate, zone: 'Europe/Paris', minutes, activity: 'atelier' },
    }),
    { actor: agent },
  );

/** The same, confirmed by the tutor. */
export const confirmed = (n: number, workDate: string, minutes = 210, other = false): readonly Past[] => [
  declared(n, workDate, minutes, other),
  past(onTime, HoursConfirmed.parse({ entryId: uuid(n) }), { actor: tutor }),
];

/** The same, validated by HR. */
export const validated = (n: number, workDate: string, minutes = 210, other = false): readonly Past[] => [
  ...confirmed(n, workDate, minutes, other),
  past(onTime, HoursValidated.parse({ entryId: uuid(n) }), { actor: hr }),
];

/** A month that HR has closed. */
export const closed = (month: string): Past =>
  past(onTime, PeriodClosed.parse({ employmentId: ids.employment, month, totals: [], digest: '0'.repeat(64) }), {
    actor: hr,
  });

/** A declaration, complete but for what a test sets. */
export const hours = (n: number, workDate: string, more: Readonly<Record<string, unknown>> = {}) => ({
  ...{ personId: ids.agent, entryId: uuid(n), assignmentId: ids.assignment, workDate, minutes: 210 },
  ...{ activity: 'atelier', ...more },
});

/** Declares hours as the agent. */
export const declare = (world: Given, data: unknown, at: string, by: When['actor'] = agent): Outcome =>
  world.when('DeclareHours', data, { actor: by, at });

/** A command on one entry. */
export const onEntry = (n: number, more: Readonly<Record<string, unknown>> = {}) => ({
  personId: ids.agent,
  entryId: uuid(n),
  ...more,
});
