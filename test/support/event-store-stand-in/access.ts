import { accessDenied, type Failure, unauthenticated } from './failure.js';
import type { Log } from './log.js';
import type { Call } from './protocol.js';
import { type Acl, isMetastream, metadataOf } from './stream-metadata.js';

/** Someone who may log in. */
export interface Account {
  readonly name: string;
  readonly password: string;
  readonly groups: readonly string[];
}

/** `admin` may do everything, `probono` read and write streams and read the whole log, `reader` only read. */
export const defaultAccounts: readonly Account[] = [
  { name: 'admin', password: 'changeit', groups: ['$admins'] },
  { name: 'probono', password: 'écrire:lire', groups: ['writers', 'readers'] },
  { name: 'reader', password: 'regarder', groups: ['readers'] },
];

const userStreams: Acl = { $r: ['readers'], $w: ['writers'], $d: ['writers'], $mr: ['readers'], $mw: ['writers'] };
const theWholeLog: Acl = { $r: ['readers'] };

/** Decides whether a call may go on; undefined when it may. */
export type Guard = (call: Call, operation: keyof Acl, stream: string) => Failure | undefined;

/** Basic authentication over TLS; a server without TLS asks for nothing, as the real one's `--insecure`. */
export const createGuard = (log: Log, accounts: readonly Account[] | undefined): Guard => {
  if (accounts === undefined) return () => undefined;
  return (call, operation, stream) => {
    const header = call.metadata.get('authorization')[0];
    if (header === undefined) return accessDenied();
    const account = accounts.find(({ name, password }) => basic(name, password) === String(header));
    if (account === undefined) return unauthenticated();
    return mayDo(account, rolesFor(log, operation, stream)) ? undefined : accessDenied();
  };
};

const basic = (name: string, password: string): string =>
  `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;

const mayDo = ({ name, groups }: Account, roles: readonly string[]): boolean =>
  groups.includes('$admins') || roles.some((role) => role === '$all' || role === name || groups.includes(role));

const rolesFor = (log: Log, operation: keyof Acl, stream: string): readonly string[] => {
  const [own, asked] = isMetastream(stream)
    ? [stream.slice(2), operation === '$r' ? ('$mr' as const) : ('$mw' as const)]
    : [stream, operation];
  const standard = own === '$all' ? theWholeLog : own.startsWith('$') ? {} : userStreams;
  const roles = metadataOf(log, own).$acl?.[asked] ?? standard[asked] ?? [];
  return typeof roles === 'string' ? [roles] : roles;
};
