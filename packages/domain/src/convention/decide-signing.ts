import { type CommandHandler, handle } from '../kernel/command.js';
import { type Reading, read } from '../kernel/reading.js';
import { isRepresentative } from '../organisation/queries.js';
import { person } from '../person/state.js';
import type { LocalDate } from '../time/types.js';
import { chainEnd, monthsOf } from './chain.js';
import { DeclineSignature, SignConvention } from './commands.js';
import {
  ConventionAmended,
  ConventionRenewed,
  ConventionSigned,
  ConventionSignedByParty,
  SignatureDeclined,
} from './events.js';
import { convention } from './evolve.js';
import { type ConventionStatus, statusOn } from './queries.js';
import { frameworkRef, inStatus, type Parties, parties, type Rules, zoneOf } from './standing.js';
import type { ConventionState, ConventionText } from './state.js';
import { type Party, present } from './terms.js';

const open: readonly ConventionStatus[] = ['submitted', 'partially_signed', 'signed', 'in_force', 'suspended'];

/** The frozen text that is to be signed; looks at what keeps the actor from signing anything at all. */
const onTheTable = (
  rules: Rules,
  state: Readonly<ConventionState>,
  { conventionId, party }: { readonly conventionId: string; readonly party: Party },
  actorId: string,
  both: Parties | undefined,
  day: LocalDate,
): ConventionText | undefined => {
  const status = statusOn(state, day);
  if (status === 'draft') {
    rules.require('convention.not-frozen', false, { conventionId });
    return undefined;
  }
  const ended = state.pending !== undefined && state.pending.terms.to < day && state.texts.length === 0;
  if (!inStatus(rules, conventionId, ended ? 'expired' : status, open) || both === undefined) return undefined;
  const known = isRepresentative(both[party], actorId, `${party}_representative`);
  return rules.require('convention.signatory-unknown', known, { parties: [party] }) ? state.pending : undefined;
};

/** Looks at `not-communicated` and `consent-missing` for every agent, as they stand on the day of signature. */
const judgeAgreement = (rules: Rules, { version, terms, ...text }: ConventionText, day: LocalDate): void => {
  const by = (dates: Readonly<Record<string, LocalDate>>, personId: string): boolean => {
    const on = dates[personId];
    return on !== undefined && on <= day;
  };
  const required = text.submission?.required;
  const all = terms.agents.map(({ personId }) => personId);
  const untold = required?.communication ? all.filter((personId) => !by(text.communicated, personId)) : [];
  rules.require('convention.not-communicated', untold.length === 0, { version, personIds: untold });
  const told = all.filter((personId) => !untold.includes(personId));
  const unwilling = required?.consent ? told.filter((personId) => !by(text.consents, personId)) : [];
  rules.require('convention.consent-missing', unwilling.length === 0, { version, personIds: unwilling });
};

/** Months of agent × host once the text on the table binds, the longest among its agents; 0 when the end stays. */
function* cumulativeMonths(state: Readonly<ConventionState>, conventionId: string): Reading<number> {
  const { pending, terms } = state;
  if (pending === undefined || terms === undefined || pending.terms.to <= terms.to) return 0;
  let months = 0;
  for (const { personId } of pending.terms.agents) {
    const chain = chainEnd(yield* read(person, personId), conventionId, pending.terms);
    months = Math.max(months, monthsOf(chain));
  }
  return months;
}

const sign = handle(SignConvention, convention, {
  id: (data) => data.conventionId,
  *context(state, { data }) {
    return { both: yield* parties(state), months: yield* cumulativeMonths(state, data.conventionId) };
  },
  zone: zoneOf,
  framework: frameworkRef,
  decide(state, { data, meta, effectiveOn }, { both, months }, rules: Rules) {
    const { conventionId, ...signature } = data;
    const { party, version, docHash } = data;
    const bound = [state.pending, ...state.texts].find((text) => text?.version === version);
    const signed = bound?.signatures[party];
    if (signed?.personId === meta.actor.id && bound?.submission?.docHash === docHash) return [];
    if (signed && bound !== state.pending) {
      rules.require('convention.already-signed-by-party', false, { party, version });
      return [];
    }
    const text = onTheTable(rules, state, data, meta.actor.id, both, effectiveOn);
    if (text === undefined) {
      if (!rules.refused()) inStatus(rules, conventionId, 'signed', ['submitted', 'partially_signed']);
      return [];
    }
    const same = text.version === version && text.submission?.docHash === docHash;
    rules.require('convention.hash-mismatch', same, { version, frozen: text.version });
    const free = text.signatures[party] === undefined;
    rules.require('convention.already-signed-by-party', free, { party, version: text.version });
    judgeAgreement(rules, text, effectiveOn);
    return rules.accept(() => [ConventionSignedByParty.of(present(signature)), ...bindingFacts(text, party, months)]);
  },
});

/** What the last signature that was needed brings about. */
const bindingFacts = ({ version, terms, effectiveFrom, signatures }: ConventionText, party: Party, months: number) => {
  if (signatures[party === 'home' ? 'host' : 'home'] === undefined) return [];
  if (effectiveFrom === undefined) return [ConventionSigned.of({ version })];
  const amended = ConventionAmended.of({ version, effectiveFrom });
  return months === 0 ? [amended] : [amended, ConventionRenewed.of({ to: terms.to, cumulativeMonths: months })];
};

const decline = handle(DeclineSignature, convention, {
  id: (data) => data.conventionId,
  context: parties,
  zone: zoneOf,
  framework: frameworkRef,
  decide(state, { data, meta, effectiveOn }, both, rules: Rules) {
    const { conventionId, party, version } = data;
    if (state.declined?.version === version && state.declined.party === party) return [];
    const text = onTheTable(rules, state, data, meta.actor.id, both, effectiveOn);
    if (text === undefined) {
      if (!rules.refused()) inStatus(rules, conventionId, 'signed', ['submitted', 'partially_signed']);
      return [];
    }
    rules.require('convention.hash-mismatch', text.version === version, { version, frozen: text.version });
    return rules.accept(() => [SignatureDeclined.of({ party, version })]);
  },
});

/** The two parties sign, or decline. */
export const signingHandlers: readonly CommandHandler[] = [sign, decline];
