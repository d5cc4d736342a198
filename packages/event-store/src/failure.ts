/** The store cannot be reached or does not answer in time; nothing was appended. Try later. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** The append was sent and its answer lost: it may have happened. Append the same bytes again, or look. */
export class UnknownOutcome extends Error {
  override readonly name = 'UnknownOutcome';
}

/** An append exceeds the size that every store takes; nothing was sent. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';
  constructor(
    readonly stream: string,
    readonly bytes: number,
    readonly limit: number,
  ) {
    super(`append to ${stream} has ${bytes} bytes; at most ${limit} fit: split the command`);
  }
}
