import { Cluster, Redis } from 'ioredis';
import type { RedisAddress } from './redis-address.js';

export type RedisConnection = Redis | Cluster;

/** What a connection for sending and one for listening do differently. */
export interface ConnectionManners {
  readonly enableOfflineQueue: boolean;
  readonly maxRetriesPerRequest: number | null;
  readonly commandTimeout?: number;
}

const LONGEST_RETRY_MS = 2_000;

/** Connects in the background and for ever; never throws, tells of trouble by `error` events. */
export function connectRedis(address: RedisAddress, manners: ConnectionManners, random: () => number): RedisConnection {
  // ioredis would wait up to 5 s between attempts; so long should wake-ups not stay away when Redis is back.
  const retry = (times: number) => Math.min(50 * 2 ** times, LONGEST_RETRY_MS) * (0.5 + 0.5 * random());
  const common = { connectTimeout: 4_000, connectionName: 'probono', ...manners };
  if (address.kind === 'single') return new Redis(address.url, { ...common, retryStrategy: retry });

  const { username, password, tls } = address;
  const server = { ...(username && { username }), ...(password && { password }), ...(tls && { tls: {} }) };
  const nodes = [...address.nodes];
  if (address.kind === 'cluster') {
    const { enableOfflineQueue, ...node } = common;
    return new Cluster(nodes, {
      enableOfflineQueue,
      clusterRetryStrategy: retry,
      redisOptions: { ...node, ...server },
    });
  }
  const sentinels = {
    sentinels: nodes,
    name: address.master,
    enableTLSForSentinelMode: tls,
    sentinelRetryStrategy: retry,
  };
  return new Redis({ ...common, ...server, ...sentinels, retryStrategy: retry });
}

/** Whether commands would leave at once. */
export function isLive(redis: RedisConnection): boolean {
  return redis.status === 'ready';
}
