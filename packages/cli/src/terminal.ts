/** Where a command writes: answers to stdout, everything else to stderr. */
export interface Terminal {
  /** Writes one line of the answer; resolves when the reader has room for more. */
  out(line: string): Promise<void>;
  /** Writes one line for a person to read. */
  note(line: string): void;
  /** True when stderr is a terminal: then progress may be drawn over. */
  readonly interactive: boolean;
}

/** The process's own terminal. A reader that went away (`| head`) ends the command quietly. */
export const processTerminal = (): Terminal => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    out: (line) =>
      new Promise((resolve, reject) => {
        process.stdout.write(`${line}\n`, (error) => (error ? reject(error) : resolve()));
      }),
    note: (line) => void process.stderr.write(`${line}\n`),
    interactive: process.stderr.isTTY === true,
  };
};

/** JSON with bigints as numbers where they are safe, else as strings. */
export const json = (value: unknown, indent?: number): string =>
  JSON.stringify(
    value,
    (_key, inner: unknown) =>
      typeof inner === 'bigint'
        ? inner <= BigInt(Number.MAX_SAFE_INTEGER) && inner >= BigInt(Number.MIN_SAFE_INTEGER)
          ? Number(inner)
          : String(inner)
        : inner,
    indent,
  );
