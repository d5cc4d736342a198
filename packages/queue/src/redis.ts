import { Queue as BullQueue, Worker as BullWorker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Line } from './carrier.js';
import type { LossLog } from './loss-log.js';
import { messageOf } from './loss-log.js';
import { readRedisAddress } from './redis-address.js';
import { connectRedis, isLive, type RedisConnection } from './redis-connection.js';
import { QueueUnavailable } from './unavailable.js';

/** BullMQ's key prefix. In braces, so that a Redis Cluster keeps all of a queue's keys in one slot. */
export const REDIS_PREFIX = '{probono}';

const REQUIRED_WITHIN_MS = 5_000;
const HOPED_FOR_WITHIN_MS = 1_000;

export interface RedisLineOptions {
  readonly url: string;
  readonly prefix: string;
  readonly required: boolean;
  readonly random: () => number;
  readonly logger: Logger;
  readonly lossLog: LossLog;
}

/** Connects to Redis; throws {@link QueueUnavailable} when it is required and not there. */
export async function openRedisLine(options: RedisLineOptions): Promise<Line> {
  const { url, prefix, required, random, logger, lossLog } = options;
  const address = readRedisAddress(url);
  // The sender fails at once instead of queueing: a wake-up that comes late is worth nothing.
  const sender = connectRedis(
    address,
    { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: 500 },
    random,
  );
  let listener: RedisConnection | undefined;
  const blocking: RedisConnection[] = [];
  const problem = await firstProblem(sender, required);
  if (problem !== undefined && required) {
    sender.on('error', () => undefined);
    sender.disconnect();
    throw new QueueUnavailable(
      `Redis at ${address.hosts} cannot be used (${problem}): start it or correct its address. ` +
        'Redis is optional; without it wake-ups go through the database.',
    );
  }
  sender.on('error', lossLog.trouble);
  if (problem === undefined) await adviseOn(sender, address.hosts, logger);
  else sender.once('ready', () => void adviseOn(sender, address.hosts, logger));

  return {
    kind: 'redis',
    live: () => isLive(sender),
    ping: () => sender.ping(),
    // The version check would ask INFO on every connection and print to the console; it is asked once above.
    sender: (topic, options) =>
      new BullQueue(topic, { ...options, connection: sender, prefix, skipVersionCheck: true }),
    listener(topic, processor, options) {
      if (listener === undefined) {
        listener = connectRedis(address, { enableOfflineQueue: true, maxRetriesPerRequest: null }, random);
        listener.on('error', lossLog.trouble);
        keepDuplicates(listener, blocking);
      }
      return new BullWorker(topic, processor, { ...options, connection: listener, prefix, skipVersionCheck: true });
    },
    async close() {
      for (const connection of [...blocking, sender, listener]) connection?.disconnect();
    },
  };
}

/** Waits until the connection is usable, or says why it is not. */
function firstProblem(redis: RedisConnection, required: boolean): Promise<string | undefined> {
  return new Promise((resolve) => {
    let lastError: unknown;
    const settle = (problem: string | undefined) => {
      clearTimeout(timer);
      redis.off('ready', onReady);
      redis.off('error', onError);
      resolve(problem);
    };
    const onReady = () => settle(undefined);
    const onError = (error: unknown) => {
      lastError = error;
      // A required Redis may be a moment late (both were started together); otherwise nobody waits for it.
      if (!required) settle(messageOf(error));
    };
    const waitMs = required ? REQUIRED_WITHIN_MS - 500 : HOPED_FOR_WITHIN_MS;
    const timer = setTimeout(
      () => settle(lastError === undefined ? `no answer within ${waitMs / 1000} s` : messageOf(lastError)),
      waitMs,
    );
    redis.on('ready', onReady);
    redis.on('error', onError);
  });
}

/** Warns of what would lose wake-ups: eviction takes keys of a queue one by one and leaves it inconsistent. */
async function adviseOn(redis: RedisConnection, hosts: string, logger: Logger): Promise<void> {
  try {
    const info = await redis.info();
    const field = (name: string) => new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim();
    const policy = field('maxmemory_policy');
    if (policy !== undefined && policy !== 'noeviction') {
      logger.warn(
        { policy },
        `Redis at ${hosts} evicts keys (maxmemory-policy ${policy}); set it to noeviction, or wake-ups get lost`,
      );
    }
    const [major = 7, minor = 0] = (field('redis_version') ?? '').split('.').map(Number);
    if (major < 6 || (major === 6 && minor < 2)) {
      logger.warn(`Redis at ${hosts} is older than 6.2, which BullMQ was not made for; upgrade it`);
    }
  } catch (error) {
    logger.debug({ error: messageOf(error) }, 'maxmemory-policy of Redis could not be read');
  }
}

/** BullMQ makes a blocking connection of its own per listener; kept, so that closing can end it whatever state it is in. */
function keepDuplicates(redis: RedisConnection, kept: RedisConnection[]): void {
  const keep = <Connection extends RedisConnection>(copy: Connection): Connection => {
    copy.on('error', () => undefined);
    kept.push(copy);
    return copy;
  };
  if (redis instanceof Redis) {
    const duplicate = redis.duplicate.bind(redis);
    redis.duplicate = (...args: Parameters<typeof duplicate>) => keep(duplicate(...args));
  } else {
    const duplicate = redis.duplicate.bind(redis);
    redis.duplicate = (...args: Parameters<typeof duplicate>) => keep(duplicate(...args));
  }
}
