import { Actor } from '@probono/domain';
import { idOf as id } from '@probono/testing';
import { actsOfPrivateParties } from './facts-private.js';

/** What a sample is made of, where no story of the examples tells such a fact: its data, and who acted. */
export interface WrittenFact {
  readonly data: object;
  readonly actor?: Actor;
}

const docHash = '9c'.repeat(32);
const paris = { place: 'Montreuil', zone: 'Europe/Paris', holidayCalendar: 'fr' };
const [home, host, agent, employment, convention, assignment] = [id(2), id(3), id(4), id(5), id(6), id(7)];
const system = Actor.parse({ id: 'system:clerk', role: 'system' });
const byAdministration = { administrationId: home };
const allotment = { assignmentId: assignment, personId: agent, minutes: 1260 };

const terms = {
  ...{ framework: '3ds-209', frameworkVersion: 1, homeId: home, hostId: host, from: '2026-10-01', to: '2027-09-30' },
  agents: [{ personId: agent, employmentId: employment }],
  activities: ['Comptabilité d’une épicerie solidaire'],
  site: paris,
  poolMinutes: 12_600,
  quota: { num: 1, den: 10, window: 'year' },
  clauses: ['activities', 'duration', 'conditions', 'renewal_and_early_end', 'recall_of_ethics_articles'],
  ...{ reimbursement: { kind: 'partial', percent: 40 }, noticeDays: 30 },
};

/** By type and version. To add one: a line here, then `UPDATE_CORPUS=1`; what was added once is never changed. */
export const writtenFacts: Readonly<Record<string, WrittenFact | undefined>> = {
  ...actsOfPrivateParties,

  'EligibilityEvidenceFiled v1': { data: { category238bis: 'social', docHash, commitmentDocHash: '7d'.repeat(32) } },
  'AccreditationRefused v1': { data: byAdministration },
  'AccreditationSuspended v1': { data: byAdministration },
  'AccreditationReinstated v1': { data: byAdministration },
  'AccreditationWithdrawn v1': { data: byAdministration },
  'AccreditationLapsed v1': { data: byAdministration, actor: system },
  'TutorReplaced v1': { data: { personId: id(30), successorId: id(31), missionId: id(8) } },

  'ServiceDutySet v1': { data: { employmentId: employment, from: '2026-01-01', weeklyHours: 17.5 } },
  'SecondmentRecorded v1': {
    data: { conventionId: convention, hostId: host, framework: '3ds-209', from: '2026-10-01', to: '2027-09-30' },
    actor: system,
  },
  'LeaveGranted v1': {
    data: {
      ...{ employmentId: employment, hostId: host, from: '2026-11-02', to: '2026-11-04' },
      ...{ workingDays: 3, officeHeld: true },
    },
  },
  'AccidentReported v1': { data: { assignmentId: assignment, on: '2026-09-14' } },
  'SubjectKeyDestroyed v1': {
    data: { keyId: 'k-2026-17', visa: 'AD 93, visa 2026-118', legalBasis: 'C. patr., art. L212-2' },
    actor: system,
  },

  'ConventionRevised v1': { data: { version: 2, terms } },
  'CompatibilityAssessed v1': {
    data: {
      ...{ personId: agent, version: 2, outcome: 'favourable_with_reservations' },
      reservations: 'Ne traite pas les subventions de cette association.',
    },
  },
  'AssemblyInformed v1': { data: { on: '2026-09-10' } },
  'SecondmentOrderIssued v1': {
    data: { personId: agent, number: '2026-DRH-214', from: '2026-10-01', to: '2027-09-30' },
  },
  'ConventionEnteredIntoForce v1': { data: { personId: agent, on: '2026-10-01' }, actor: system },
  'ConventionRenewed v1': { data: { to: '2028-03-31', cumulativeMonths: 18 } },
  'HoursAllotted v1': { data: allotment },
  'AllotmentReleased v1': { data: allotment },
  'ConventionSuspended v1': { data: { from: '2026-12-01', to: '2026-12-15' } },
  'ConventionResumed v1': { data: { on: '2026-12-10' } },
  'TerminationNoticeGiven v1': {
    data: {
      ...{ by: 'host', personId: agent, givenOn: '2026-09-15', endsOn: '2026-09-30' },
      noticeWaivedBy: { home: id(32), host: id(33), docHash },
    },
  },
  'TerminationNoticeWithdrawn v1': { data: { personId: agent } },
  'ConventionTerminated v1': { data: { personId: agent, on: '2026-09-30' }, actor: system },
  'ConventionExpired v1': { data: { on: '2027-09-30' }, actor: system },
  'ConventionClosed v1': {
    data: { reviewId: id(40), totals: [{ personId: agent, entries: 41, minutes: 8610 }] },
  },

  'MissionRejected v1': { data: { cause: 'outside_purpose' } },
  'MissionUnpublished v1': { data: {} },
  'FacilitatorAssigned v1': { data: { personId: id(34) } },
  'MissionCompleted v1': { data: {} },
  'MissionCancelled v1': { data: { cause: 'no_candidate' } },
  'MissionReviewed v1': { data: { objectives: 'partly_met' } },
  'ManagerApprovalRefused v1': { data: {}, actor: Actor.parse({ id: id(35), role: 'manager' }) },
  'SessionReinstated v1': { data: { sessionId: id(41), version: 2 } },

  'NotificationSent v1': {
    data: {
      ...{ reminderIds: [id(42)], kind: 'before-J-1', channel: 'email', messageId: '<r-42@probono.example.org>' },
      ...{ sessionId: id(41), version: 2 },
    },
    actor: system,
  },
  'NotificationDropped v1': { data: { reminderId: id(42), why: 'superseded' }, actor: system },
  'NotificationParked v1': {
    data: {
      ...{ reminderIds: [id(42)], why: 'refused-by-server', messageId: '<r-42@probono.example.org>' },
      smtpCode: 550,
    },
    actor: system,
  },
};
