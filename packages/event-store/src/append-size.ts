import { AppendTooLarge } from './failure.js';
import { maxAppendBytes, type StreamAppend } from './port.js';

/** What stores write beside a body: ids, type, lengths. */
const bytesBeside = 128;

/** What an append counts against {@link maxAppendBytes}: its bodies, and 128 bytes for each event. */
export const appendBytes = (appends: readonly StreamAppend[]): number => {
  let bytes = 0;
  for (const { events } of appends) for (const { body } of events) bytes += body.byteLength + bytesBeside;
  return bytes;
};

/**
 * What every adapter checks before it sends anything.
 *
 * @throws {AppendTooLarge} when the append exceeds {@link maxAppendBytes}.
 * @throws {TypeError} for what no caller may ask: a stream whose name is empty or begins with `$`, a stream or an event id named
 *   twice.
 */
export const assertAppendable = (appends: readonly StreamAppend[]): void => {
  for (const { stream } of appends) {
    // A log may be copied to any store, and EventStoreDB keeps $ for itself.
    if (!/^[^$]/.test(stream))
      throw new TypeError(`'${stream}' cannot be the name of a stream: it must begin with another character than $`);
  }
  const bytes = appendBytes(appends);
  if (bytes > maxAppendBytes) throw new AppendTooLarge(appends[0]?.stream ?? '', bytes, maxAppendBytes);
  refuseTwice(
    'stream',
    appends.map(({ stream }) => stream),
  );
  refuseTwice(
    'event',
    appends.flatMap(({ events }) => events.map(({ eventId }) => eventId)),
  );
};

const refuseTwice = (what: string, names: readonly string[]): void => {
  if (new Set(names).size === names.length) return;
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  throw new TypeError(`an append names ${what} ${twice} twice`);
};
