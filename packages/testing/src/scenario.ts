import { AssertionError, deepStrictEqual } from 'node:assert/strict';
import {
  Actor,
  answer,
  type CommandHandler,
  CommandMeta,
  type Decision,
  decideWith,
  type Fact,
  type Figure,
  type Finding,
  fold,
  Instant,
  LocalDate,
  type Measure,
  type Read,
  type Recorded,
  type Rule,
  type StreamName,
  streamName,
  withoutAbsent,
} from '@probono/domain';
import { assertPlainJson } from '@probono/event-store';

/** What of an envelope a test cares to set; the rest is filled in. */
export interface PastMeta {
  readonly actor?: { readonly id: string; readonly role: string };
  /** Any ISO 8601 instant. */
  readonly recordedAt?: string;
  readonly effectiveOn?: string;
}

/** A fact that is already in the log. */
export interface Past extends PastMeta {
  readonly stream: StreamName;
  readonly fact: Fact;
}

/** A fact that is already in the log of `stream`. */
export const past = (stream: StreamName, fact: Fact, meta: PastMeta = {}): Past => ({ stream, fact, ...meta });

/** Who gives a command, and when. */
export interface When {
  readonly actor: { readonly id: string; readonly role: string };
  /** The clock: any ISO 8601 instant. */
  readonly at: string;
  readonly effectiveOn?: string;
  readonly justification?: string;
  readonly commandId?: string;
}

/** What came of a command; each `expect…` throws an `AssertionError` when it is not so. */
export interface Outcome {
  readonly decision: Decision;
  /** The streams that the decision read, each once, its own first: what `basis` tells an auditor. */
  readonly reads: readonly StreamName[];
  /** Exactly these facts, in this order, streams not compared unless a fact names one. */
  expectEvents(...facts: readonly (Fact & { readonly stream?: StreamName })[]): Outcome;
  /** Accepted, and nothing to record: already so. */
  expectAlreadySo(): Outcome;
  /** Refused by exactly these rules, in any order. */
  expectRefusals(...rules: readonly string[]): Outcome;
  /** Accepted, with exactly these findings noted, in any order. */
  expectFindings(...rules: readonly string[]): Outcome;
  /** The history with what was accepted added to it. */
  next(): Given;
}

/** A history on which commands can be tried. */
export interface Given {
  readonly history: readonly Past[];
  and(...more: readonly Past[]): Given;
  when(command: string, data: unknown, when: When): Outcome;
  /** The folded state of one stream. */
  state(stream: StreamName): unknown;
}

/** The handlers and rules that scenarios are decided by. */
export interface Decider {
  readonly handlers: readonly CommandHandler[];
  readonly rules: Readonly<Record<string, Rule>>;
  /** What read models say; without it no figure is known. */
  readonly figureOf?: (measure: Measure) => Figure | undefined;
}

const nobody = Actor.parse({ id: 'system', role: 'system' });

const record = (
  { stream, fact, actor, recordedAt = '2026-01-01T00:00:00Z', effectiveOn }: Past,
  revision: number,
): Recorded => {
  const at = Instant.parse(recordedAt);
  return {
    ...fact,
    eventId: `00000000-0000-5000-8000-${String(revision).padStart(12, '0')}`,
    stream,
    revision: BigInt(revision),
    schemaVersion: 1,
    recordedAt: at,
    effectiveOn: LocalDate.parse(effectiveOn ?? at.slice(0, 10)),
    tenantId: 'default',
    actor: actor === undefined ? nobody : Actor.parse(actor),
    authority: { capacity: actor?.role ?? 'system' },
    commandId: '00000000-0000-5000-8000-000000000000',
    commandDigest: '0'.repeat(64),
    correlationId: '00000000-0000-5000-8000-000000000000',
    causationId: '00000000-0000-5000-8000-000000000000',
    basis: [],
  };
};

/** A rule whose decision forgot a fact would tell people `{name}`. */
const assertTold = ({ rule, message }: Finding): void => {
  const [missing] = /\{\w+\}/.exec(message.fr + message.en) ?? [];
  if (missing !== undefined) throw new AssertionError({ message: `${rule} is told without ${missing}` });
};

const sorted = (ids: readonly string[]): readonly string[] => [...ids].sort();

/**
 * Given-when-then over pure decisions: no store, no clock, no test runner.
 *
 * @example
 * const { given } = scenarios({ handlers, rules });
 * given(past(stream, Registered.parse({…}))).when('Accredit', {…}, { actor, at }).expectEvents(Accredited.of({…}));
 */
export const scenarios = ({ handlers, rules, figureOf }: Decider): { given(...history: readonly Past[]): Given } => {
  const given = (...history: readonly Past[]): Given => {
    const eventsOf = (stream: StreamName): readonly Recorded[] =>
      history.filter((past) => past.stream === stream).map(record);
    const when = (name: string, data: unknown, { actor: { id, role }, at, ...meta }: When): Outcome => {
      const handler = handlers.find(({ spec }) => spec.name === name);
      if (handler === undefined) throw new Error(`no handler for ${name}`);
      const command = {
        name,
        data: withoutAbsent(handler.spec.schema.parse(data)),
        meta: CommandMeta.parse({ commandId: '00000000-0000-5000-8000-000000000001', ...meta, actor: { id, role } }),
        recordedAt: Instant.parse(at),
      };
      const reads = new Set<StreamName>();
      const stateOf = ({ aggregate, id }: Read): unknown => {
        const stream = streamName(aggregate.category, id);
        reads.add(stream);
        return fold(aggregate, eventsOf(stream));
      };
      const decision = answer(decideWith(handler, rules, command), stateOf, figureOf);
      for (const finding of decision.examined) assertTold(finding);
      // What the log could not hold (an `undefined`, a Date) must fail where it was decided.
      if (decision.accepted) for (const { type, data } of decision.events) assertPlainJson(data, type);
      return outcomeOf(decision, [...reads], command.meta, at, history);
    };
    const state = (stream: StreamName): unknown => {
      const handler = handlers.find(({ aggregate }) => stream.startsWith(`${aggregate.category}-`));
      return handler && fold(handler.aggregate, eventsOf(stream));
    };
    return { history, and: (...more) => given(...history, ...more), when, state };
  };

  const outcomeOf = (
    decision: Decision,
    reads: readonly StreamName[],
    meta: CommandMeta,
    at: string,
    history: readonly Past[],
  ): Outcome => {
    const refusals = decision.accepted ? [] : decision.refusals.map(({ rule }) => rule);
    const outcome: Outcome = {
      decision,
      reads,
      expectEvents(...facts) {
        deepStrictEqual(refusals, [], 'the command was refused');
        const events = decision.accepted ? decision.events : [];
        const plain = events.map(({ type, data, stream }, i) =>
          facts[i]?.stream === undefined ? { type, data } : { type, data, stream },
        );
        deepStrictEqual(
          plain,
          facts.map((fact) => ({ ...fact })),
        );
        return outcome;
      },
      expectAlreadySo: () => outcome.expectEvents(),
      expectRefusals(...expected) {
        deepStrictEqual(sorted(refusals), sorted(expected));
        return outcome;
      },
      expectFindings(...expected) {
        deepStrictEqual(refusals, [], 'the command was refused');
        deepStrictEqual(sorted(decision.accepted ? decision.findings.map(({ rule }) => rule) : []), sorted(expected));
        return outcome;
      },
      next: () =>
        given(
          ...history,
          ...(decision.accepted ? decision.events : []).map(({ stream, type, data }) =>
            past(
              stream,
              { type, data },
              {
                actor: meta.actor,
                recordedAt: at,
                ...(decision.accepted ? { effectiveOn: decision.effectiveOn } : {}),
              },
            ),
          ),
        ),
    };
    return outcome;
  };

  return { given };
};
