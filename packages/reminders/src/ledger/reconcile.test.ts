import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { engines, type FreshDatabase, freshDatabase } from '../../../../test/support/databases.js';
import { type MailServer, startMailServer } from '../../test/mail-server.js';
import { emptyWorld, ids, type World } from '../../test/world.js';
import { type Mailer, openMailer, type Reminders } from '../index.js';

describe.each(engines)('the ledger, held against the log on %s', (engine) => {
  let database: FreshDatabase;
  let server: MailServer;
  let mailer: Mailer;
  let world: World;
  let reminders: Reminders;
  beforeAll(async () => {
    database = await freshDatabase(engine);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    world = await emptyWorld(database.client);
    await world.people();
    server = await startMailServer();
    mailer = openMailer(server.url);
    reminders = world.sender(mailer);
    await reminders.migrate();
    await world.plan(1, { date: '2026-03-19' });
    expect(await reminders.run()).toMatchObject({ sent: 2 });
  });
  afterEach(async () => {
    await mailer.close();
    await server.close();
  });
  const edit = (set: string) =>
    database.client.query(`UPDATE probono_read.reminder_claims SET ${set} WHERE person_id = $1`, [ids.agent]);

  test('is sound after sending, and when it was lost', async () => {
    expect(await reminders.reconcile()).toEqual({ rows: 2, extra: 0, different: 0, differences: [], sound: true });
    await database.client.query('DELETE FROM probono_read.reminder_claims');
    expect(await reminders.reconcile()).toMatchObject({ rows: 0, sound: true });
  });

  test('is at fault where it settled what the log settled otherwise', async () => {
    await edit(`status = 'dropped'`);
    expect(await reminders.reconcile()).toMatchObject({
      ...{ rows: 2, extra: 0, different: 1, sound: false },
      differences: [{ personId: ids.agent, finding: 'different' }],
    });
  });

  test('is at fault where the log knows nothing of what it settled', async () => {
    await edit(`reminder_id = '0190a000-0000-7000-8000-000000000001'`);
    expect(await reminders.reconcile()).toMatchObject({
      ...{ rows: 2, extra: 1, different: 0, sound: false },
      differences: [{ reminderId: '0190a000-0000-7000-8000-000000000001', finding: 'extra' }],
    });
  });
});
