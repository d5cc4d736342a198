import type { Guard } from './access.js';
import { defaultMaxAppendSize } from './append.js';
import {
  accessDenied,
  busy,
  type Failure,
  internal,
  noLeader,
  notLeader,
  notReady,
  streamDeleted,
  timeout,
  tooLarge,
  unauthenticated,
  unimplemented,
  unknownError,
} from './failure.js';
import type { Log } from './log.js';
import type { Misbehaviour, Orders } from './orders.js';

/** A node as gossip tells of it. */
export interface Member {
  readonly host: string;
  readonly port: number;
  readonly state: 'leader' | 'follower' | 'read-only-replica' | 'catching-up';
  readonly alive?: boolean;
}

/** What all calls share. */
export interface State {
  readonly log: Log;
  /** Why a call may not go on here: its account, or that it wants the leader and this node is not. */
  readonly admit: Guard;
  readonly orders: Orders;
  /** The gRPC methods that were called, in order. */
  readonly calls: string[];
  /** Links each event into its category's stream, as the standard projections do. */
  readonly projections: boolean;
  readonly version: string;
  readonly maxAppendSize: number;
  now(): Date;
  /** Ends the calls that stream, for an orderly end of the server. */
  readonly streaming: Set<() => void>;
  /** Destroys all connections. */
  cut(): void;
  members(): readonly Member[];
}

/** Lets calls that require the leader go on there only. */
export const leaderOnly =
  (guard: Guard, port: () => number, members: () => readonly Member[]): Guard =>
  (call, operation, stream) => {
    const refused = guard(call, operation, stream);
    if (refused !== undefined || call.metadata.get('requires-leader')[0] !== 'true') return refused;
    const leader = members().find(({ state, alive = true }) => alive && state === 'leader');
    if (leader?.port === port()) return undefined;
    return leader === undefined ? noLeader() : notLeader(leader.host, leader.port);
  };

/** The failure that an order asks for; undefined for orders that are no answer. */
export const failureAsOrdered = (order: Misbehaviour, stream: string): Failure | undefined => {
  if (typeof order === 'object') {
    return 'notLeader' in order ? notLeader(order.notLeader.host, order.notLeader.port) : undefined;
  }
  return ordered[order]?.(stream);
};

const ordered: Partial<Record<Extract<Misbehaviour, string>, (stream: string) => Failure>> = {
  timeout,
  'timeout-after-commit': timeout,
  busy,
  'not-ready': notReady,
  'no-leader': noLeader,
  unknown: unknownError,
  internal,
  unimplemented,
  unauthenticated,
  'access-denied': accessDenied,
  'stream-deleted': streamDeleted,
  'too-large': () => tooLarge(defaultMaxAppendSize),
};
