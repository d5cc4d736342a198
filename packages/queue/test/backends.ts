import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { engines, freshDatabase, redisUrl } from '../../../test/support/databases.js';
import type { QueueBackend } from '../src/queue.js';

/** A backend of a suite's own, and a look at what it stores. */
export interface TestBackend {
  readonly backend: QueueBackend;
  /** Every stored job of the topic, as the backend keeps it. */
  rawJobs(topic: string): Promise<readonly Record<string, unknown>[]>;
  drop(): Promise<void>;
}

/** The backends this machine can test. */
export const backends: readonly (readonly [string, () => Promise<TestBackend>])[] = [
  ...(redisUrl === undefined ? [] : [['Redis', () => redisBackend(redisUrl ?? '')] as const]),
  ...engines.map((engine) => [engine, () => sqlBackend(engine)] as const),
];

async function redisBackend(url: string): Promise<TestBackend> {
  const prefix = `{probono-${randomBytes(6).toString('hex')}}`;
  const redis = new Redis(url);
  return {
    backend: { kind: 'redis', url, prefix },
    async rawJobs(topic) {
      const keys = await redis.keys(`${prefix}:${topic}:*`);
      const jobs = keys.filter((key) => /^\d+$/.test(key.slice(`${prefix}:${topic}:`.length)));
      return Promise.all(jobs.map((key) => redis.hgetall(key)));
    },
    async drop() {
      const keys = await redis.keys(`${prefix}:*`);
      if (keys.length > 0) await redis.del(...keys);
      redis.disconnect();
    },
  };
}

async function sqlBackend(engine: (typeof engines)[number]): Promise<TestBackend> {
  const { client, drop } = await freshDatabase(engine);
  return {
    backend: { kind: 'sql', sql: client },
    rawJobs: (topic) => client.query('SELECT * FROM bullmq.job WHERE queue = $1', [topic]),
    drop,
  };
}
