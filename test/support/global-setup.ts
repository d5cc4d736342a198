// Jest loads its setup through require, which finds no .ts behind a .js; hence the .ts names here and in what it needs.
import { findBinary, startPostgres, startRedis, type TestServer } from './servers.ts';

declare global {
  // Jest runs setup and teardown as two modules of one process; this is what they share.
  var probonoTestServers: readonly TestServer[] | undefined;
}

/** One PostgreSQL and one Redis for the whole run; suites take databases and key prefixes of their own. */
export default async function globalSetup(): Promise<void> {
  const missing: string[] = [];
  const start = async (variable: string, name: string, present: boolean, open: () => Promise<TestServer>) => {
    if (!present) {
      missing.push(name);
      return [];
    }
    const server = await open();
    process.env[variable] = server.url;
    return [server];
  };
  const results = await Promise.allSettled([
    start('PROBONO_TEST_POSTGRES_URL', 'PostgreSQL', postgresPresent(), () => startPostgres({ fsync: false })),
    start('PROBONO_TEST_REDIS_URL', 'Redis', redisPresent(), () => startRedis()),
  ]);
  globalThis.probonoTestServers = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed || (missing.length > 0 && process.env.CI === 'true')) {
    await Promise.all(globalThis.probonoTestServers.map((server) => server.stop()));
    throw failed ? failed.reason : new Error(`CI must cover every backend, but ${missing.join(' and ')} is missing.`);
  }
  if (missing.length > 0) {
    process.stderr.write(
      `\n${missing.join(' and ')} not found: suites for several backends run on the embedded ones only, and those that need ${missing.join(' or ')} are skipped.\n`,
    );
  }
  if (!process.env.PROBONO_TEST_EVENTSTOREDB_URL) {
    process.stderr.write(
      '\nPROBONO_TEST_EVENTSTOREDB_URL is not set: the suite of EventStoreDB runs on the stand-in, and is skipped on a real server.\n',
    );
  }
}

function postgresPresent(): boolean {
  return (
    Boolean(process.env.POSTGRES_URL) || (findBinary('postgres') !== undefined && findBinary('initdb') !== undefined)
  );
}

function redisPresent(): boolean {
  return Boolean(process.env.REDIS_URL) || findBinary('redis-server') !== undefined;
}
