import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Unavailable } from '@probono/event-store';
import { migrate, openSql, type SqlClient, SqlUnavailable } from '@probono/sql';
import { type FreshDatabase, freshDatabase, postgresUrl } from '../../../test/support/databases.js';
import { type Certificates, makeCertificates } from '../../../test/support/event-store-stand-in/certificates.js';
import { sampleEvents } from '../../../test/support/event-store-stand-in/sample-events.js';
import { startPostgres, type TestServer } from '../../../test/support/servers.js';
import { eventStoreMigrations } from './migrations.js';
import { postgresEventStore } from './postgres-event-store.js';

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );
const drain = async (items: AsyncIterable<unknown>): Promise<number> => {
  let count = 0;
  for await (const _ of items) count += 1;
  return count;
};

(postgresUrl ? describe : describe.skip)('accounts of PostgreSQL', () => {
  const role = `reader_${Math.random().toString(36).slice(2)}`;
  let database: FreshDatabase;
  let reader: SqlClient;
  const rights = (...statements: readonly string[]) => database.client.exec(statements.join(';'));
  beforeAll(async () => {
    database = await freshDatabase('postgres');
    await migrate(database.client, 'event-store', eventStoreMigrations);
    await postgresEventStore(database.client).append('mission-1', 'none', sampleEvents(3));
    await rights(`CREATE ROLE ${role} LOGIN PASSWORD 'regarder'`);
    const url = new URL(database.url);
    [url.username, url.password] = [role, 'regarder'];
    reader = await openSql(url.href);
  });
  afterAll(async () => {
    await reader.close();
    await rights(`DROP OWNED BY ${role}`, `DROP ROLE ${role}`);
    await database.drop();
  });

  test('one without any right is told so, and what to do', async () => {
    const store = postgresEventStore(reader);
    const line = /: the account has no right to \(permission denied for schema probono\): grant it, or use/;
    const works = [store.append('mission-1', 2n, sampleEvents(1)), store.lastPosition(), drain(store.readAll())];
    for (const failure of await Promise.all(works.map(failureOf))) {
      expect(failure).not.toBeInstanceOf(Unavailable);
      expect(String(failure)).toMatch(line);
    }
  });

  test('one that may only read reads, and is told that it may not append', async () => {
    await rights(
      `GRANT USAGE ON SCHEMA probono TO ${role}`,
      `GRANT SELECT ON ALL TABLES IN SCHEMA probono TO ${role}`,
      `GRANT SELECT ON ALL SEQUENCES IN SCHEMA probono TO ${role}`,
    );
    const store = postgresEventStore(reader);
    expect(await drain(store.readAll())).toBe(3);
    const failure = await failureOf(store.append('mission-1', 2n, sampleEvents(1)));
    expect(failure).not.toBeInstanceOf(Unavailable);
    expect(String(failure)).toMatch(
      /^Error: nothing was appended: the account has no right to \(permission denied for/,
    );
    expect(await store.streamInfo('mission-1')).toEqual({ stream: 'mission-1', revision: 2n });
  });

  test('a database that is read-only for now is Unavailable', async () => {
    const sql = await openSql(`${database.url}?options=-c%20default_transaction_read_only%3Don`);
    const append = postgresEventStore(sql).append('mission-1', 2n, sampleEvents(1));
    await expect(append).rejects.toThrow(/nothing was appended \(.*read-only transaction\); try again/);
    await expect(append).rejects.toThrow(Unavailable);
    await sql.close();
  });
});

describe.each(postgresUrl ? (['pglite', 'postgres'] as const) : (['pglite'] as const))(
  'a database without a log, on %s',
  (engine) => {
    test('is told apart from one that is away', async () => {
      const { client, drop } = await freshDatabase(engine);
      const store = postgresEventStore(client);
      const works = [store.append('mission-1', 'none', sampleEvents(1)), store.lastPosition()];
      for (const failure of await Promise.all(works.map(failureOf))) {
        expect(failure).not.toBeInstanceOf(Unavailable);
        expect(String(failure)).toMatch(/the database has no log, or an older one .*: apply the migrations first$/);
      }
      await drop();
    });
  },
);

(postgresUrl && !process.env.POSTGRES_URL ? describe : describe.skip)('certificates of PostgreSQL', () => {
  let directory: string;
  let own: Certificates;
  let stranger: Certificates;
  let server: TestServer;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'probono-certificates-'));
    const folders = [join(directory, 'own'), join(directory, 'stranger')] as const;
    for (const folder of folders) await mkdir(folder);
    [own, stranger] = [await makeCertificates(folders[0]), await makeCertificates(folders[1])];
    server = await startPostgres({ fsync: false, certificates: own });
  });
  afterAll(async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  });
  const trusting = (caFile?: string) =>
    `${server.url}?sslmode=verify-full${caFile ? `&sslrootcert=${encodeURIComponent(caFile)}` : ''}`;

  test('one of an authority that is given is trusted', async () => {
    const sql = await openSql(trusting(own.caFile));
    expect(await sql.query('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()')).toEqual([{ ssl: true }]);
    await sql.close();
  });

  test.each([
    ['of an authority that is not trusted', () => trusting()],
    ['of another authority than the one given', () => trusting(stranger.caFile)],
  ])('one %s is named as the reason', async (_, url) => {
    const failure = await failureOf(openSql(url()));
    expect(failure).toBeInstanceOf(SqlUnavailable);
    expect(String(failure)).toMatch(/its certificate is not trusted \(.*\)\. Give its authority with sslrootcert=/);
  });

  test('an authority whose file is missing is named', async () => {
    const failure = await failureOf(openSql(trusting(join(directory, 'nowhere.crt'))));
    expect(failure).toBeInstanceOf(SqlUnavailable);
    expect(String(failure)).toMatch(/nowhere\.crt/);
    expect(String(failure)).not.toContain(new URL(server.url).password);
  });

  test('a server without TLS is told apart from one that is away', async () => {
    const failure = await failureOf(openSql(`${postgresUrl}?sslmode=verify-full`));
    expect(String(failure)).toMatch(/speaks no TLS\. Switch TLS on there, or take sslmode out of the address\./);
  });
});
