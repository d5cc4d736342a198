import {
  ConfirmHours,
  type DeclareHours as Declared,
  DeclareHours,
  PlanSessionSeries,
  ValidateHours,
} from '@probono/domain';
import type * as z from 'zod';
import type { Agent, Home, Host } from '../cast.js';
import { commandOf, type GivenCommand } from '../given-command.js';
import { played } from '../played.js';
import type { Past } from '../scenario.js';
import { employ, settle, welcome } from '../steps.js';
import { apply, assign, hoursOf, type Lending, lend, type Place } from '../steps-lending.js';

/** How far a case is told, each stage after the ones before it. */
export const stages = [
  /** The agent is employed, the association accredited, its mission published. */
  'accredited',
  /** The convention is signed by both parties, the agent having consented. */
  'signed',
  /** The agent is assigned to the mission; the convention is in force from its first day on. */
  'assigned',
  /** Every session is planned. */
  'planned',
  /** The hours of the first session are declared. */
  'declared',
  /** The tutor has confirmed them and HR has validated them. */
  'validated',
] as const;
/** A stage of a founding case; see {@link stages}. */
export type Stage = (typeof stages)[number];

/** What a case is made of. */
export interface Plot {
  readonly agent: Agent;
  readonly host: Host;
  readonly convention: Omit<Lending, 'host' | 'agents'>;
  readonly assignmentId: string;
  readonly series: Omit<z.input<typeof PlanSessionSeries.schema>, 'assignmentId'>;
  readonly hours: Pick<z.input<typeof Declared.schema>, 'entryId' | 'workDate' | 'start' | 'minutes' | 'activity'>;
  /** When each stage is reached: ISO 8601 instants. */
  readonly on: Readonly<Record<Stage, string>>;
}

/** One of the three cases that the project began with, up to a stage. */
export interface FoundingCase {
  readonly home: Home;
  readonly host: Host;
  readonly agent: Agent;
  /** The convention: its id, parties and terms. */
  readonly lending: Lending;
  /** The assignment: its id, who and where. */
  readonly place: Place;
  /** The entry of hours of the first session, from the stage `declared` on. */
  readonly entryId: string;
  /** When the last command was given: an ISO 8601 instant. */
  readonly at: string;
  /** All that was done, in order: what an application or `probono execute` can be given. */
  readonly commands: readonly GivenCommand[];
  /** The facts that the domain decides from them: what a scenario can be given. */
  readonly history: readonly Past[];
}

const commandsTo = (stage: Stage, plot: Plot, lending: Lending, place: Place): readonly GivenCommand[] => {
  const { agent, host, series, hours, on } = plot;
  const at = on[stage];
  const entry = { personId: agent.id, entryId: hours.entryId };
  switch (stage) {
    case 'accredited':
      return [...settle(agent.home, at), ...employ(agent, at), ...welcome(host, agent.home, at)];
    case 'signed':
      return lend(lending, at);
    case 'assigned':
      return [...apply(place, at), assign(place, lending, at)];
    case 'planned':
      return [commandOf(PlanSessionSeries, host.tutor, at, { assignmentId: place.assignmentId, ...series })];
    case 'declared':
      return [commandOf(DeclareHours, agent, at, hoursOf(place, hours))];
    case 'validated':
      return [commandOf(ConfirmHours, host.tutor, at, entry), commandOf(ValidateHours, agent.home.hr, at, entry)];
  }
};

/** Tells a case up to a stage, that one included. */
export const tell = (plot: Plot, upTo: Stage): FoundingCase => {
  const { agent, host, convention, assignmentId } = plot;
  const lending: Lending = { ...convention, host, agents: [agent] };
  const place: Place = { assignmentId, agent, host };
  const told = stages.slice(0, stages.indexOf(upTo) + 1);
  const commands = told.flatMap((stage) => commandsTo(stage, plot, lending, place));
  return {
    ...{ home: agent.home, host, agent, lending, place, entryId: plot.hours.entryId },
    at: plot.on[upTo],
    commands,
    history: played(commands),
  };
};
