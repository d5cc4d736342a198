import type { Actor } from '../kernel/envelope.js';
import type { Judgement } from '../kernel/judgement.js';
import { type Reading, read } from '../kernel/reading.js';
import type { KernelRuleId } from '../kernel/rules.js';
import { isRepresentative } from '../organisation/queries.js';
import { type OrganisationState, organisation } from '../organisation/state.js';
import type { LocalDate, Zone } from '../time/types.js';
import { type ConventionStatus, statusOn } from './queries.js';
import type { ConventionRuleId } from './rules.js';
import type { ConventionState, ConventionText } from './state.js';
import type { Party } from './terms.js';

/** The rules a convention's decisions may look at. */
export type Rules = Judgement<ConventionRuleId | KernelRuleId>;

/** Both parties of a convention. */
export type Parties = { readonly [P in Party]: Readonly<OrganisationState> };

/** Reads both parties; nothing when the convention does not exist. */
export function* parties(state: Readonly<ConventionState>): Reading<Parties | undefined> {
  if (state.terms === undefined) return undefined;
  const home = yield* read(organisation, state.terms.homeId);
  const host = yield* read(organisation, state.terms.hostId);
  return { home, host };
}

/** The site's zone. */
export const zoneOf = (state: Readonly<ConventionState>): Zone | undefined => state.terms?.site.zone;

/** The legal framework that the newest terms were written under. */
export const frameworkRef = ({ terms }: Readonly<ConventionState>): { id: string; version: number } | undefined =>
  terms && { id: terms.framework, version: terms.frameworkVersion };

/** Whom a representative's role stands for. */
export const partyOf = (role: Actor['role']): Party | undefined =>
  role === 'home_representative' ? 'home' : role === 'host_representative' ? 'host' : undefined;

/** Looks at `convention.wrong-state`: is the convention, on that day, where the command needs it? */
export const inStatus = (
  rules: Rules,
  conventionId: string,
  status: ConventionStatus | 'agent-left' | 'agent-unknown',
  expected: readonly ConventionStatus[],
): boolean =>
  rules.require(
    'convention.wrong-state',
    expected.some((each) => each === status),
    { conventionId, status, expected },
  );

/** {@link inStatus} for the status that the state has on a day. */
export const statusIn = (
  rules: Rules,
  state: Readonly<ConventionState>,
  conventionId: string,
  day: LocalDate,
  expected: readonly ConventionStatus[],
): boolean => inStatus(rules, conventionId, statusOn(state, day), expected);

/** Looks at `convention.wrong-state` for an agent whom the text must lend. */
export const lentBy = (rules: Rules, conventionId: string, text: ConventionText, personId: string): boolean =>
  rules.require(
    'convention.wrong-state',
    text.terms.agents.some((agent) => agent.personId === personId),
    { conventionId, personId, status: 'none', expected: 'agent' },
  );

/** Looks at `role.not-designated` for the representatives of the home administration: authority, ethics officer… */
export const designatedByHome = (
  rules: Rules,
  state: Readonly<ConventionState>,
  both: Parties | undefined,
  actor: Actor,
): boolean => {
  const { role } = actor;
  if (both === undefined) return false;
  if (role !== 'authority' && role !== 'ethics_officer' && role !== 'home_representative') return false;
  const scope = state.terms?.homeId ?? 'none';
  return rules.require('role.not-designated', isRepresentative(both.home, actor.id, role), { role, scope });
};

/** Looks at `role.not-designated` for a representative of the party that the actor's role names. */
export const designatedByParty = (
  rules: Rules,
  state: Readonly<ConventionState>,
  both: Parties | undefined,
  actor: Actor,
): boolean => {
  const party = partyOf(actor.role);
  if (both === undefined || party === undefined) return false;
  const scope = (party === 'home' ? state.terms?.homeId : state.terms?.hostId) ?? 'none';
  const holds = isRepresentative(both[party], actor.id, `${party}_representative`);
  return rules.require('role.not-designated', holds, { role: actor.role, scope });
};

/** Looks at `role.not-designated` for an agent who must act in person. */
export const inPerson = (rules: Rules, actor: Actor, personId: string): boolean =>
  actor.role !== 'agent' ||
  rules.require('role.not-designated', actor.id === personId, { role: actor.role, scope: personId });
