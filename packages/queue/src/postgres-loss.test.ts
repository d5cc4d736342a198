import { expect, test } from '@jest/globals';
import { openSql } from '@probono/sql';
import { pino } from 'pino';
import { findBinary, startPostgres } from '../../../test/support/servers.js';
import { eventually } from '../test/eventually.js';
import { openQueue } from './queue.js';

// A shared PostgreSQL must not be interrupted.
const ownPostgres = !process.env.POSTGRES_URL && findBinary('postgres') !== undefined;

(ownPostgres ? test : test.skip)(
  'a restart of PostgreSQL is outlived, and wake-ups come back',
  async () => {
    const server = await startPostgres({ fsync: false });
    const [here, there] = [await openSql(server.url), await openSql(server.url)];
    const options = { logger: pino({ level: 'silent' }), random: () => 0.5 };
    const host = await openQueue({ kind: 'sql', sql: here }, options);
    const elsewhere = await openQueue({ kind: 'sql', sql: there }, options);
    let runs = 0;
    await host.work({ topic: 'woken', tickMs: 600_000, run: async () => void runs++ });
    elsewhere.bell.ring('woken');
    await eventually(() => runs === 2);

    await server.restart();
    await eventually(async () => {
      elsewhere.bell.ring('woken');
      return (await elsewhere.health()).reachable;
    });
    await eventually(() => {
      elsewhere.bell.ring('woken');
      return runs > 3;
    }, 20_000);
    expect((await host.health()).loops.get('woken')).toMatchObject({ failures: 0 });
    await Promise.all([host.close(), elsewhere.close()]);
    await Promise.all([here.close(), there.close()]);
    await server.stop();
  },
  60_000,
);
