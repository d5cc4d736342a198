import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SqlUnavailable } from '@probono/sql';
import { engines, type FreshDatabase, freshDatabase } from '../../../../test/support/databases.js';
import { type MailServer, startMailServer } from '../../test/mail-server.js';
import { emptyWorld, ids, runUntil, type World } from '../../test/world.js';
import type { FaultPoint, Mailer, Reminders } from '../index.js';
import { openMailer } from '../index.js';

const thursday = { date: '2026-03-19' };
const leaseMs = 400;

describe.each(engines)('crashes on %s', (engine) => {
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
    reminders = world.sender(mailer, { leaseMs });
    await reminders.migrate();
  });
  afterEach(async () => {
    await mailer.close();
    await server.close();
  });

  describe('a sender that dies', () => {
    const dying = (point: FaultPoint, onUnknown: 'resend' | 'park'): Reminders => {
      let left = 1;
      return world.sender(mailer, {
        leaseMs,
        onUnknown,
        fault: (reached) => {
          if (reached === point && left-- > 0) throw new Error('the process died');
        },
      });
    };
    const allTold = async () => (await world.told(ids.agent)).length > 0 && (await world.told(ids.tutor)).length > 0;
    const allSettled = async () => (await reminders.status()).claimed === 0 && (await allTold());

    test.each([
      ['claimed', 'resend', 2, 0],
      ['checked', 'resend', 2, 0],
      ['begun', 'resend', 2, 0],
      ['sent', 'resend', 3, 0],
      ['accepted', 'resend', 2, 0],
      ['recorded', 'resend', 2, 0],
      ['claimed', 'park', 2, 0],
      ['checked', 'park', 2, 0],
      ['begun', 'park', 1, 1],
      ['sent', 'park', 2, 1],
      ['accepted', 'park', 2, 0],
      ['recorded', 'park', 2, 0],
    ] as const)('when %s, under the policy %s: %d mails of 2, %d parked', async (point, onUnknown, mails, parked) => {
      await world.plan(1, thursday);
      await expect(dying(point, onUnknown).run()).rejects.toThrow(`stopped at ${point}`);
      const after = world.sender(mailer, { leaseMs, onUnknown });
      await runUntil(after, allSettled);
      expect(server.inbox).toHaveLength(mails);
      expect((await reminders.status()).parked).toBe(parked);
      // A second mail is the same mail: it can be recognised by its id.
      expect(new Set(server.inbox.map(({ mail }) => mail.messageId)).size).toBe(Math.min(mails, 2));
      await after.run();
      expect(server.inbox).toHaveLength(mails);
    });

    test('after a digest was sent sends the same digest, once', async () => {
      for (let n = 1; n <= 4; n += 1) await world.plan(n, { date: `2026-03-${18 + n}` });
      await expect(dying('sent', 'resend').run()).rejects.toThrow('stopped at sent');
      const after = world.sender(mailer, { leaseMs });
      await runUntil(after, allSettled);
      expect(server.inbox).toHaveLength(3);
      expect(new Set(server.inbox.map(({ mail }) => mail.messageId)).size).toBe(2);
    });
  });

  test("a lost connection is no person's trouble: the run ends, and nobody is put off", async () => {
    await world.plan(1, thursday);
    const lost = new Error('Connection terminated unexpectedly');
    const readStream = () => {
      throw lost;
    };
    await expect(world.sender(mailer, { store: { ...world.store, readStream } }).run()).rejects.toBe(lost);
    expect(await reminders.status()).toMatchObject({ due: 2, claimed: 0, retrying: 0 });
    expect(await reminders.run()).toMatchObject({ sent: 2 });
  });

  test('a database that is away after a mail went out is told of it when it is back, within the lease', async () => {
    await world.plan(1, thursday);
    let away = 3;
    const query = async <Row>(text: string, params?: readonly unknown[]) => {
      if (/SET status = 'accepted'/.test(text) && away-- > 0) throw new SqlUnavailable('gone');
      return database.client.query<Row>(text, params);
    };
    const insisting = world.sender(mailer, { sql: { ...database.client, query }, leaseMs: 60_000 });
    expect(await insisting.run()).toMatchObject({ mails: 2, sent: 2, failed: 0 });
    expect(away).toBeLessThan(0);
    const failing = world.sender(mailer, {
      sql: { ...database.client, query: async () => Promise.reject(new SqlUnavailable('gone')) },
    });
    await expect(failing.run()).rejects.toThrow('gone');
  });

  test('a sender that has taken over does not send what it is told, at the last moment, the server took', async () => {
    await world.plan(1, thursday);
    const [sent, takenOver, told] = [gate(), gate(), gate()];
    const slow = world.sender(mailer, {
      fault: async (point) => {
        if (point === 'sent') {
          sent.open();
          await takenOver.opened;
        }
        if (point === 'accepted') throw new Error('the process died');
      },
    });
    const other = world.sender(mailer, {
      fault: async (point) => {
        if (point !== 'checked') return;
        takenOver.open();
        await told.opened;
      },
    });
    const leasesRunOut = () =>
      database.client.query(`UPDATE probono_read.reminder_claims SET lease_until = clock_timestamp()`);
    const slowly = slow.run().finally(told.open);
    await sent.opened;
    await leasesRunOut();
    await Promise.all([
      expect(slowly).rejects.toThrow('stopped at accepted'),
      runUntil(other, async () => server.inbox.length === 2),
    ]);
    await leasesRunOut();
    await runUntil(world.sender(mailer), async () => (await world.told(ids.agent)).length > 0);
    expect(new Set(server.inbox.map(({ mail }) => mail.messageId)).size).toBe(2);
    expect(server.inbox).toHaveLength(2);
  });
});

/** Something to wait for, and the means to end the wait. */
const gate = () => {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
};
