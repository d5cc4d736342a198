import { type Agent, type Host, home, id, officer, type Scene, type Told, type Who } from './scene.js';

const paris = { place: 'Paris', zone: 'Europe/Paris', holidayCalendar: 'fr' };
export const docHash = 'd'.repeat(64);

const personal = (n: string) => ({ locale: 'fr', zone: 'Europe/Paris', name: `Personne ${n}`, email: 'p@example.org' });

/** The employer, with its people. */
export const settle = async ({ done }: Scene, at: string): Promise<void> => {
  const { organisationId, representative, hr, authority } = home;
  const details = { kind: 'state', purpose: 'service public', zone: 'Europe/Paris', holidayCalendar: 'fr' };
  await done(officer, 'RegisterOrganisation', { organisationId, ...details }, at);
  for (const { id: personId, role } of [representative, hr, authority])
    await done(officer, 'DesignateRepresentative', { organisationId, personId, role }, at);
};

/** An agent of the State, full time, with a manager. */
export const employ = async ({ done }: Scene, agent: Agent, at: string): Promise<void> => {
  const { id: personId, employmentId } = agent;
  await done(officer, 'RegisterPerson', { personId, ...personal(personId.slice(-3)) }, at);
  const employment = { employmentId, employerId: home.organisationId, branch: 'state', status: 'tenured' };
  await done(home.hr, 'StartEmployment', { personId, ...employment, from: '2015-01-01' }, at);
  const managed = { personId, employmentId, managerId: home.manager.id, from: '2015-01-01' };
  await done(home.hr, 'SetManager', managed, at);
};

/** An accredited association, its tutor, and a published mission. */
export const welcome = async (
  { done }: Scene,
  host: Host,
  at: string,
  { site = paris, seats = 5 }: { site?: object; seats?: number } = {},
): Promise<void> => {
  const { organisationId, missionId, representative, tutor } = host;
  const details = { kind: 'association', purpose: 'insertion', zone: 'Europe/Paris', holidayCalendar: 'fr' };
  await done(officer, 'RegisterOrganisation', { organisationId, ...details }, at);
  const { id: personId, role } = representative;
  await done(officer, 'DesignateRepresentative', { organisationId, personId, role }, at);
  await done(officer, 'DesignateTutor', { organisationId, personId: tutor.id }, at);
  const evidence = { organisationId, category238bis: 'social', docHash };
  await done(representative, 'FileEligibilityEvidence', evidence, at);
  await done(representative, 'RecordRepublicanCommitment', { organisationId }, at);
  const accredited = { organisationId, administrationId: home.organisationId, until: '2035-12-31' };
  await done(officer, 'AccreditHost', accredited, at);
  const proposal = {
    ...{ hostId: organisationId, kind: 'skilled', title: 'Atelier', activities: 'Tutorat', skills: [] },
    ...{ beneficiaries: 'demandeurs d’emploi', rhythm: { count: 2, per: 'week' }, site, seats },
  };
  await done(representative, 'ProposeMission', { missionId, ...proposal }, at);
  await done(officer, 'ApproveMission', { missionId, withinPurpose: true, skillsUseful: true }, at);
  await done(officer, 'PublishMission', { missionId }, at);
};

export interface Text {
  readonly conventionId: string;
  readonly agents: readonly Agent[];
  readonly host: Host;
  readonly from: string;
  readonly to: string;
  readonly framework?: string;
  readonly quota?: object;
  readonly poolMinutes?: number;
  readonly site?: object;
}

const clauses = [
  ...['activities', 'duration', 'conditions', 'renewal_and_early_end'],
  ...['recall_of_ethics_articles', 'subsidy_items'],
];

/** Drafts a text and tries to submit it; a pilot longer than six months is justified. */
export const submitText = async ({ done, give }: Scene, text: Text, at: string): Promise<Told> => {
  const { conventionId, agents, host, from, to, framework = 'idf-2017-pilot', poolMinutes, site = paris } = text;
  const terms = {
    ...{ framework, homeId: home.organisationId, hostId: host.organisationId, from, to, site, clauses },
    agents: agents.map(({ id: personId, employmentId }) => ({ personId, employmentId })),
    ...{ activities: ['tutorat'], quota: text.quota ?? { num: 1, den: 2, window: 'week' }, noticeDays: 30 },
    ...{ reimbursement: { kind: 'free' }, ...(poolMinutes === undefined ? {} : { poolMinutes }) },
  };
  await done(officer, 'DraftConvention', { conventionId, terms }, at);
  const signatories = [
    { party: 'home', personId: home.representative.id },
    { party: 'host', personId: host.representative.id },
  ];
  return give(officer, 'SubmitConvention', { conventionId, docHash, signatories }, at, { justification: 'essai' });
};

/** A convention that everyone has agreed to and signed. */
export const lend = async (scene: Scene, text: Text, at: string): Promise<void> => {
  const { conventionId, agents, host } = text;
  const submitted = await submitText(scene, text, at);
  if (submitted.kind !== 'accepted') throw new Error(`the text was refused: ${submitted.rules.join(', ')}`);
  for (const agent of agents) {
    const told = { conventionId, personId: agent.id, version: 1 };
    await scene.done(officer, 'CommunicateConventionToAgent', told, at);
    await scene.done(agent, 'GiveAgentConsent', told, at);
  }
  const sign = (who: Who, party: string) =>
    scene.done(
      who,
      'SignConvention',
      { conventionId, party, capacity: 'direction', version: 1, docHash, method: 'paper' },
      at,
    );
  await sign(home.representative, 'home');
  await sign(host.representative, 'host');
};

export interface Place {
  readonly assignmentId: string;
  readonly agent: Agent;
  readonly host: Host;
}

/** An application that the manager, the host and the agent have agreed to; of a volunteer, no manager is asked. */
export const apply = async (
  { done }: Scene,
  { assignmentId, agent, host }: Place,
  at: string,
  employed = true,
): Promise<void> => {
  const employment = employed ? { employmentId: agent.employmentId } : {};
  const application = { assignmentId, missionId: host.missionId, personId: agent.id, ...employment };
  await done(agent, 'SubmitApplication', application, at);
  if (employed) await done(home.manager, 'GrantManagerApproval', { assignmentId }, at);
  await done(host.representative, 'AcceptApplication', { assignmentId }, at);
  await done(agent, 'ConsentToAssignment', { assignmentId }, at);
};

/** What to assign under a convention: for as long as its text runs, with its quota. */
export const underConvention = (assignmentId: string, text: Text, allottedMinutes?: number) => ({
  assignmentId,
  title: { convention: text.conventionId },
  ...{ from: text.from, to: text.to, quota: text.quota ?? { num: 1, den: 2, window: 'week' } },
  ...(allottedMinutes === undefined ? {} : { allottedMinutes }),
});

/** One agent at work under one convention with one host, everyone in place. */
export const engage = async (scene: Scene, text: Omit<Text, 'agents'>, place: Place, at: string): Promise<void> => {
  const whole = { ...text, agents: [place.agent] };
  await lend(scene, whole, at);
  await apply(scene, place, at);
  await scene.done(officer, 'AssignAgent', underConvention(place.assignmentId, whole), at);
};

/** Hours as the agent declares them. */
export const hours = (entry: number, { assignmentId, agent }: Place, workDate: string, more: object = {}) => ({
  ...{ personId: agent.id, entryId: id(entry), assignmentId, workDate, minutes: 210, activity: 'atelier' },
  ...more,
});
