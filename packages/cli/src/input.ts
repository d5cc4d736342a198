import { constants, createReadStream } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { UsageError } from './exit.js';

/** What a stream gives, up to its end or to the signal, whichever comes first: nobody may ever write to a pipe again. */
async function* untilSignal(input: Readable, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const end = (): void => void input.destroy();
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  try {
    yield* input;
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** A file, or standard input for `-`. */
export const inputOf = async (file: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> => {
  if (file === '-') return untilSignal(process.stdin, signal);
  try {
    await access(file, constants.R_OK);
    if ((await stat(file)).isDirectory()) throw new Error('a directory');
  } catch {
    throw new UsageError(`${file} cannot be read; name an NDJSON file, or - for standard input`);
  }
  return untilSignal(createReadStream(file), signal);
};
