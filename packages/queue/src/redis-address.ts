import { QueueUnavailable } from './unavailable.js';

/** One server, a Redis Cluster, or servers that Sentinels watch over. */
export type RedisAddress =
  | { readonly kind: 'single'; readonly url: string; readonly hosts: string }
  | ({ readonly kind: 'cluster' } & SeveralHosts)
  | ({ readonly kind: 'sentinel'; readonly master: string } & SeveralHosts);

interface SeveralHosts {
  /** As written, without credentials. */
  readonly hosts: string;
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly tls: boolean;
  readonly username?: string;
  readonly password?: string;
}

const SHAPE =
  /^redis(?<tls>s)?(?:\+(?<kind>cluster|sentinel))?:\/\/(?:(?<who>[^@/]*)@)?(?<hosts>[^/?#@]+)(?:\/(?<path>[^?#]*))?(?:[?#].*)?$/;

/**
 * Reads `redis://host:port/db`, `redis+cluster://host:port,host:port` or `redis+sentinel://host:port,host:port/master`;
 * `rediss` for TLS; `user:password@` before the hosts.
 *
 * @throws {QueueUnavailable} when it is none of these.
 */
export function readRedisAddress(url: string): RedisAddress {
  const parts = SHAPE.exec(url)?.groups;
  const hosts = parts?.hosts;
  if (parts === undefined || hosts === undefined) {
    // The address itself stays out of the message: it may hold a password.
    throw new QueueUnavailable(
      'The Redis address must be redis://host:port, redis+cluster://host:port,… or redis+sentinel://host:port,…/master ' +
        '(rediss for TLS): correct it.',
    );
  }
  if (parts.kind === undefined) return { kind: 'single', url, hosts };
  const several = { hosts, nodes: nodesOf(hosts, parts.kind), tls: parts.tls !== undefined, ...credentials(parts.who) };
  if (parts.kind === 'cluster') return { kind: 'cluster', ...several };
  if (!parts.path) throw new QueueUnavailable(`The address of the Sentinels ${hosts} must end in /name-of-the-master.`);
  return { kind: 'sentinel', master: decodeURIComponent(parts.path), ...several };
}

function nodesOf(hosts: string, kind: string): SeveralHosts['nodes'] {
  const usualPort = kind === 'sentinel' ? '26379' : '6379';
  return hosts.split(',').map((node) => {
    const [, host = node, port = usualPort] = /^(.*?)(?::(\d+))?$/.exec(node) ?? [];
    return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) };
  });
}

function credentials(who: string | undefined): { username?: string; password?: string } {
  if (!who) return {};
  const [username = '', password = ''] = who.split(/:(.*)/).map(decodeURIComponent);
  return { ...(username && { username }), ...(password && { password }) };
}
