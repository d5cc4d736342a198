import { WrongExpectedVersionError } from '@eventstore/db-client';
import type { StreamName } from '@probono/domain';
import {
  type Appended,
  appendBytes,
  assertAppendable,
  type Conflict,
  type EventToAppend,
  type ExpectedRevision,
} from '@probono/event-store';
import { toProposed } from './event.js';
import { appendFailure, TooLate, Unreadable } from './failure.js';
import { meaningOf } from './meaning.js';
import { lastOf, positionAt, type Reader } from './read.js';

/** Moves from one leader to the next within one append. */
const moves = 3;
/** What the own limit leaves to the client's, which says more about what failed. */
const graceMs = 500;

/** Appends all events or none. */
export const appendTo = async (
  reader: Reader,
  stream: StreamName,
  expected: ExpectedRevision,
  events: readonly EventToAppend[],
): Promise<Appended | Conflict> => {
  assertAppendable([{ stream, expected, events }]);
  if (events.length === 0) return look(reader, stream, expected);
  for (let move = 1; ; move++) {
    try {
      return await send(reader, stream, expected, events);
    } catch (error) {
      if (error instanceof Unreadable) throw error;
      if (error instanceof WrongExpectedVersionError) {
        return { outcome: 'conflict', stream, expected, actual: actualIn(error) };
      }
      const isMove = meaningOf(error, reader.connection).kind === 'not leader' && move < moves;
      if (!isMove) throw appendFailure(error, stream, appendBytes([{ stream, expected, events }]), reader.connection);
      // Nothing was done there. The client turns to the leader it was told of, but a moment after it has thrown.
      await new Promise(setImmediate);
    }
  }
};

const send = async (
  reader: Reader,
  stream: StreamName,
  expected: ExpectedRevision,
  events: readonly EventToAppend[],
): Promise<Appended> => {
  const { timeoutMs } = reader;
  const { client, credentials } = reader.connection;
  const proposed = events.map((event) => toProposed(stream, event));
  // Credentials of its own make the client send an append as a call of its own, with a deadline, and keep it off the
  // batch stream, where the failure of one append takes others with it. Without TLS they are not sent.
  const result = await inTime(
    client.appendToStream(stream, proposed, {
      expectedRevision: expected === 'none' ? 'no_stream' : expected,
      credentials,
      deadline: timeoutMs,
    }),
    timeoutMs + graceMs,
  );
  const revision = (expected === 'none' ? -1n : expected) + BigInt(events.length);
  if (result.nextExpectedRevision !== revision) {
    throw new Unreadable(
      `${stream} went on at revision ${result.nextExpectedRevision}, not ${revision}: it was deleted or cut off before`,
    );
  }
  const { position } = result;
  const known = position !== undefined && position.commit === position.prepare;
  return {
    outcome: 'appended',
    revision,
    position: known ? position.commit : await positionAt(reader, stream, revision),
  };
};

/** An append of nothing asks where the stream stands; the server would answer that without its position. */
const look = async (reader: Reader, stream: StreamName, expected: ExpectedRevision): Promise<Appended | Conflict> => {
  const last = await lastOf(reader, stream);
  const actual = last?.revision ?? 'none';
  if (actual !== expected) return { outcome: 'conflict', stream, expected, actual };
  return { outcome: 'appended', revision: last?.revision ?? -1n, position: last?.position ?? 0n };
};

const actualIn = ({ actualVersion }: WrongExpectedVersionError): ExpectedRevision =>
  typeof actualVersion === 'bigint' && actualVersion >= 0n ? actualVersion : 'none';

const inTime = async <T>(promise: Promise<T>, milliseconds: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate('no answer in time')), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};
