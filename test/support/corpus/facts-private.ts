import { Actor } from '@probono/domain';
import { idOf as id } from '@probono/testing';

const as = (n: number, role: string): Actor => Actor.parse({ id: id(n), role });
const [agent, mission, assignment] = [id(4), id(8), id(7)];
const ada = as(4, 'agent');
const host = as(33, 'host_representative');

/** What agents, hosts, volunteers and partners do, of which no story of the examples tells. */
export const actsOfPrivateParties = {
  'CareerStageDeclared v1': { data: { careerStage: 'vers la retraite' }, actor: ada },
  'AgentConsentWithdrawn v1': { data: { personId: agent, version: 2, inForce: false }, actor: ada },
  'SignatureDeclined v1': { data: { party: 'host', version: 2 }, actor: host },
  'ApplicationWithdrawn v1': { data: {}, actor: ada },
  'HostDeclined v1': { data: {}, actor: host },
  'TestimonialConsentRevoked v1': { data: {}, actor: ada },

  'ReviewRequested v1': { data: { kind: 'final', conventionId: id(6) } },
  'ReviewSubmitted v1': {
    data: { party: 'host', outcomes: { objectives: 'met', text: 'Une comptabilité claire, et deux relais formés.' } },
    actor: host,
  },
  'ReviewCountersigned v1': { data: { party: 'agent', covers: ['home', 'host'] }, actor: ada },

  'CampaignOpened v1': {
    data: {
      ...{ region: '11', cause: 'lever les freins à l’emploi', on: '2026-10-20', zone: 'Europe/Paris' },
      occasion: 'pro_bono_week',
    },
  },
  'MissionJoinedCampaign v1': { data: { missionId: mission, hostId: id(3) } },
  'VolunteerEnrolled v1': { data: { personId: agent, missionId: mission, assignmentId: assignment } },
  'EnrolmentWithdrawn v1': { data: { personId: agent }, actor: ada },
  'CampaignClosed v1': { data: { totals: { missions: 22, hosts: 20, volunteers: 200, placed: 187 } } },

  'PartnershipOpened v1': { data: { organisations: [id(2), id(3)] } },
  'ContributionRecorded v1': {
    data: {
      ...{ kind: 'skills', contributionId: id(43), giverId: id(2), receiverId: id(3), on: '2026-09-14' },
      ...{ minutes: 420, cents: 26_136 },
    },
  },
  'PartnershipStageAdvanced v1': { data: { from: 'in_kind', to: 'skills' } },

  'ExchangePaired v1': { data: { legs: [assignment, id(44)] } },
  'CohortEnrolled v1': { data: { schoolId: id(45), personIds: [agent, id(46)] } },

  'ExperimentStarted v1': {
    data: {
      scope: {
        ...{ administrationIds: [id(2)], framework: '3ds-209', frameworkVersion: 1 },
        ...{ from: '2026-10-01', to: '2027-09-30' },
      },
      checklist: ['model-convention-adopted', 'tutors-named'],
    },
  },
  'ChecklistItemDone v1': { data: { item: 'tutors-named' } },
  'SupportProvided v1': {
    data: {
      ...{ supportId: id(47), kind: 'training', administrationId: id(2), on: '2026-09-14' },
      ...{ minutes: 180, participants: 12 },
    },
  },
  'ExperimentEvaluated v1': {
    data: { conclusion: 'adapt', text: 'À étendre, avec des missions plus courtes.' },
  },
};
