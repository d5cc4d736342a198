import { SqlUnavailable } from '../unavailable.js';

/** Where a PostgreSQL URL points, without its password. */
export interface PostgresAddress {
  /** `host:port/database`, to be shown to people. */
  readonly shown: string;
  /** The URL with these `-c name=value` settings added for every session. */
  withSettings(settings: Readonly<Record<string, string>>): string;
}

export function postgresAddress(url: string): PostgresAddress {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    // Not kept as the cause: Node's error repeats its input, password and all.
    throw new SqlUnavailable(
      'The PostgreSQL address is not a URL; write it as postgres://user:password@host:port/database.',
    );
  }
  const host =
    parsed.searchParams.get('host') ?? (parsed.hostname === '' ? 'localhost' : decodeURIComponent(parsed.hostname));
  const port = parsed.port === '' ? (parsed.searchParams.get('port') ?? '5432') : parsed.port;
  return {
    shown: `${host}:${port}${parsed.pathname}`,
    withSettings(settings) {
      const added = Object.entries(settings).map(([name, value]) => `-c ${name}=${value.replace(/[\\\s]/g, '\\$&')}`);
      const given = parsed.searchParams.get('options');
      const changed = new URL(parsed);
      changed.searchParams.set('options', [...(given === null ? [] : [given]), ...added].join(' '));
      // URLSearchParams writes spaces as +, which not every reader of connection strings turns back.
      changed.search = changed.search.replaceAll('+', '%20');
      return changed.href;
    },
  };
}
