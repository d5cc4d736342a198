/** What the adapter needs to know of a connection string. */
export interface Address {
  /** As the client takes it: scheme `esdb` or `esdb+discover`. */
  readonly url: string;
  /** Host and port of the first node, for messages: a connection string itself may hold a password. */
  readonly place: string;
  readonly user: string | undefined;
  readonly credentials: { readonly username: string; readonly password: string };
}

// Those that the client knows. Of one that it does not, it would print the whole string, password included.
const known = [
  'tls',
  'tlscafile',
  'usercertfile',
  'userkeyfile',
  'connectionname',
  'defaultdeadline',
  'discoveryinterval',
  'gossiptimeout',
  'maxdiscoverattempts',
  'nodepreference',
  'keepaliveinterval',
  'keepalivetimeout',
];

const why: Readonly<Record<string, string>> = {
  tlsverifycert: 'the client always verifies certificates: give the authority with tlsCAFile=/path/ca.crt',
  throwonappendfailure: 'the adapter needs the client’s own default',
};

const form = /^(?:esdb|kurrentdb|kurrent|kdb)(\+discover)?:\/\/(?:([^:@/?]+):([^@/?]+)@)?([^@?/]+)\/?(?:\?(.*))?$/i;

/**
 * Reads `esdb://`, `esdb+discover://`, `kurrentdb://` and `kurrentdb+discover://` (also `kurrent` and `kdb`).
 *
 * @throws {TypeError} with one line that says what to change, and never the password.
 */
export const readConnectionString = (url: string): Address => {
  const [, discover = '', username, password, hosts = '', query = ''] = form.exec(url.trim()) ?? [];
  if (hosts === '') {
    throw new TypeError(
      'not an address of EventStoreDB or KurrentDB: write esdb://user:password@host:2113?tls=true, with the user and password percent-encoded',
    );
  }
  const options = readOptions(query);
  const secure = options.get('tls') !== 'false';
  const place = hosts.split(',')[0] ?? hosts;
  if (secure && (username === undefined || password === undefined)) {
    throw new TypeError(`${place} is to be asked over TLS: put user:password@ before the host, or add ?tls=false`);
  }
  const user = username === undefined ? '' : `${username}:${password}@`;
  return {
    url: `esdb${discover.toLowerCase()}://${user}${hosts}${query === '' ? '' : `?${query}`}`,
    place,
    user: username === undefined ? undefined : decoded(username),
    credentials: { username: decoded(username ?? ''), password: decoded(password ?? '') },
  };
};

const readOptions = (query: string): ReadonlyMap<string, string> => {
  const options = new Map<string, string>();
  for (const pair of query.split('&').filter((each) => each !== '')) {
    const [name = '', value = ''] = pair.split('=');
    const key = name.toLowerCase().replace(/[_-]/g, '');
    if (!known.includes(key)) {
      throw new TypeError(
        `the EventStoreDB address has the option ${name}: ${why[key] ?? 'the client does not know it'}`,
      );
    }
    options.set(key, value.trim().toLowerCase());
  }
  return options;
};

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new TypeError('the user or password of the EventStoreDB address is not percent-encoded');
  }
};
