import { Redis } from 'ioredis';

export type RedisConnection = Redis;

/** What a connection for sending and one for listening do differently. */
export interface ConnectionManners {
  readonly enableOfflineQueue?: boolean;
  readonly maxRetriesPerRequest: number | null;
  readonly commandTimeout?: number;
}

const LONGEST_RETRY_MS = 2_000;

/** Connects in the background and for ever; never throws, tells of trouble by `error` events. */
export function connectRedis(url: string, manners: ConnectionManners, random: () => number): RedisConnection {
  return new Redis(url, {
    connectTimeout: 4_000,
    connectionName: 'probono',
    // ioredis would wait up to 5 s between attempts; so long should wake-ups not stay away when Redis is back.
    retryStrategy: (times) => Math.min(50 * 2 ** times, LONGEST_RETRY_MS) * (0.5 + 0.5 * random()),
    ...manners,
  });
}

/** Whether commands would leave at once. */
export function isLive(redis: RedisConnection): boolean {
  return redis.status === 'ready';
}

/** `host:port` of an address, without the password it may hold. */
export function nameOfHosts(url: string): string {
  const hosts = /^[a-z+]+:\/\/(?:[^@/]*@)?([^/?#]*)/i.exec(url)?.[1] ?? '';
  return hosts === '' ? 'an address that cannot be read' : hosts;
}
