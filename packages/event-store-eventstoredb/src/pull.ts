import { TooLate } from './failure.js';

/** Takes what a stream of the client has, in order, and waits for more: with a limit, or until aborted. */
export interface Pull<E> {
  /** What has arrived and was not taken yet; undefined when there is nothing now. */
  take(): E | undefined;
  /** How many were taken, and how many wait to be. */
  readonly taken: number;
  readonly waiting: number;
  readonly ended: boolean;
  /**
   * Resolves when there is something to look at: an event, the end, a {@link notice}, or an aborted signal.
   *
   * @throws what the stream failed with; {@link TooLate} after so many milliseconds of silence.
   */
  more(signals: readonly AbortSignal[], milliseconds?: number): Promise<void>;
  /** Ends a wait. */
  notice(): void;
  /** Ends the call; the server hears of it. */
  close(): void;
}

/** What is used of a readable stream; the client brings Node's types in an older form. */
interface Source<E> {
  on(event: 'readable' | 'end', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  /** Typed by Node as anything at all. */
  read(): E | null;
  readonly readableLength: number;
  removeListener(event: 'readable', listener: () => void): unknown;
  resume(): unknown;
}

/** `cancel` must end the call behind the stream: leaving the stream alone would leave it open. */
export const pull = <E>(stream: Source<E>, cancel: () => Promise<void>): Pull<E> => {
  let taken = 0;
  let ended = false;
  let failure: { readonly error: unknown } | undefined;
  let wake = () => {};
  const notice = () => wake();
  const arm = (go: () => void) => {
    wake = go;
  };
  stream.on('readable', notice);
  stream.on('end', () => {
    ended = true;
    notice();
  });
  // Listened to until the very end: an error that nobody hears would end the process.
  stream.on('error', (error) => {
    failure ??= { error };
    notice();
  });
  return {
    take() {
      const event = stream.read();
      if (event !== null) taken += 1;
      return event ?? undefined;
    },
    get taken() {
      return taken;
    },
    get waiting() {
      return stream.readableLength;
    },
    get ended() {
      return ended;
    },
    notice,
    async more(signals, milliseconds) {
      // What came before a failure is taken first.
      if (stream.readableLength > 0 || ended || signals.some(({ aborted }) => aborted)) return;
      if (failure === undefined) await woken(arm, signals, milliseconds);
      if (failure !== undefined && stream.readableLength === 0) throw failure.error;
    },
    close() {
      cancel().catch(() => undefined);
      // What nobody takes any more must run out: the client counts a call as open until its last byte was read.
      stream.removeListener('readable', notice);
      stream.resume();
    },
  };
};

const woken = (
  arm: (go: () => void) => void,
  signals: readonly AbortSignal[],
  milliseconds: number | undefined,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const late = milliseconds && setTimeout(() => done(new TooLate('no answer in time')), milliseconds);
    const done = (error?: Error) => {
      if (late) clearTimeout(late);
      for (const signal of signals) signal.removeEventListener('abort', go);
      if (error) reject(error);
      else resolve();
    };
    const go = () => done();
    arm(go);
    for (const signal of signals) signal.addEventListener('abort', go);
  });
