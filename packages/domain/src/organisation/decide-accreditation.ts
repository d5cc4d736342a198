import { type CommandHandler, type Effective, handle } from '../kernel/command.js';
import type { OrganisationId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import { type Reading, read } from '../kernel/reading.js';
import type { KernelRuleId } from '../kernel/rules.js';
import {
  AccreditHost,
  LapseAccreditation,
  RefuseAccreditation,
  ReinstateAccreditation,
  SuspendAccreditation,
  WithdrawAccreditation,
} from './commands.js';
import { requireRegistered } from './designation.js';
import {
  AccreditationLapsed,
  AccreditationRefused,
  AccreditationReinstated,
  AccreditationSuspended,
  AccreditationWithdrawn,
  HostAccredited,
} from './events.js';
import { type AccreditationStatus, accreditationOn, hasEvidence } from './queries.js';
import type { OrganisationRuleId } from './rules.js';
import { type AccreditationTurn, type OrganisationState, organisation } from './state.js';

type Ruling = Judgement<OrganisationRuleId | KernelRuleId>;
type Data = { readonly organisationId: OrganisationId; readonly administrationId: OrganisationId };

/** What a decision on an accreditation looks at. */
interface Standing {
  /** On the day the command takes effect. */
  readonly status: AccreditationStatus;
  /** As recorded last, which may begin later than that day. */
  readonly last: AccreditationTurn | undefined;
}

const shared = {
  id: ({ organisationId }: Data) => organisationId,
  *context(
    _state: Readonly<OrganisationState>,
    { data }: { readonly data: Data },
  ): Reading<Readonly<OrganisationState>> {
    return yield* read(organisation, data.administrationId);
  },
  zone: ({ registered }: Readonly<OrganisationState>, administration: Readonly<OrganisationState>) =>
    administration.registered?.zone ?? registered?.zone,
};

/** How the accreditation stands, or `undefined` when one of the two organisations is unknown. */
const standing = (
  state: Readonly<OrganisationState>,
  { data, effectiveOn }: Effective<Data>,
  administration: Readonly<OrganisationState>,
  judgement: Ruling,
): Standing | undefined => {
  const host = requireRegistered(judgement, state, data.organisationId);
  const home = requireRegistered(judgement, administration, data.administrationId);
  if (!host || !home) return undefined;
  return {
    status: accreditationOn(state, data.administrationId, effectiveOn),
    last: state.accreditations[data.administrationId]?.at(-1),
  };
};

const requireState = (
  judgement: Ruling,
  { data, effectiveOn }: Effective<Data>,
  { status, last }: Standing,
  holds: boolean,
  expected: readonly string[],
): void => {
  judgement.require('accreditation.wrong-state', holds, {
    organisationId: data.organisationId,
    administrationId: data.administrationId,
    on: effectiveOn,
    status,
    ...(last === undefined ? {} : { recordedLast: last.status, recordedFrom: last.on }),
    expected,
  });
};

const open: readonly AccreditationStatus[] = ['none', 'lapsed', 'withdrawn'];

/** Accreditation of a host by one administration; each command is judged on the day it takes effect. */
export const accreditationHandlers: readonly CommandHandler[] = [
  handle(AccreditHost, organisation, {
    ...shared,
    decide(state, command, administration, judgement: Ruling) {
      const { organisationId, administrationId, until } = command.data;
      const { effectiveOn } = command;
      const now = standing(state, command, administration, judgement);
      if (now === undefined) return [];
      const { status, last } = now;
      const already = last?.status === 'accredited' && last.until === until;
      if (already) return [];
      judgement.require('accreditation.evidence-missing', hasEvidence(state), { organisationId });
      judgement.require('accreditation.already-over', effectiveOn <= until, { on: effectiveOn, until });
      // One that begins before what was recorded last would silently undo it.
      const next = open.includes(status) && (last === undefined || last.on <= effectiveOn);
      requireState(judgement, command, now, next, open);
      return judgement.accept(() => [HostAccredited.of({ administrationId, until })]);
    },
  }),

  handle(RefuseAccreditation, organisation, {
    ...shared,
    decide(state, command, administration, judgement: Ruling) {
      const now = standing(state, command, administration, judgement);
      if (now === undefined || now.last?.status === 'refused') return [];
      const { administrationId } = command.data;
      const next = open.includes(now.status) && (now.last === undefined || now.last.on <= command.effectiveOn);
      requireState(judgement, command, now, next, open);
      return judgement.accept(() => [AccreditationRefused.of({ administrationId })]);
    },
  }),

  handle(SuspendAccreditation, organisation, {
    ...shared,
    decide(state, command, administration, judgement: Ruling) {
      const now = standing(state, command, administration, judgement);
      if (now === undefined || now.last?.status === 'suspended') return [];
      const { administrationId } = command.data;
      const running = now.status === 'accredited' && now.last?.status === 'accredited';
      requireState(judgement, command, now, running, ['accredited']);
      return judgement.accept(() => [AccreditationSuspended.of({ administrationId })]);
    },
  }),

  handle(ReinstateAccreditation, organisation, {
    ...shared,
    decide(state, command, administration, judgement: Ruling) {
      const now = standing(state, command, administration, judgement);
      if (now === undefined) return [];
      const { administrationId } = command.data;
      // Reinstated already: what holds now follows a suspension and ends when that one would have ended.
      const before = state.accreditations[administrationId]?.at(-2);
      const already =
        now.last?.status === 'accredited' && before?.status === 'suspended' && before.until === now.last.until;
      if (already) return [];
      const suspended = now.status === 'suspended' && now.last?.status === 'suspended';
      requireState(judgement, command, now, suspended, ['suspended']);
      return judgement.accept(() => [AccreditationReinstated.of({ administrationId })]);
    },
  }),

  handle(WithdrawAccreditation, organisation, {
    ...shared,
    decide(state, command, administration, judgement: Ruling) {
      const now = standing(state, command, administration, judgement);
      if (now === undefined || now.last?.status === 'withdrawn') return [];
      const { administrationId } = command.data;
      const held = now.status === 'accredited' || now.status === 'suspended';
      requireState(judgement, command, now, held, ['accredited', 'suspended']);
      return judgement.accept(() => [AccreditationWithdrawn.of({ administrationId })]);
    },
  }),

  handle(LapseAccreditation, organisation, {
    ...shared,
    decide(state, command, administration, judgement: Ruling) {
      const now = standing(state, command, administration, judgement);
      if (now === undefined || now.last?.lapseRecordedOn !== undefined) return [];
      const { administrationId } = command.data;
      requireState(judgement, command, now, now.status === 'lapsed', ['lapsed']);
      return judgement.accept(() => [AccreditationLapsed.of({ administrationId })]);
    },
  }),
];
