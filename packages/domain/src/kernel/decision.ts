import type { LocalDate, Zone } from '../time/types.js';
import { localDateOf } from '../time/zone.js';
import type { Command, CommandHandler } from './command.js';
import type { Proposed } from './event.js';
import { judge } from './judgement.js';
import { type Reading, read } from './reading.js';
import type { Examined, Finding, Rule } from './rule.js';
import { type StreamName, streamName } from './stream.js';

/** A fact to be appended, with the stream it goes to. */
export type Destined = Proposed & { readonly stream: StreamName };

/** The domain said yes: these facts, noted findings, and what they are effective on. No facts: already so. */
export interface Accepted {
  readonly accepted: true;
  readonly events: readonly Destined[];
  readonly findings: readonly Finding[];
  readonly examined: readonly Examined[];
  readonly effectiveOn: LocalDate;
  readonly framework?: { readonly id: string; readonly version: number };
}

/** The domain said no, with every reason at once. */
export interface Refused {
  readonly accepted: false;
  readonly refusals: readonly Finding[];
  readonly examined: readonly Examined[];
}

/** What the domain says to a command. */
export type Decision = Accepted | Refused;

/** The zone of the administration's seat, where neither a site nor an organisation says another. */
const defaultZone = 'Europe/Paris' as Zone;

/** Decides one command; reads what it needs as it goes and does nothing else. */
export function* decideWith(
  handler: CommandHandler,
  rules: Readonly<Record<string, Rule>>,
  command: Command,
): Reading<Decision> {
  const { handling, aggregate, spec } = handler;
  const own = streamName(aggregate.category, handling.id(command.data));
  const state = yield* read(aggregate, handling.id(command.data));
  const context = yield* handling.context(state, command);
  const ledger = judge(rules, command.meta.justification !== undefined);
  ledger.require('role.not-allowed', spec.roles.includes(command.meta.actor.role), {
    command: spec.name,
    role: command.meta.actor.role,
    roles: spec.roles,
  });
  const zone = handling.zone(state, context, command.data) ?? defaultZone;
  const effectiveOn = command.meta.effectiveOn ?? localDateOf(command.recordedAt, zone);
  const proposed = handling.decide(state, { ...command, effectiveOn }, context, ledger);
  const { examined, refusals, notes } = ledger;
  if (refusals.length > 0) return { accepted: false, refusals, examined };
  const framework = handling.framework?.(state, context, command.data);
  return {
    accepted: true,
    events: proposed.map((fact) => ({ ...fact, stream: fact.stream ?? own })),
    findings: notes,
    examined,
    effectiveOn,
    ...(framework === undefined ? {} : { framework }),
  };
}
