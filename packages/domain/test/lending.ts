import { type Past, past, scenarios } from '@probono/testing';
import { HoursDeclared } from '../src/agent-time/events.js';
import * as A from '../src/assignment/events.js';
import { assignmentHandlers, assignmentRules } from '../src/assignment/index.js';
import * as C from '../src/convention/events.js';
import { conventionRules } from '../src/convention/rules.js';
import { kernelRules } from '../src/kernel/rules.js';
import { type StreamName, streamName } from '../src/kernel/stream.js';
import * as M from '../src/mission/events.js';
import { missionHandlers, missionRules } from '../src/mission/index.js';
import * as O from '../src/organisation/events.js';
import * as P from '../src/person/events.js';

/** A UUIDv7 that is told apart from the others by one number. */
export const uuid = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export const ids = {
  mission: uuid(1),
  host: uuid(2),
  home: uuid(3),
  convention: uuid(4),
  assignment: uuid(5),
  agent: uuid(10),
  employment: uuid(11),
  manager: uuid(12),
  hostPerson: uuid(13),
  tutor: uuid(14),
  authority: uuid(15),
  officer: uuid(16),
  homePerson: uuid(17),
  stranger: uuid(18),
};

const at = '2027-01-04T09:00:00Z';
/** Who acts, on the morning of 4 January 2027. */
export const officer = { actor: { id: ids.officer, role: 'programme_officer' }, at };
export const agent = { actor: { id: ids.agent, role: 'agent' }, at };
export const manager = { actor: { id: ids.manager, role: 'manager' }, at };
export const hostPerson = { actor: { id: ids.hostPerson, role: 'host_representative' }, at };
export const tutor = { actor: { id: ids.tutor, role: 'tutor' }, at };
export const authority = { actor: { id: ids.authority, role: 'authority' }, at };
export const clerk = { actor: { id: 'system:clerk', role: 'system' }, at };

/** The same role, held by somebody who was not designated. */
export const stranger = (who: { actor: { role: string } }) => ({
  actor: { id: ids.stranger, role: who.actor.role },
  at,
});

export const { given } = scenarios({
  handlers: [...missionHandlers, ...assignmentHandlers],
  rules: { ...kernelRules, ...missionRules, ...assignmentRules, ...conventionRules },
});

const on = (category: Parameters<typeof streamName>[0], id: string): StreamName => streamName(category, id);
export const onMission = on('mission', ids.mission);
export const onConvention = on('convention', ids.convention);
export const onAssignment = on('assignment', ids.assignment);
export const onTime = on('agenttime', ids.agent);
export const onAgent = on('person', ids.agent);
const onHost = on('organisation', ids.host);

const site = { place: 'Paris', zone: 'Europe/Paris', holidayCalendar: 'fr' } as const;

export const proposal = {
  hostId: ids.host,
  kind: 'skilled' as 'skilled' | 'general_support',
  title: "Groupe de travail sur l'eau",
  activities: 'Réunions sur le territoire, deux fois par mois',
  skills: ["droit de l'environnement"],
  beneficiaries: 'adhérents',
  rhythm: { count: 2, per: 'month' as const },
  site,
  seats: 1,
};

const organisationDetails = { purpose: 'objet', zone: 'Europe/Paris', holidayCalendar: 'fr' } as const;

/** A host with its people, and an agent with an employment, a manager and an authority. */
export const people: readonly Past[] = [
  past(onHost, O.OrganisationRegistered.parse({ kind: 'association', ...organisationDetails })),
  past(onHost, O.RepresentativeDesignated.parse({ personId: ids.hostPerson, role: 'host_representative' })),
  past(onHost, O.TutorDesignated.parse({ personId: ids.tutor, missionId: ids.mission })),
  past(on('organisation', ids.home), O.RepresentativeDesignated.parse({ personId: ids.authority, role: 'authority' })),
  past(
    onAgent,
    P.EmploymentStarted.parse({
      employmentId: ids.employment,
      employerId: ids.home,
      branch: 'state',
      status: 'tenured',
      from: '2020-01-01',
    }),
  ),
  past(onAgent, P.ManagerSet.parse({ employmentId: ids.employment, personId: ids.manager, from: '2020-01-01' })),
];

/** A published mission. */
export const published = (change: Partial<typeof proposal> = {}, skillsUseful = true): readonly Past[] => [
  past(onMission, M.MissionProposed.parse({ ...proposal, ...change })),
  past(onMission, M.MissionApproved.parse({ withinPurpose: true, skillsUseful })),
  past(onMission, M.MissionPublished.parse({})),
];

/** A convention that is signed, and in force from 4 January to 3 July 2027. */
export const lending = (
  change: {
    readonly poolMinutes?: number;
    readonly hostId?: string;
    readonly agents?: { personId: string; employmentId: string }[];
  } = {},
): readonly Past[] => {
  const text = { version: 1, docHash: 'a'.repeat(64) };
  const required = { consent: true, communication: true, compatibility: false, assembly: false, order: false };
  const signatories = [
    { party: 'home' as const, personId: ids.homePerson },
    { party: 'host' as const, personId: ids.hostPerson },
  ];
  const terms = {
    framework: 'idf-2017-pilot',
    frameworkVersion: 1,
    homeId: ids.home,
    hostId: ids.host,
    agents: [{ personId: ids.agent, employmentId: ids.employment }],
    activities: ['eau'],
    site,
    from: '2027-01-04',
    to: '2027-07-03',
    quota: { num: 1, den: 5, window: 'week' as const },
    clauses: [],
    noticeDays: 30,
    ...change,
  };
  const signs = (party: 'home' | 'host', id: string) =>
    past(onConvention, C.ConventionSignedByParty.parse({ party, capacity: 'direction', ...text, method: 'paper' }), {
      actor: { id, role: `${party}_representative` },
    });
  return [
    past(onConvention, C.ConventionDrafted.parse({ version: 1, terms })),
    past(onConvention, C.ConventionSubmitted.parse({ ...text, signatories, required })),
    past(onConvention, C.ConventionCommunicatedToAgent.parse({ personId: ids.agent, version: 1 })),
    past(onConvention, C.AgentConsentGiven.parse({ personId: ids.agent, version: 1 })),
    signs('home', ids.homePerson),
    signs('host', ids.hostPerson),
    past(onConvention, C.ConventionSigned.parse({ version: 1 })),
  ];
};

/** An application that everyone has agreed to; `employmentId` is left out for a volunteer. */
export const agreed = (employed = true): readonly Past[] => {
  const employmentId = employed ? { employmentId: ids.employment } : {};
  return [
    past(onAssignment, A.ApplicationSubmitted.parse({ missionId: ids.mission, personId: ids.agent, ...employmentId })),
    ...(employed ? [past(onAssignment, A.ManagerApprovalGranted.parse({}), manager)] : []),
    past(onAssignment, A.HostAccepted.parse({})),
    past(onAssignment, A.AgentConsented.parse({})),
  ];
};

export const days = { from: '2027-01-11', to: '2027-06-30' };
export const tenth = { num: 1, den: 10, window: 'week' as const };
export const byConvention = {
  assignmentId: ids.assignment,
  title: { convention: ids.convention },
  ...days,
  quota: tenth,
};
/** What an assignment under the convention looks like in the log. */
export const terms = {
  title: { convention: ids.convention },
  ...days,
  quota: tenth,
  missionId: ids.mission,
  personId: ids.agent,
  employmentId: ids.employment,
};

/** Hours that the agent declared under the assignment. */
export const declared = (minutes: number, workDate = '2027-01-15', entryId = uuid(50)): Past =>
  past(
    onTime,
    HoursDeclared.parse({
      entryId,
      assignmentId: ids.assignment,
      employmentId: ids.employment,
      conventionId: ids.convention,
      workDate,
      zone: 'Europe/Paris',
      minutes,
      activity: 'réunion',
    }),
    agent,
  );
