import {
  AcceptApplication,
  AssignAgent,
  CommunicateConventionToAgent,
  ConsentToAssignment,
  type DeclareHours,
  DraftConvention,
  GiveAgentConsent,
  GrantManagerApproval,
  SignConvention,
  SubmitApplication,
  SubmitConvention,
} from '@probono/domain';
import type * as z from 'zod';
import { type Agent, type Host, officer, paris } from './cast.js';
import { type Aside, commandOf, type GivenCommand } from './given-command.js';
import { docHash } from './steps.js';

type Terms = z.input<typeof DraftConvention.schema>['terms'];

/** What a convention is to say: its parties, its agents (of one administration), its days. */
export interface Lending extends Partial<Omit<Terms, 'homeId' | 'hostId' | 'agents' | 'from' | 'to'>> {
  readonly conventionId: string;
  readonly host: Host;
  readonly agents: readonly [Agent, ...Agent[]];
  readonly from: string;
  readonly to: string;
  /** Why the framework's ordinary limits are passed, where they are: said when the text is submitted. */
  readonly justification?: string;
}

const clauses = [
  ...(['activities', 'duration', 'conditions', 'renewal_and_early_end'] as const),
  ...(['recall_of_ethics_articles', 'subsidy_items'] as const),
];
/** Half of the week. */
const half = { num: 1, den: 2, window: 'week' } as const;

/** A text is drafted and submitted: free of charge, under the pilot of 2017, half of the week, unless told otherwise. */
export const submit = (lending: Lending, at: string): readonly [draft: GivenCommand, submission: GivenCommand] => {
  const { conventionId, host, agents, justification, ...terms } = lending;
  const [{ home }] = agents;
  const parties = { homeId: home.organisationId, hostId: host.organisationId };
  const defaults = {
    ...{ framework: 'idf-2017-pilot' as const, activities: ['tutorat'], site: paris, quota: half, noticeDays: 30 },
    ...{ clauses, reimbursement: { kind: 'free' as const } },
  };
  const lent = agents.map(({ id: personId, employmentId }) => ({ personId, employmentId }));
  const signatories = [
    { party: 'home' as const, personId: home.representative.id },
    { party: 'host' as const, personId: host.representative.id },
  ];
  return [
    commandOf(DraftConvention, officer, at, {
      conventionId,
      terms: { ...defaults, ...terms, ...parties, agents: lent },
    }),
    commandOf(
      SubmitConvention,
      officer,
      at,
      { conventionId, docHash, signatories },
      justification === undefined ? {} : { justification },
    ),
  ];
};

/** Each agent is told of a submitted text and consents; both parties sign it. */
export const sign = ({ conventionId, agents, host }: Lending, at: string): readonly GivenCommand[] => {
  const signature = { conventionId, capacity: 'direction', version: 1, docHash, method: 'paper' as const };
  return [
    ...agents.flatMap((agent) => {
      const told = { conventionId, personId: agent.id, version: 1 };
      return [commandOf(CommunicateConventionToAgent, officer, at, told), commandOf(GiveAgentConsent, agent, at, told)];
    }),
    commandOf(SignConvention, agents[0].home.representative, at, { ...signature, party: 'home' }),
    commandOf(SignConvention, host.representative, at, { ...signature, party: 'host' }),
  ];
};

/** A convention that everyone has agreed to and signed. */
export const lend = (lending: Lending, at: string): readonly GivenCommand[] => [
  ...submit(lending, at),
  ...sign(lending, at),
];

/** Where an agent goes. */
export interface Place {
  readonly assignmentId: string;
  readonly agent: Agent;
  readonly host: Host;
}

/** An application that the manager, the host and the agent have agreed to. */
export const apply = ({ assignmentId, agent, host }: Place, at: string): readonly GivenCommand[] => [
  commandOf(SubmitApplication, agent, at, {
    ...{ assignmentId, missionId: host.missionId, personId: agent.id, employmentId: agent.employmentId },
  }),
  commandOf(GrantManagerApproval, agent.home.manager, at, { assignmentId }),
  commandOf(AcceptApplication, host.representative, at, { assignmentId }),
  commandOf(ConsentToAssignment, agent, at, { assignmentId }),
];

/** The same of a volunteer, on their own time: no manager is asked. */
export const volunteer = ({ assignmentId, agent, host }: Place, at: string): readonly GivenCommand[] => [
  commandOf(SubmitApplication, agent, at, { assignmentId, missionId: host.missionId, personId: agent.id }),
  commandOf(AcceptApplication, host.representative, at, { assignmentId }),
  commandOf(ConsentToAssignment, agent, at, { assignmentId }),
];

/** An application is followed by the assignment: for as long as the convention runs, with its quota. */
export const assign = (
  { assignmentId }: Pick<Place, 'assignmentId'>,
  { conventionId, from, to, quota = half }: Pick<Lending, 'conventionId' | 'from' | 'to' | 'quota'>,
  at: string,
  { allottedMinutes, ...aside }: Aside & { readonly allottedMinutes?: number } = {},
): GivenCommand => {
  const terms = { assignmentId, title: { convention: conventionId }, from, to, quota };
  const pooled = allottedMinutes === undefined ? {} : { allottedMinutes };
  return commandOf(AssignAgent, officer, at, { ...terms, ...pooled }, aside);
};

/** One agent at work under one convention with one host, all of whom are in place. */
export const engage = (lending: Omit<Lending, 'agents'>, place: Place, at: string): readonly GivenCommand[] => {
  const whole: Lending = { ...lending, agents: [place.agent] };
  return [...lend(whole, at), ...apply(place, at), assign(place, whole, at)];
};

type Hours = z.input<typeof DeclareHours.schema>;

/** Hours as the agent declares them: three and a half, without a start, unless told otherwise. */
export const hoursOf = (
  { assignmentId, agent }: Place,
  more: Pick<Hours, 'entryId' | 'workDate'> & Partial<Hours>,
): Hours => ({ personId: agent.id, assignmentId, minutes: 210, activity: 'atelier', ...more });
