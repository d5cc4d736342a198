import { certificateHash, domain } from '@probono/domain';
import {
  type Agent,
  type Aside,
  agentOf,
  apply,
  assign,
  clerk,
  commandOf,
  employ,
  type GivenCommand,
  homeOf,
  hostOf,
  hoursOf,
  idOf,
  type Lending,
  officer,
  type Place,
  settle,
  sign,
  submit,
  type Who,
  welcome,
} from '@probono/testing';

const home = homeOf(5);
const [ada, ben, eve, tom] = [5, 6, 7, 8].map((n) => agentOf(n, home)) as [Agent, Agent, Agent, Agent];
const [bank, library] = [5, 6].map((n) => hostOf(n, { details: { declaredOn: '2001-06-21' } })) as [
  ReturnType<typeof hostOf>,
  ReturnType<typeof hostOf>,
];
const atHome = { administrationId: home.organisationId };
const atLibrary = { ...atHome, organisationId: library.organisationId };
const mayor: Who = home.representative;

const say = (at: string, who: Who, command: string, data: object, aside?: Aside): GivenCommand => {
  const handler = domain.handlers[command];
  if (handler === undefined) throw new Error(`there is no command ${command}`);
  return commandOf({ ...handler.spec, schema: handler.spec.schema as never }, who, at, data as never, aside);
};

const began = '2025-09-01T09:00:00Z';
const inPlace = [
  ...settle(home, began),
  ...[ada, ben, eve, tom].flatMap((agent) => employ(agent, began)),
  ...[bank, library].flatMap((host) => welcome(host, home, began)),
];

const tutors = { organisationId: bank.organisationId, personId: bank.tutor.id, successorId: idOf(601) };
const novice = { ...atHome, organisationId: idOf(600) };
const organisations = [
  say('2025-09-02T09:00:00Z', officer, 'RegisterOrganisation', { organisationId: idOf(600), ...bank.details }),
  say('2025-09-02T10:00:00Z', officer, 'RefuseAccreditation', novice),
  say('2025-09-03T09:00:00Z', officer, 'SuspendAccreditation', atLibrary),
  say('2025-09-04T09:00:00Z', officer, 'ReinstateAccreditation', atLibrary),
  say('2025-09-04T10:00:00Z', officer, 'ReplaceTutor', tutors),
  say('2025-09-04T11:00:00Z', officer, 'ReplaceTutor', {
    ...{ organisationId: bank.organisationId, personId: idOf(601), successorId: bank.tutor.id },
  }),
];

const other = (missionId: string, title: string) => ({
  missionId,
  hostId: bank.organisationId,
  ...bank.mission,
  title,
});
const missions = [
  say('2025-09-05T09:00:00Z', bank.representative, 'ProposeMission', other(idOf(610), 'Sans suite')),
  say('2025-09-05T10:00:00Z', officer, 'RejectMission', { missionId: idOf(610), cause: 'incomplete' }),
  say('2025-09-05T11:00:00Z', bank.representative, 'ProposeMission', other(idOf(611), 'Sans candidat')),
  say('2025-09-05T11:30:00Z', officer, 'ApproveMission', {
    ...{ missionId: idOf(611), withinPurpose: true, skillsUseful: false },
  }),
  say('2025-09-05T12:00:00Z', officer, 'AssignFacilitator', { missionId: idOf(611), personId: idOf(602) }),
  say('2025-09-05T13:00:00Z', officer, 'CancelMission', { missionId: idOf(611), cause: 'no_candidate' }),
  say('2025-09-05T14:00:00Z', officer, 'TakeSeat', { missionId: library.missionId, assignmentId: idOf(620) }),
  say('2025-09-05T15:00:00Z', officer, 'ReleaseSeat', { missionId: library.missionId, assignmentId: idOf(620) }),
  say('2025-09-05T16:00:00Z', officer, 'UnpublishMission', { missionId: library.missionId }),
  say('2025-09-05T17:00:00Z', officer, 'PublishMission', { missionId: library.missionId }),
];

const share = { personId: ada.id, assignmentId: idOf(621) };
const shares = [
  say('2025-09-06T09:00:00Z', officer, 'TakeQuota', { ...share, quota: { num: 1, den: 10, window: 'week' } }),
  say('2025-09-06T10:00:00Z', officer, 'ReleaseQuota', share),
];

/** Under the law of 2022: with an assembly told, a check of compatibility, an order. */
const span = { from: '2025-10-01', to: '2026-09-30' };
const lent: Lending = { conventionId: idOf(630), host: bank, agents: [ada, ben], framework: '3ds-209', ...span };
const pooled: Lending = { ...lent, poolMinutes: 6000, quota: { num: 1, den: 5, window: 'week' } };
const [draft, submission] = submit(pooled, '2025-09-08T10:00:00Z');
const declined = { conventionId: lent.conventionId, party: 'host', version: 1 };
const revision = { conventionId: lent.conventionId, terms: { ...Object(draft.data).terms, noticeDays: 60 } };
const versionTwo = (command: GivenCommand): GivenCommand =>
  say(command.meta.at, command.meta.actor, command.command, { ...command.data, version: 2 });
const agreed = sign(pooled, '2025-09-10T10:00:00Z').map(versionTwo);
const ordered = (agent: Agent) => [
  say('2025-09-11T09:00:00Z', home.authority, 'AssessCompatibility', {
    ...{ conventionId: lent.conventionId, personId: agent.id, version: 2, outcome: 'favourable' },
  }),
  say('2025-09-12T09:00:00Z', home.authority, 'IssueSecondmentOrder', {
    ...{ conventionId: lent.conventionId, personId: agent.id, number: `2025-${agent.id.slice(-3)}`, ...span },
  }),
];
const agreement = [
  draft,
  submission,
  say('2025-09-09T09:00:00Z', bank.representative, 'DeclineSignature', declined),
  say('2025-09-09T10:00:00Z', officer, 'ReviseConvention', revision),
  say('2025-09-09T11:00:00Z', submission.meta.actor, 'SubmitConvention', submission.data),
  ...agreed,
  say('2025-09-11T08:00:00Z', mayor, 'InformAssembly', { conventionId: lent.conventionId, on: '2025-09-10' }),
  ...[ada, ben].flatMap(ordered),
  ...[ada, ben].flatMap((agent) => [
    say('2025-10-01T05:00:00Z', clerk, 'EnterConventionIntoForce', {
      ...{ conventionId: lent.conventionId, personId: agent.id, on: span.from },
    }),
    say('2025-10-01T05:01:00Z', clerk, 'RecordSecondment', {
      ...{ personId: agent.id, conventionId: lent.conventionId, hostId: bank.organisationId, framework: '3ds-209' },
      ...span,
    }),
  ]),
];

const place: Place = { assignmentId: idOf(640), agent: ada, host: bank };
const second: Place = { assignmentId: idOf(641), agent: ben, host: bank };
const applied = { missionId: bank.missionId, personId: eve.id, employmentId: eve.employmentId };
const application = (n: number) => [
  say('2025-10-02T09:00:00Z', eve, 'SubmitApplication', { assignmentId: idOf(n), ...applied }),
];
const entry = { personId: ada.id, entryId: idOf(650) };
const session = { assignmentId: place.assignmentId, sessionId: idOf(660) };
const periods = [{ from: '2025-10-01', to: '2025-10-31' }];
const assignments = [
  ...application(642),
  say('2025-10-02T10:00:00Z', eve, 'WithdrawApplication', { assignmentId: idOf(642) }),
  ...application(643),
  say('2025-10-02T10:00:00Z', home.manager, 'RefuseManagerApproval', { assignmentId: idOf(643) }),
  ...application(644),
  say('2025-10-02T10:00:00Z', home.manager, 'GrantManagerApproval', { assignmentId: idOf(644) }),
  say('2025-10-02T11:00:00Z', bank.representative, 'DeclineApplication', { assignmentId: idOf(644) }),
  ...apply(place, '2025-10-02T12:00:00Z'),
  ...apply(second, '2025-10-02T12:00:00Z'),
  assign(place, { ...pooled, from: '2025-10-03' }, '2025-10-03T09:00:00Z', { allottedMinutes: 3000 }),
  assign(second, { ...pooled, from: '2025-10-03' }, '2025-10-03T09:00:00Z', { allottedMinutes: 3000 }),
  say('2025-10-03T10:00:00Z', bank.tutor, 'PlanSession', {
    ...session,
    date: '2025-10-10',
    start: '09:00',
    minutes: 210,
  }),
  say('2025-10-06T09:00:00Z', ada, 'CancelSession', session),
  say('2025-10-07T09:00:00Z', bank.tutor, 'ReinstateSession', session),
  say('2025-10-11T09:00:00Z', ada, 'DeclareHours', hoursOf(place, { entryId: idOf(650), workDate: '2025-10-10' })),
  say('2025-10-12T09:00:00Z', bank.tutor, 'ConfirmHours', entry),
  say('2025-10-12T10:00:00Z', home.hr, 'ReportAccident', {
    ...{ personId: ada.id, assignmentId: place.assignmentId, on: '2025-10-10' },
  }),
  say('2025-10-13T09:00:00Z', home.hr, 'ValidateHours', entry),
  say('2025-11-03T09:00:00Z', officer, 'IssueServiceCertificate', { assignmentId: place.assignmentId, periods }),
  say('2025-11-03T10:00:00Z', officer, 'SupersedeServiceCertificate', {
    assignmentId: place.assignmentId,
    hash: certificateHash({ assignmentId: place.assignmentId, periods, minutes: 210 } as never),
  }),
  say('2025-11-04T09:00:00Z', ada, 'OfferTestimonial', {
    ...{ assignmentId: place.assignmentId, scope: 'programme', text: 'Utile.' },
  }),
  say('2025-11-05T09:00:00Z', ada, 'RevokeTestimonialConsent', { assignmentId: place.assignmentId }),
];

const { conventionId } = lent;
const course = [
  say('2025-11-10T09:00:00Z', mayor, 'SuspendConvention', { conventionId, from: '2025-11-10', to: '2025-11-30' }),
  say('2025-11-20T09:00:00Z', mayor, 'ResumeConvention', { conventionId, on: '2025-11-20' }),
  say('2025-12-01T09:00:00Z', mayor, 'GiveTerminationNotice', { conventionId, endsOn: '2026-03-31' }),
  say('2025-12-02T09:00:00Z', mayor, 'WithdrawTerminationNotice', { conventionId }),
  say('2025-12-03T09:00:00Z', ben, 'WithdrawAgentConsent', { conventionId, personId: ben.id, version: 2 }),
  say('2026-02-02T05:00:00Z', clerk, 'TerminateConvention', { conventionId, personId: ben.id, on: '2026-02-01' }),
  say('2026-02-03T05:00:00Z', clerk, 'ReleaseAllotment', { conventionId, assignmentId: second.assignmentId }),
  say('2026-02-03T06:00:00Z', clerk, 'EndAssignment', {
    ...{ assignmentId: second.assignmentId, on: '2026-02-01', cause: 'consent_withdrawn' },
  }),
  say('2026-01-06T09:00:00Z', officer, 'RequestReview', { reviewId: idOf(670), kind: 'mid', conventionId }),
  say('2026-10-01T05:00:00Z', clerk, 'ExpireConvention', { conventionId, on: span.to }),
];

const leave = { employmentId: tom.employmentId, hostId: bank.organisationId, from: '2025-11-03', to: '2025-11-05' };
const programmeId = idOf(680);
const scope = { administrationIds: [home.organisationId], framework: '3ds-209', from: '2025-10-01', to: '2026-03-31' };
const support = { supportId: idOf(681), kind: 'training', ...atHome, on: '2025-10-15', minutes: 180, participants: 12 };
const [told, dropped, parked] = [690, 691, 692].map(idOf);
const aside = [
  say('2025-10-15T09:00:00Z', home.hr, 'GrantLeave', { personId: tom.id, ...leave, workingDays: 3, officeHeld: true }),
  say('2025-10-01T09:00:00Z', officer, 'StartExperiment', { programmeId, scope, checklist: ['tutors-named'] }),
  say('2025-10-02T09:00:00Z', officer, 'CompleteChecklistItem', { programmeId, item: 'tutors-named' }),
  say('2025-10-16T09:00:00Z', officer, 'ProvideSupport', { programmeId, ...support }),
  say('2026-04-01T09:00:00Z', officer, 'EvaluateExperiment', { programmeId, conclusion: 'adapt', text: 'À étendre.' }),
  say('2025-10-09T06:00:00Z', clerk, 'RecordNotificationSent', {
    ...{ personId: ada.id, reminderIds: [told], kind: 'before-J-1', channel: 'email', messageId: '<1@example.org>' },
  }),
  say('2025-10-09T06:01:00Z', clerk, 'RecordNotificationDropped', {
    ...{ personId: ada.id, reminderId: dropped, why: 'superseded' },
  }),
  say('2025-10-09T06:02:00Z', clerk, 'RecordNotificationParked', {
    ...{
      personId: ada.id,
      reminderIds: [parked],
      why: 'refused-by-server',
      messageId: '<2@example.org>',
      smtpCode: 550,
    },
  }),
];

/** When all is over: nothing more can be done with these. */
const farewell = [
  say('2036-01-02T09:00:00Z', clerk, 'LapseAccreditation', { ...atHome, organisationId: bank.organisationId }),
  say('2035-12-30T09:00:00Z', officer, 'WithdrawAccreditation', atLibrary),
  say('2036-01-03T09:00:00Z', clerk, 'DestroySubjectKey', {
    ...{ personId: tom.id, visa: 'AD 75, visa 2036-1', legalBasis: 'C. patr., art. L212-2' },
  }),
];

/** What the examples do not tell: every command that none of them gives, in tales that the domain accepts, by the clock. */
export const untold: readonly GivenCommand[] = [
  ...[...inPlace, ...organisations, ...missions, ...shares, ...agreement],
  ...[...assignments, ...course, ...aside, ...farewell],
].sort((a, b) => Date.parse(a.meta.at) - Date.parse(b.meta.at));
