import type { Command } from '@probono/domain';
import { categoryOf } from '@probono/domain';
import type { Appended, Conflict } from '@probono/event-store';
import { type Facts, traced } from '@probono/tracing';
import type { Outcome } from './outcome.js';

const by = '@probono/application';

/** Carries out a command in a span, the first of what will have come of it. */
export const executeTraced = (command: Command, execute: (command: Command) => Promise<Outcome>): Promise<Outcome> => {
  const { commandId, correlationId = commandId } = command.meta;
  const facts = {
    'probono.command': command.name,
    'probono.command_id': commandId,
    'probono.correlation_id': correlationId,
    'probono.role': command.meta.actor.role,
  };
  return traced({ by, name: `execute ${command.name}`, trace: { correlationId }, facts }, async (span) => {
    const outcome = await execute(command);
    if (span.heard) span.say(factsOf(outcome));
    return outcome;
  });
};

const factsOf = (outcome: Outcome): Facts => {
  const came = { 'probono.outcome': outcome.kind };
  switch (outcome.kind) {
    case 'accepted':
      return {
        ...came,
        'probono.repeated': outcome.repeated,
        'probono.events': outcome.events.map(({ type }) => type),
        'probono.stream_categories': [...new Set(outcome.events.map(({ stream }) => categoryOf(stream)))],
        'probono.rules': outcome.warnings.map(({ rule }) => rule),
        ...(outcome.position === undefined ? {} : { 'probono.position': Number(outcome.position) }),
      };
    case 'refused':
      return { ...came, 'probono.rules': outcome.refusals.map(({ rule }) => rule) };
    case 'conflict':
      return { ...came, 'probono.stream_categories': [outcome.conflict.stream.replace(/-.*$/, '')] };
    case 'unavailable':
    case 'unknown-outcome':
      return came;
    default:
      return outcome satisfies never;
  }
};

/** Appends in a span under that of the command. */
export const appendTraced = <T extends Pick<Appended, 'outcome' | 'position'> | Conflict>(
  streams: readonly string[],
  events: number,
  append: () => Promise<T>,
): Promise<T> =>
  traced(
    {
      by,
      name: 'append',
      facts: { 'probono.events': events, 'probono.stream_categories': [...new Set(streams.map(categoryOf))] },
    },
    async (span) => {
      const result = await append();
      span.say({
        'probono.outcome': result.outcome,
        ...(result.outcome === 'appended' ? { 'probono.position': Number(result.position) } : {}),
      });
      return result;
    },
  );
