/** A line of an NDJSON input: its number (from 1) and its text, or why it cannot be read. */
export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly problem: string };

const newline = 0x0a;

/**
 * Splits a stream of bytes into lines, empty ones left out. A line over `maxBytes` is counted, not kept: memory stays
 * bounded whatever comes in. Each line is decoded by itself, so that bytes that are not UTF-8 spoil one line only.
 */
export async function* linesOf(input: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Line> {
  let number = 1;
  let kept: Uint8Array[] = [];
  let bytes = 0;
  const take = (part: Uint8Array): void => {
    bytes += part.byteLength;
    if (bytes <= maxBytes) kept.push(part);
    else kept = [];
  };
  const finish = (): Line | undefined => {
    const line = lineOf(number, kept, bytes, maxBytes);
    number += 1;
    kept = [];
    bytes = 0;
    return line;
  };
  for await (const chunk of input) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, from)) {
      take(chunk.subarray(from, at));
      const line = finish();
      if (line !== undefined) yield line;
      from = at + 1;
    }
    // A copy: the stream may reuse its buffer for the next chunk.
    if (from < chunk.byteLength) take(Uint8Array.from(chunk.subarray(from)));
  }
  const last = finish();
  if (last !== undefined) yield last;
}

const lineOf = (number: number, parts: readonly Uint8Array[], bytes: number, maxBytes: number): Line | undefined => {
  if (bytes > maxBytes) return { number, problem: `the line has ${bytes} bytes; at most ${maxBytes} are read` };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)).trim();
    return text === '' ? undefined : { number, text };
  } catch {
    return { number, problem: 'the line is not UTF-8' };
  }
};
