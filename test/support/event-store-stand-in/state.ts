import type { Guard } from './access.js';
import { maxAppendSize } from './append.js';
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
  readonly guard: Guard;
  readonly orders: Orders;
  /** The gRPC methods that were called, in order. */
  readonly calls: string[];
  /** Links each event into its category's stream, as the standard projections do. */
  readonly projections: boolean;
  readonly version: string;
  now(): Date;
  /** Destroys all connections. */
  cut(): void;
  members(): readonly Member[];
}

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
  'too-large': () => tooLarge(maxAppendSize),
};
