/** An event as it is proposed. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event as it stands in the log. */
export interface LogRecord extends Proposed {
  readonly stream: string;
  readonly revision: bigint;
  /** Commit and prepare position: the server gives both the same value since it stopped using explicit transactions. */
  readonly position: bigint;
  /** Ticks of 100 ns since 1970, as .NET counts them. */
  readonly created: bigint;
}

/** The stand-in's memory; survives a restart of its server. */
export interface Log {
  readonly all: readonly LogRecord[];
  streamOf(stream: string): readonly LogRecord[];
  /** The event of this id in the stream. */
  find(stream: string, id: string): LogRecord | undefined;
  /** Index in `all` of the first record behind a position. */
  indexBehind(position: bigint): number;
  /** Whether a reader may begin at this position: at a record, or at either end. */
  isBoundary(position: bigint): boolean;
  write(stream: string, events: readonly Proposed[], revision?: bigint): readonly LogRecord[];
  /** Resolves when there are more records than `count`, or the signal is aborted. */
  grown(count: number, signal: AbortSignal): Promise<void>;
}

export const deletedType = '$streamDeleted';

/** A tombstone's event has the highest revision there is. */
export const tombstoneRevision = 9_223_372_036_854_775_807n;

export const createLog = (now: () => Date): Log => {
  const all: LogRecord[] = [];
  const streams = new Map<string, LogRecord[]>();
  const byId = new Map<string, LogRecord>();
  const waiting = new Set<() => void>();
  // Positions are offsets in a file: they rise with what is written, and begin behind what the server wrote itself.
  let end = 1_024n;
  const indexBehind = (position: bigint): number => {
    let [low, high] = [0, all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((all[middle]?.position ?? 0n) > position) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return {
    all,
    indexBehind,
    streamOf: (stream) => streams.get(stream) ?? [],
    find: (stream, id) => byId.get(`${id} ${stream}`),
    isBoundary(position) {
      return position === 0n || position === end || all[indexBehind(position) - 1]?.position === position;
    },
    write(stream, events, revision) {
      const own = streams.get(stream) ?? [];
      streams.set(stream, own);
      const next = revision ?? (own.at(-1)?.revision ?? -1n) + 1n;
      const created = BigInt(now().getTime()) * 10_000n;
      const records = events.map((event, index) => {
        const record = { ...event, stream, revision: next + BigInt(index), position: end, created };
        end += BigInt(96 + event.data.length + event.metadata.length);
        all.push(record);
        own.push(record);
        byId.set(`${event.id} ${stream}`, record);
        return record;
      });
      for (const go of waiting) go();
      return records;
    },
    grown: (count, signal) =>
      new Promise((resolve) => {
        const go = () => {
          if (all.length <= count && !signal.aborted) return;
          waiting.delete(go);
          signal.removeEventListener('abort', go);
          resolve();
        };
        waiting.add(go);
        signal.addEventListener('abort', go);
        go();
      }),
  };
};
