/**
 * The database cannot be used now: server not reachable, login refused, directory not usable or locked. The message is
 * one line, says which server or directory and what to do next, and never holds a password.
 */
export class SqlUnavailable extends Error {
  override name = 'SqlUnavailable';
  /** SQLSTATE or system error code (`ECONNREFUSED`, `28P01`, …) where the driver gave one. */
  readonly code: string | undefined;
  constructor(message: string, options: { cause?: unknown; code?: string | undefined } = {}) {
    super(message.replace(/\s*\n\s*/g, ' '), 'cause' in options ? { cause: options.cause } : undefined);
    this.code = options.code ?? errorCode(options.cause);
  }
}

/** Another client, in this process or another, has the PGlite directory open. */
export class DirectoryLocked extends SqlUnavailable {
  override name = 'DirectoryLocked';
  readonly directory: string;
  /** Process that holds it, on `host`. */
  readonly pid: number;
  readonly host: string;
  constructor(message: string, holder: { directory: string; pid: number; host: string }) {
    super(message);
    this.directory = holder.directory;
    this.pid = holder.pid;
    this.host = holder.host;
  }
}

/**
 * A statement was sent and its answer did not come in time: it may have been done. The connection was given up, so that
 * the next statement gets another one.
 */
export class SqlNoAnswer extends Error {
  override name = 'SqlNoAnswer';
  readonly code = 'ETIMEDOUT';
}

export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

const lostCodes = /^(08|57P0|E(CONNRESET|PIPE|TIMEDOUT|CONNABORTED|HOSTUNREACH|NETUNREACH))/;

/**
 * True when a statement failed because its connection went before the answer came: it may have been carried out, and
 * may be tried again where that does no harm. A database that could not even be asked is {@link SqlUnavailable}.
 */
export function isConnectionLost(error: unknown): boolean {
  const code = errorCode(error);
  if (code !== undefined) return lostCodes.test(code);
  // node-postgres gives no code to what it says itself.
  return error instanceof Error && /connection terminated|connection error|connection ended/i.test(error.message);
}
