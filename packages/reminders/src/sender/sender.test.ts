import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ContactPreferencesChanged, streamName } from '@probono/domain';
import { engines, type FreshDatabase, freshDatabase } from '../../../../test/support/databases.js';
import { type MailServer, startMailServer } from '../../test/mail-server.js';
import { emptyWorld, ids, runUntil, type World } from '../../test/world.js';
import type { Mailer, Reminders } from '../index.js';
import { openMailer } from '../index.js';

const thursday = { date: '2026-03-19' };
/** Of a sender whose mail is to be taken over at once. */
const leaseMs = 400;

describe.each(engines)('reminders on %s', (engine) => {
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
  });
  afterEach(async () => {
    await mailer.close();
    await server.close();
  });

  const subjects = (address = 'julien@example.org') =>
    server.inbox.filter(({ to }) => to.includes(address)).map(({ mail }) => mail.subject);

  describe('what is due', () => {
    test('is sent once, to each in their language, and recorded', async () => {
      await world.plan(1, thursday);
      expect(await reminders.run()).toMatchObject({ state: 'done', mails: 2, sent: 2 });
      expect(subjects()).toEqual(['Séance planifiée le jeudi 19 mars 2026']);
      expect(subjects('moira@example.org')).toEqual(['Session planned on Thursday 19 March 2026']);
      expect(await world.told(ids.agent)).toEqual(['NotificationSent']);
      expect(await reminders.run()).toMatchObject({ mails: 0 });
      expect(server.inbox).toHaveLength(2);
    });
    test('comes in its time, from due to due', async () => {
      await world.plan(1, thursday);
      await reminders.run();
      for (let next = await reminders.nextDueAt(world.now()); next; next = await reminders.nextDueAt(world.now())) {
        world.at(next);
        await reminders.run();
      }
      expect(subjects()).toEqual([
        'Séance planifiée le jeudi 19 mars 2026',
        'Rappel : séance du jeudi 19 mars 2026',
        'Rappel : séance du jeudi 19 mars 2026',
        'Rappel : séance du jeudi 19 mars 2026',
        'Heures à déclarer : séance du jeudi 19 mars 2026',
      ]);
      expect(subjects('moira@example.org')).toHaveLength(4);
    });
    test('is sent once by two senders at work at the same time', async () => {
      for (let n = 1; n <= 3; n += 1) await world.plan(n, { date: `2026-03-${18 + n}` });
      const other = world.sender(mailer);
      const runs = await Promise.all([reminders.run(), other.run(), reminders.run(), other.run()]);
      expect(runs.reduce((sum, { sent }) => sum + sent, 0)).toBe(6);
      expect(server.inbox).toHaveLength(6);
      expect(new Set(server.inbox.map(({ mail }) => mail.messageId)).size).toBe(6);
    });
    test('is not sent to a person whose key was destroyed; it is recorded so', async () => {
      world.erase(ids.agent);
      await world.plan(1, thursday);
      expect(await reminders.run()).toMatchObject({ mails: 1, dropped: 1 });
      expect(subjects()).toEqual([]);
      expect(await world.told(ids.agent)).toEqual(['NotificationDropped']);
    });
    test('is not sent by mail to a person who wants none', async () => {
      await world.plan(1, thursday);
      await world.record(
        streamName('person', ids.agent),
        ContactPreferencesChanged.parse({ channels: [], remindersBefore: ['J-1'] }),
      );
      expect(await reminders.run()).toMatchObject({ mails: 1, dropped: 1 });
      expect(await world.told(ids.agent)).toEqual(['NotificationDropped']);
    });
    test('is dropped, and recorded so, once the session has begun', async () => {
      await world.plan(1, thursday);
      await reminders.run();
      world.at('2026-03-19T13:30Z');
      expect(await reminders.run()).toMatchObject({ mails: 0, dropped: 6 });
      expect(await world.told(ids.agent)).toEqual([
        'NotificationSent',
        'NotificationDropped',
        'NotificationDropped',
        'NotificationDropped',
      ]);
    });
    test('is dropped when the session has moved on before it could be sent', async () => {
      await world.plan(1, thursday);
      await reminders.run();
      world.at('2026-03-12T09:00Z');
      await world.move(1, 2, thursday, { date: '2026-03-26' });
      expect(await reminders.run()).toMatchObject({ mails: 2, dropped: 2 });
      expect(subjects().at(-1)).toBe('Séance déplacée au jeudi 26 mars 2026');
    });
    test('and late waits for sending hours', async () => {
      await world.plan(1, thursday);
      await reminders.run();
      world.at('2026-03-12T22:00Z');
      expect(await reminders.run()).toMatchObject({ mails: 0, postponed: 2 });
      expect(await reminders.nextDueAt(world.now())).toBe('2026-03-13T07:00:00.000Z');
      world.at('2026-03-13T07:00Z');
      expect(await reminders.run()).toMatchObject({ mails: 2 });
    });
  });

  test('nothing is claimed until the plan has reached the log', async () => {
    await world.plan(1, thursday);
    await world.readModels.pause('reminder_plan');
    expect(await reminders.run()).toMatchObject({ state: 'waiting' });
    await world.readModels.resume('reminder_plan');
    expect(await reminders.run()).toMatchObject({ state: 'done', mails: 2 });
  });

  describe('more than three mails to one person in a day', () => {
    test('are one that names all it covers', async () => {
      for (let n = 1; n <= 4; n += 1) await world.plan(n, { date: `2026-03-${18 + n}` });
      expect(await reminders.run()).toMatchObject({ mails: 2, sent: 8 });
      expect(subjects()).toEqual(['4 informations sur vos séances et vos heures']);
      const [mail] = server.inbox;
      expect(mail?.mail.attachments.map(({ filename, method }) => [filename, method])).toEqual([
        ['session-1.ics', 'REQUEST'],
        ['session-2.ics', 'REQUEST'],
        ['session-3.ics', 'REQUEST'],
        ['session-4.ics', 'REQUEST'],
      ]);
      expect(await world.told(ids.agent)).toEqual(['NotificationSent']);
      expect(await reminders.run()).toMatchObject({ mails: 0 });
    });
    test('hold what is still to come on that day', async () => {
      world.at('2026-03-02T07:00Z');
      // Told at 08:00 of the site; their J-1 has its hour at 09:00.
      await world.plan(1, { date: '2026-03-03', start: '14:00', minutes: 60 });
      await world.plan(2, { date: '2026-03-03', start: '16:00', minutes: 60 });
      expect(await reminders.run()).toMatchObject({ mails: 2, sent: 8 });
      world.at('2026-03-02T08:00Z');
      expect(await reminders.run()).toMatchObject({ mails: 0 });
      expect(subjects()).toEqual(['4 informations sur vos séances et vos heures']);
    });
    test('count those that went out before', async () => {
      for (let n = 1; n <= 3; n += 1) await world.plan(n, { date: `2026-03-${18 + n}` });
      expect(await reminders.run()).toMatchObject({ mails: 6 });
      world.at('2026-03-02T10:00Z');
      await world.plan(4, { date: '2026-03-25' });
      await world.plan(5, { date: '2026-03-26' });
      expect(await reminders.run()).toMatchObject({ mails: 2, sent: 4 });
      expect(subjects()).toHaveLength(4);
    });
  });

  test('while the plan is rebuilt, all goes by the old one: nothing early, nothing twice', async () => {
    const { client: sql } = database;
    const { waitFor } = world.readModels;
    // As a service of its own, which leaves filling the plan to another.
    const sender = world.sender(mailer, { readModels: { advance: async () => 'idle', waitFor } });
    await world.plan(1, thursday);
    await world.move(1, 2, thursday, { date: '2026-03-26' });
    await world.readModels.advance('reminder_plan');
    expect(await sender.run()).toMatchObject({ mails: 2 });

    await world.readModels.rebuild('reminder_plan');
    const stop = new AbortController();
    let steps = 0;
    const worker = world.modelsOver({
      rebuildBatchSize: 1,
      sql: {
        ...sql,
        async transaction(work) {
          const done = await sql.transaction(work);
          if (++steps === 7) stop.abort();
          return done;
        },
      },
    });
    expect(await worker.advance('reminder_plan', { signal: stop.signal })).toBe('busy');
    // The new plan knows of the session, and not yet that it was moved.
    const rows = await sql.query('SELECT DISTINCT version FROM probono_read.reminder_plan_due_g2');
    expect(rows).toEqual([{ version: 1 }]);

    world.at('2026-03-12T09:00Z');
    expect(await sender.run()).toMatchObject({ state: 'done', mails: 0 });
    world.at('2026-03-19T09:00Z');
    expect(await sender.run()).toMatchObject({ mails: 2, sent: 2 });
    expect(await worker.advance('reminder_plan')).toBe('idle');
    expect(await sender.run()).toMatchObject({ state: 'done', mails: 0 });
    expect(server.inbox).toHaveLength(4);
  });

  describe('what was sent', () => {
    beforeEach(async () => {
      await world.plan(1, thursday);
      await reminders.run();
      expect(server.inbox).toHaveLength(2);
    });
    test('is not sent again by a rebuilt plan', async () => {
      await world.readModels.rebuild('reminder_plan');
      await world.sender(mailer).run();
      expect(server.inbox).toHaveLength(2);
    });
    test('is not sent again when the ledger was emptied', async () => {
      await database.client.exec('TRUNCATE probono_read.reminder_claims');
      expect(await world.sender(mailer).run()).toMatchObject({ mails: 0 });
      expect(server.inbox).toHaveLength(2);
    });
    test('is not sent again when the whole database was lost', async () => {
      await database.client.exec('DROP SCHEMA probono_read CASCADE; DROP SCHEMA probono CASCADE');
      await world.readModels.migrate();
      const after = world.sender(mailer);
      await after.migrate();
      expect(await after.run()).toMatchObject({ state: 'done', mails: 0 });
      expect(server.inbox).toHaveLength(2);
    });
  });

  describe('a mail server', () => {
    test('that says "later" is asked again later', async () => {
      server.answer = (to) => (to.startsWith('julien') ? 451 : undefined);
      await world.plan(1, thursday);
      expect(await reminders.run()).toMatchObject({ state: 'done', mails: 1, failed: 1 });
      expect(await reminders.status()).toMatchObject({ due: 1, retrying: 1, parked: 0 });
      server.answer = () => undefined;
      await database.client.exec(
        "UPDATE probono_read.reminder_claims SET retry_at = clock_timestamp() - interval '1 s'",
      );
      expect(await reminders.run()).toMatchObject({ mails: 1 });
      expect(subjects()).toHaveLength(1);
    });
    test('that refuses an address for good has the mail parked, not the others', async () => {
      server.answer = (to) => (to.startsWith('julien') ? 550 : undefined);
      await world.plan(1, thursday);
      expect(await reminders.run()).toMatchObject({ mails: 1, parked: 1 });
      expect(await world.told(ids.agent)).toEqual(['NotificationParked']);
      expect(await reminders.run()).toMatchObject({ mails: 0 });
    });
    test('that cannot be reached leaves all as it was', async () => {
      await server.close();
      await world.plan(1, thursday);
      expect(await reminders.run()).toMatchObject({ state: 'server-unavailable', mails: 0, failed: 1 });
      expect(await reminders.status()).toMatchObject({ due: 2, claimed: 0 });
      expect(await world.told(ids.agent)).toEqual([]);
      server = await startMailServer();
    });
    test.each([
      ['resend', 2],
      ['park', 1],
    ] as const)(
      'that hangs up after the message leaves its outcome unknown: %s, %d mails',
      async (onUnknown, mails) => {
        server.onMessage = 'hang-up';
        server.answer = (to) => (to.startsWith('moira') ? 550 : undefined);
        await world.plan(1, thursday);
        const sender = world.sender(mailer, { leaseMs, onUnknown });
        await runUntil(sender, async () => server.inbox.length > 0);
        server.onMessage = 'accept';
        await runUntil(sender, async () => (await world.told(ids.agent)).length > 0);
        expect(subjects()).toHaveLength(mails);
      },
    );
  });

  test('what concerns officers is counted while there are none, and sent once there are', async () => {
    await world.declare(1, '2026-03-02');
    world.at('2026-04-07T07:00Z');
    await reminders.run();
    expect(await reminders.status()).toMatchObject({ withoutRecipient: 1 });
    expect(await reminders.preview(world.now())).toMatchObject([{ kind: 'period-close' }]);
    const withOfficers = world.sender(mailer, { officers: [ids.officer] });
    await withOfficers.run();
    expect(subjects('valerie@example.org')).toEqual(['Mois à clôturer : mars 2026']);
    expect(await withOfficers.status()).toMatchObject({ withoutRecipient: 0, due: 0 });
  });
});
