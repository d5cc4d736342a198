import {
  type Basis,
  type Catalogue,
  type Command,
  type CommandHandler,
  type Decision,
  decideWith,
  type Measure,
  type ProjectionBasis,
  type Read,
  type StreamName,
  streamName,
} from '@probono/domain';
import type { Codec, DecodedEvent, EventStore } from '@probono/event-store';
import { type Loaded, load } from './history.js';
import type { StateCache } from './state-cache.js';

/**
 * Gives a figure of a read model, by the parameters that its measure names; `undefined` when it cannot tell. `value`
 * is a whole number, `position` how far in the log the read model had come.
 */
export type FigureSource = (
  params: Measure['params'],
) => Promise<{ readonly value: number; readonly projection: string; readonly position: bigint } | undefined>;

/** What a decision is read from. */
export interface ConsiderParts {
  readonly store: EventStore;
  readonly codec: Codec;
  readonly catalogue: Catalogue;
  readonly figures?: Readonly<Record<string, FigureSource>>;
}

/** A decision with what it was based on. */
export interface Considered {
  readonly decision: Decision;
  /** The stream that the command is decided on. */
  readonly stream: StreamName;
  readonly basis: readonly Basis[];
  /** The streams among the basis. */
  readonly streams: readonly StreamName[];
  /** What this very command appended earlier. */
  readonly own: readonly DecodedEvent[];
  /** True when a state came from the cache: then only an append that checks the basis makes the decision good. */
  readonly remembered: boolean;
}

/**
 * Answers a decision's reads, and keeps what each was based on. The stream that the command is decided on and those
 * that it writes are read from the store in any case; what else it reads may come from `cache`.
 */
export const consider = async (
  parts: ConsiderParts,
  handler: CommandHandler,
  command: Command,
  cache?: StateCache,
): Promise<Considered> => {
  const { commandId } = command.meta;
  const loaded = new Map<string, Loaded>();
  const recalled = new Set<string>();
  const figures: ProjectionBasis[] = [];
  const own = streamName(handler.aggregate.category, handler.handling.id(command.data));

  const fresh = async (read: Read): Promise<Loaded> => {
    const now = await load(parts, read, commandId);
    const { stream, revision, state, commandIds } = now;
    cache?.remember({ stream, revision, state, commandIds });
    return now;
  };
  const once = async (read: Read): Promise<Loaded> => {
    const stream = streamName(read.aggregate.category, read.id);
    const known = loaded.get(stream);
    if (known !== undefined) return known;
    const old = stream === own ? undefined : cache?.recall(stream);
    // A command that has been carried out is answered with its events, which the cache does not hold.
    const usable = old !== undefined && !old.commandIds.has(commandId);
    if (usable) recalled.add(stream);
    const taken = usable ? { ...old, own: [] } : await fresh(read);
    loaded.set(stream, taken);
    return taken;
  };

  const readOf = (stream: string): Read => {
    const [category, ...id] = stream.split('-');
    const aggregate = parts.catalogue.aggregates[category ?? ''];
    if (aggregate === undefined) throw new Error(`no aggregate for the stream ${stream}`);
    return { aggregate, id: id.join('-') };
  };
  /** What this command appended earlier to streams that it needs no more, now that it is done: its events name them. */
  const elsewhere = async (events: readonly DecodedEvent[]): Promise<readonly DecodedEvent[]> => {
    const read = events.flatMap(({ basis }) => basis.flatMap((one) => ('stream' in one ? [one.stream] : [])));
    const missed = [...new Set(read)].filter((stream) => !loaded.has(stream));
    return (await Promise.all(missed.map((stream) => load(parts, readOf(stream), commandId)))).flatMap(
      ({ own }) => own,
    );
  };

  const reading = decideWith(handler, parts.catalogue.rules, command);
  const figureOf = async ({ measure, params }: Measure): Promise<unknown> => {
    const figure = await parts.figures?.[measure]?.(params);
    if (figure !== undefined) figures.push({ projection: figure.projection, position: figure.position });
    return figure;
  };
  let step = reading.next();
  while (!step.done)
    step = reading.next('measure' in step.value ? await figureOf(step.value) : (await once(step.value)).state);
  // A stream that is only written to must be known too: its revision is what the append expects.
  for (const stream of written(step.value)) {
    const read = readOf(stream);
    const before = await once(read);
    if (!recalled.has(stream)) continue;
    const now = await fresh(read);
    if (now.revision !== before.revision) return consider(parts, handler, command);
    recalled.delete(stream);
    loaded.set(stream, now);
  }
  const all = [...loaded.values()];
  const before = all.flatMap((one) => one.own);
  return {
    decision: step.value,
    stream: own,
    basis: [...all.map(({ stream, revision }) => ({ stream, revision })), ...figures],
    streams: all.map(({ stream }) => stream),
    own: [...before, ...(await elsewhere(before))].sort((a, b) => (a.position < b.position ? -1 : 1)),
    remembered: recalled.size > 0,
  };
};

const written = (decision: Decision): ReadonlySet<string> =>
  new Set(decision.accepted ? decision.events.map(({ stream }) => stream) : []);
