import {
  agentTimeEvents,
  assignmentEvents,
  Contribution,
  campaignEvents,
  conventionEvents,
  domain,
  missionEvents,
  organisationEvents,
  partnershipEvents,
  scheduleEvents,
} from '@probono/domain';
import { type FieldCipher, jsonCodec } from '@probono/event-store';

/** A made-up identifier, told apart by its number. */
export const id = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export const [homeId, hostId, otherHostId, ada, ben] = [id(1), id(2), id(3), id(11), id(12)];
export const [adaJob, benJob, conventionId, missionId, assignmentId] = [id(21), id(22), id(31), id(41), id(51)];

const wrapping: FieldCipher = {
  seal: async (values) =>
    values.map(({ value }) => ({ sealed: Buffer.from(JSON.stringify(value)).toString('base64') })),
  // Only what `seal` above has made comes back.
  open: async (values) =>
    values.map(({ value }) => JSON.parse(Buffer.from((value as { sealed: string }).sealed, 'base64').toString())),
};

/** The domain's own codec, with a cipher that hides nothing. */
export const programmeCodec = jsonCodec({ events: domain.events, cipher: wrapping });

const site = { place: 'Paris', zone: 'Europe/Paris', holidayCalendar: 'fr' } as const;
const quota = { num: 1, den: 10, window: 'year' } as const;

export const mission = {
  proposed: (host = hostId, seats = 2, skills = ['tutoring']) =>
    missionEvents.MissionProposed.parse({
      hostId: host,
      kind: 'skilled',
      title: 'Reading',
      activities: 'Helping children to read',
      skills,
      beneficiaries: 'children',
      rhythm: { count: 2, per: 'month' },
      site,
      seats,
    }),
  approved: missionEvents.MissionApproved.parse({ withinPurpose: true, skillsUseful: true }),
  published: missionEvents.MissionPublished.parse({}),
  started: missionEvents.MissionStarted.parse({}),
  completed: missionEvents.MissionCompleted.parse({}),
  seatTaken: (by = assignmentId) => missionEvents.SeatTaken.parse({ assignmentId: by }),
  seatReleased: (by = assignmentId) => missionEvents.SeatReleased.parse({ assignmentId: by }),
  cancelled: missionEvents.MissionCancelled.parse({ cause: 'host_request' }),
  delivered: (deliverableId: string) => missionEvents.DeliverableRecorded.parse({ deliverableId, title: 'Liaison' }),
  outcome: (outcomeId: string, kind: string, count: number) =>
    missionEvents.BeneficiaryOutcomeRecorded.parse({ outcomeId, kind, count }),
  rejected: missionEvents.MissionRejected.parse({ cause: 'other' }),
  extended: (skills: string[]) => missionEvents.MissionScopeExtended.parse({ skills }),
};

export const campaign = {
  opened: (on = '2026-10-23', region = '11') =>
    campaignEvents.CampaignOpened.parse({ region, cause: 'Getting to work', on, zone: 'Europe/Paris' }),
  joined: (mission = missionId, host = hostId) =>
    campaignEvents.MissionJoinedCampaign.parse({ missionId: mission, hostId: host }),
  enrolled: (personId: string, mission?: string, seat?: string) =>
    campaignEvents.VolunteerEnrolled.parse({
      personId,
      ...(mission === undefined ? {} : { missionId: mission, assignmentId: seat }),
    }),
  withdrawn: (personId: string) => campaignEvents.EnrolmentWithdrawn.parse({ personId }),
  closed: (totals: { missions: number; hosts: number; volunteers: number; placed: number }) =>
    campaignEvents.CampaignClosed.parse({ totals }),
};

export const partnership = {
  opened: (...organisations: string[]) => partnershipEvents.PartnershipOpened.parse({ organisations }),
  gave: (contributionId: string, on: string, what: object, giverId = homeId, receiverId = hostId) =>
    partnershipEvents.ContributionRecorded.of(Contribution.parse({ contributionId, giverId, receiverId, on, ...what })),
  advanced: (from: 'opened' | 'financial' | 'in_kind', to: 'financial' | 'in_kind' | 'skills') =>
    partnershipEvents.PartnershipStageAdvanced.parse({ from, to }),
};

export const assignment = {
  applied: assignmentEvents.ApplicationSubmitted.parse({ missionId, personId: ada, employmentId: adaJob }),
  hostAccepted: assignmentEvents.HostAccepted.parse({}),
  assigned: (personId = ada, to = '2026-12-31', on = missionId) =>
    assignmentEvents.AgentAssigned.parse({
      title: { convention: conventionId },
      missionId: on,
      personId,
      employmentId: adaJob,
      from: '2026-03-01',
      to,
      quota,
    }),
  placed: (personId: string, on = missionId, convention?: string) =>
    assignmentEvents.AgentAssigned.parse({
      title: convention === undefined ? { volunteering: true } : { convention },
      missionId: on,
      personId,
      from: '2026-03-01',
      to: '2026-12-31',
    }),
  pulse: (personId: string, phase: 'start' | 'mid' | 'end', scores: Record<string, number>) =>
    assignmentEvents.PulseAnswered.parse({
      ...{ personId, phase },
      answers: Object.entries(scores).map(([question, score]) => ({ question, score })),
    }),
  skilled: (personId: string, ...skills: string[]) => assignmentEvents.SkillsAcquired.parse({ personId, skills }),
  ended: (on: string) => assignmentEvents.AssignmentEnded.parse({ on, cause: 'completed' }),
};

const terms = (to: string, personIds: readonly (readonly [string, string])[]) => ({
  framework: 'idf-2017-pilot',
  frameworkVersion: 1,
  homeId,
  hostId,
  from: '2026-03-01',
  to,
  agents: personIds.map(([personId, employmentId]) => ({ personId, employmentId })),
  activities: ['Helping children to read'],
  site,
  quota,
  clauses: [],
  noticeDays: 30,
});

const required = { consent: true, communication: true, compatibility: false, assembly: false, order: false };
const docHash = 'a1'.repeat(32);
const signatories = [
  { party: 'home' as const, personId: id(61) },
  { party: 'host' as const, personId: id(62) },
];

export const convention = {
  drafted: (to = '2026-08-31', personIds: readonly (readonly [string, string])[] = [[ada, adaJob]], home = homeId) =>
    conventionEvents.ConventionDrafted.parse({ version: 1, terms: { ...terms(to, personIds), homeId: home } }),
  submitted: (order = false) =>
    conventionEvents.ConventionSubmitted.parse({
      version: 1,
      docHash,
      signatories,
      required: { ...required, order },
    }),
  communicated: (personId = ada) => conventionEvents.ConventionCommunicatedToAgent.parse({ personId, version: 1 }),
  consented: (personId = ada) => conventionEvents.AgentConsentGiven.parse({ personId, version: 1 }),
  signedBy: (party: 'home' | 'host', version = 1) =>
    conventionEvents.ConventionSignedByParty.parse({
      party,
      capacity: 'director',
      version,
      docHash,
      method: 'electronic',
    }),
  signed: conventionEvents.ConventionSigned.parse({ version: 1 }),
  ordered: (from: string, to: string, personId = ada) =>
    conventionEvents.SecondmentOrderIssued.parse({ personId, number: 'A-1', from, to }),
  suspended: (from: string, to: string) => conventionEvents.ConventionSuspended.parse({ from, to }),
  amendmentProposed: (to: string, effectiveFrom: string) =>
    conventionEvents.AmendmentProposed.parse({
      version: 2,
      delta: { to },
      effectiveFrom,
      docHash,
      signatories,
      required,
    }),
  amended: (effectiveFrom: string) => conventionEvents.ConventionAmended.parse({ version: 2, effectiveFrom }),
  noticeGiven: (endsOn: string, personId?: string) =>
    conventionEvents.TerminationNoticeGiven.parse({
      by: 'host',
      ...(personId === undefined ? {} : { personId }),
      givenOn: '2026-05-01',
      endsOn,
    }),
  noticeWithdrawn: conventionEvents.TerminationNoticeWithdrawn.parse({}),
  terminated: (on: string) => conventionEvents.ConventionTerminated.parse({ on }),
};

export const organisation = {
  insured: (until: string) => organisationEvents.InsuranceCertificateRecorded.parse({ until }),
  accredited: (until: string) => organisationEvents.HostAccredited.parse({ administrationId: homeId, until }),
  withdrawn: organisationEvents.AccreditationWithdrawn.parse({ administrationId: homeId }),
};

const time = agentTimeEvents;
export const hours = {
  declared: (entryId: string, workDate: string, minutes: number, on = assignmentId) =>
    time.HoursDeclared.parse({
      entryId,
      assignmentId: on,
      employmentId: adaJob,
      conventionId,
      workDate,
      zone: 'Europe/Paris',
      minutes,
      activity: 'reading with Louise',
    }),
  contested: (entryId: string) => time.HoursContested.parse({ entryId, claimedMinutes: 1 }),
  resolved: (entryId: string, minutes: number) => time.ContestResolved.parse({ entryId, minutes }),
  confirmed: (entryId: string) => time.HoursConfirmed.parse({ entryId }),
  validated: (entryId: string) => time.HoursValidated.parse({ entryId }),
  corrected: (entryId: string, deltaMinutes: number) => time.HoursCorrected.parse({ entryId, deltaMinutes }),
  withdrawn: (entryId: string) => time.HoursWithdrawn.parse({ entryId }),
  closed: (month: string) =>
    time.PeriodClosed.parse({ employmentId: adaJob, month, totals: [], digest: '0'.repeat(64) }),
  adjusted: (entryId: string, deltaMinutes: number, countsIn: string) =>
    time.AdjustmentRecorded.parse({ entryId, deltaMinutes, countsIn }),
};

const slot = (date: string) => ({
  date,
  start: '14:00',
  zone: 'Europe/Paris',
  startsAt: `${date}T12:00:00Z`,
  minutes: 210,
  place: 'Paris',
});

export const session = {
  planned: (sessionId: string, date: string) =>
    scheduleEvents.SessionPlanned.parse({ sessionId, version: 1, ...slot(date) }),
  moved: (sessionId: string, from: string, to: string) =>
    scheduleEvents.SessionRescheduled.parse({ sessionId, version: 2, from: slot(from), to: slot(to), by: 'tutor' }),
  cancelled: (sessionId: string) => scheduleEvents.SessionCancelled.parse({ sessionId, version: 1, by: 'tutor' }),
  held: (sessionId: string) => scheduleEvents.SessionHeld.parse({ sessionId }),
};
