import {
  AccreditHost,
  ApproveMission,
  DesignateRepresentative,
  DesignateTutor,
  FileEligibilityEvidence,
  ProposeMission,
  PublishMission,
  RecordRepublicanCommitment,
  RegisterOrganisation,
  RegisterPerson,
  SetManager,
  StartEmployment,
} from '@probono/domain';
import { type Agent, type Home, type Host, type MissionDetails, officer } from './cast.js';
import { commandOf, type GivenCommand } from './given-command.js';

/** SHA-256 (hex) of a document that nobody wrote. */
export const docHash = 'd'.repeat(64);

/** The administration is registered, and those who act for it are designated. */
export const settle = (home: Home, at: string): readonly GivenCommand[] => [
  commandOf(RegisterOrganisation, officer, at, { organisationId: home.organisationId, ...home.details }),
  ...[
    { personId: home.representative.id, role: 'home_representative' as const },
    { personId: home.hr.id, role: 'hr' as const },
    { personId: home.authority.id, role: 'authority' as const },
  ].map((who) => commandOf(DesignateRepresentative, officer, at, { organisationId: home.organisationId, ...who })),
];

/** The agent is registered, employed full time by an administration that is settled, and has its manager. */
export const employ = (agent: Agent, at: string): readonly GivenCommand[] => {
  const { id: personId, name, employmentId, employment, home } = agent;
  const email = `agent-${personId.slice(-5)}@example.org`;
  const employed = { personId, employmentId, employerId: home.organisationId, ...employment };
  const managed = { personId, employmentId, managerId: home.manager.id, from: employment.from };
  return [
    commandOf(RegisterPerson, officer, at, { personId, locale: 'fr', zone: 'Europe/Paris', name, email }),
    commandOf(StartEmployment, home.hr, at, employed),
    commandOf(SetManager, home.hr, at, managed),
  ];
};

/** The association is accredited by the administration, has a tutor, and its mission is published. */
export const welcome = (
  host: Host,
  { organisationId: administrationId }: Home,
  at: string,
  mission: Partial<MissionDetails> = {},
): readonly GivenCommand[] => {
  const { organisationId, representative, tutor, missionId } = host;
  const proposal = { missionId, hostId: organisationId, ...host.mission, ...mission };
  return [
    commandOf(RegisterOrganisation, officer, at, { organisationId, ...host.details }),
    commandOf(DesignateRepresentative, officer, at, {
      ...{ organisationId, personId: representative.id },
      role: 'host_representative',
    }),
    commandOf(DesignateTutor, officer, at, { organisationId, personId: tutor.id }),
    commandOf(FileEligibilityEvidence, representative, at, { organisationId, category238bis: 'social', docHash }),
    commandOf(RecordRepublicanCommitment, representative, at, { organisationId }),
    commandOf(AccreditHost, officer, at, { organisationId, administrationId, until: '2035-12-31' }),
    commandOf(ProposeMission, representative, at, proposal),
    commandOf(ApproveMission, officer, at, { missionId, withinPurpose: true, skillsUseful: true }),
    commandOf(PublishMission, officer, at, { missionId }),
  ];
};
