/** A statement in node-postgres' object form; `name` (a prepared statement) is accepted and has no effect on PGlite. */
export interface PgQueryConfig {
  readonly text: string;
  readonly values?: readonly unknown[];
  readonly name?: string;
}

/** What a statement gave, in node-postgres' shape. */
export interface PgQueryResult<Row = Record<string, unknown>> {
  rows: Row[];
  rowCount: number | null;
  command: string;
}

/** A `NOTIFY` as node-postgres delivers it. */
export interface PgNotification {
  channel: string;
  payload?: string;
  /** Of the PostgreSQL back end that sent it. */
  processId?: number;
}

/** What runs statements in node-postgres' way: a pool or one client of it. */
export interface PgQueryable {
  query<Row = Record<string, unknown>>(
    statement: string | PgQueryConfig,
    params?: readonly unknown[],
  ): Promise<PgQueryResult<Row>>;
}

/** One checked-out connection. On PGlite it holds the session from `BEGIN` to `COMMIT`, `ROLLBACK` or `release()`. */
export interface PgPoolClientLike extends PgQueryable {
  /** Gives the connection back; a transaction still open is rolled back. */
  release(destroy?: boolean | Error): void;
  on(event: 'notification', listener: (message: PgNotification) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'end', listener: () => void): this;
  removeListener(event: 'notification', listener: (message: PgNotification) => void): this;
  removeAllListeners(event?: string): this;
}

/** The part of node-postgres' `Pool` that libraries ask for. */
export interface PgPoolLike extends PgQueryable {
  connect(): Promise<PgPoolClientLike>;
  /** Ends this pool; the client it came from stays open. */
  end(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'connect', listener: (client: PgPoolClientLike) => void): this;
  removeAllListeners(event?: string): this;
}
