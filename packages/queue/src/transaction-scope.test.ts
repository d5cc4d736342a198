import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { freshDatabase } from '../../../test/support/databases.js';
import { eventually } from '../test/eventually.js';
import { openQueue } from './queue.js';

test('a ring from inside a transaction does not draw loop or queue into it', async () => {
  const { client, drop } = await freshDatabase('pglite');
  const logger = pino({ level: 'silent' });
  const queue = await openQueue({ kind: 'sql', sql: client }, { logger, random: () => 0.5 });
  let read = 0;
  const run = async () => {
    await client.query('SELECT 1');
    read++;
  };
  await queue.work({ topic: 'local', tickMs: 600_000, run });
  await eventually(() => read === 1);
  await client.transaction(async (tx) => {
    await tx.query('SELECT 1');
    queue.bell.ring('local');
    queue.bell.ring('elsewhere');
  });
  await eventually(() => read >= 2);
  await eventually(async () => (await queue.health()).rings.sent === 2);
  expect((await queue.health()).loops.get('local')).toMatchObject({ failures: 0 });
  await queue.close();
  await drop();
});
