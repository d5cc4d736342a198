import { randomUUID } from 'node:crypto';
import { invalidPosition, streamDeleted } from './failure.js';
import { filterOf } from './filter.js';
import { deletedType, type LogRecord } from './log.js';
import { caughtUpMessage, checkpointMessage, confirmationMessage, eventMessage } from './messages.js';
import type { Outlet } from './outlet.js';
import type { Streams } from './protocol.js';
import type { State } from './state.js';
import { isTombstoned, visibility } from './stream-metadata.js';

/** Events that a live subscription may lag behind before the server has it catch up again. */
export const liveBuffer = 32;

/** Confirms, catches up, says so, and follows the log until the client goes. */
export const subscribe = async (
  { log, now }: State,
  options: Streams.ReadReq.Options,
  stream: string,
  { ended, send, fail }: Outlet,
): Promise<void> => {
  const ofAll = stream === '$all';
  if (!ofAll && isTombstoned(log, stream)) return fail(streamDeleted(stream));
  let index = startOf(log, options);
  if (index === undefined) return fail(invalidPosition());
  const filter = ofAll ? filterOf(options) : undefined;
  const from = options.getStream()?.hasRevision() ? BigInt(options.getStream()?.getRevision() ?? 0) : -1n;
  const resolveLinks = options.getResolveLinks();
  let considered = 0;
  let position = log.all[index - 1]?.position ?? 0n;
  const isOwn = (record: LogRecord) =>
    record.stream === stream && record.revision > from && visibility(log, stream, now())(record);
  /** Looks at one record: sends it, or only counts it. */
  const look = async (): Promise<void> => {
    const record = log.all[index ?? 0];
    if (record === undefined) return;
    index = (index ?? 0) + 1;
    position = record.position;
    const wanted = ofAll ? (filter?.passes(record) ?? true) : isOwn(record);
    if (wanted && !ofAll && record.type === deletedType) return fail(streamDeleted(stream));
    if (wanted) await send(eventMessage(log, record, resolveLinks));
    considered += 1;
    if (filter !== undefined && considered % filter.checkpointEvery === 0) await send(checkpointMessage(position));
  };
  await send(confirmationMessage(randomUUID()));
  while (!ended.aborted) {
    while (index < log.all.length && !ended.aborted) await look();
    if (filter !== undefined) await send(checkpointMessage(position));
    await send(caughtUpMessage());
    while (!ended.aborted && log.all.length - index <= liveBuffer) {
      if (index < log.all.length) await look();
      else await log.grown(index, ended);
    }
    if (filter !== undefined) await send(checkpointMessage(position));
  }
};

const startOf = (log: State['log'], options: Streams.ReadReq.Options): number | undefined => {
  const all = options.getAll();
  if (all?.hasEnd() || options.getStream()?.hasEnd()) return log.all.length;
  const position = all?.getPosition();
  if (position === undefined) return 0;
  const commit = BigInt(position.getCommitPosition());
  return log.isBoundary(commit) ? log.indexBehind(commit) : undefined;
};
