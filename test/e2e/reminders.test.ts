import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type MailServer, startMailServer } from '../../packages/reminders/test/mail-server.js';
import { postgresUrl, redisUrl } from '../support/databases.js';
import { cancel, plan, story } from '../support/night-story.js';
import { endProcesses, jsonLines, probono, type Running, startService } from '../support/processes.js';
import { eventCount, serverStore, type TemporaryStore } from '../support/stores.js';

jest.setTimeout(120_000);
const withServers = postgresUrl === undefined || redisUrl === undefined ? describe.skip : describe;

withServers('reminders', () => {
  let store: TemporaryStore;
  let server: MailServer;
  let env: Readonly<Record<string, string>>;
  beforeEach(async () => {
    store = await serverStore();
    server = await startMailServer();
    env = { ...store.env, PROBONO_QUEUE: redisUrl ?? '', PROBONO_MAIL: server.url };
  });
  afterEach(async () => {
    await endProcesses();
    await server.close();
    await store.remove();
  });

  const give = async (...commands: readonly object[]): Promise<void> => {
    const input = commands.map((each) => JSON.stringify(each)).join('\n');
    const { code, stdout } = await probono(['execute', '--demonstration', '--json', '-'], { env, input });
    const results = jsonLines(stdout) as readonly { readonly accepted?: boolean }[]; // by commands.md
    expect(results.filter(({ accepted }) => !accepted)).toEqual([]);
    expect([code, results.length]).toEqual([0, commands.length]);
  };
  const projected = async (): Promise<void> => {
    const projector = startService('projector', env);
    await projector.said(/worker host is up/);
    for (let still = false; !still; ) {
      const { stdout } = await probono(['projections', 'status', '--json'], { env });
      const statuses = JSON.parse(stdout) as readonly { readonly lagEvents: number }[]; // by commands.md
      still = statuses.every(({ lagEvents }) => lagEvents === 0);
    }
    projector.signal('SIGTERM');
    expect((await projector.ended()).code).toBe(0);
  };
  /** Polls until nothing is due or under way any more. */
  const allSent = async (): Promise<void> => {
    const deadline = performance.now() + 60_000;
    for (;;) {
      const { stdout } = await probono(['reminders', 'status', '--json'], { env });
      const { due, claimed } = JSON.parse(stdout) as { readonly due: number; readonly claimed: number }; // by commands.md
      if (due === 0 && claimed === 0) return;
      if (performance.now() > deadline) throw new Error(`reminders are still due: ${stdout}`);
    }
  };
  const stop = async (...services: readonly Running[]): Promise<void> => {
    for (const service of services) service.signal('SIGTERM');
    const ended = await Promise.all(services.map((service) => service.ended()));
    expect(ended.map(({ code }) => code)).toEqual(services.map(() => 0));
  };
  const sentEvents = () =>
    store.look(async (sql) => {
      const [row] = await sql.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM probono.events WHERE type = 'NotificationSent'`,
      );
      return row?.count ?? 0;
    });
  const told = () => server.inbox.map(({ to, mail }) => `${to.join()} ${mail.subject}\n${mail.text}`);

  test('what cannot wait is sent at night to agent and tutor, and by two services at once to nobody twice', async () => {
    await give(...story(), plan(1, '06:00'));
    await projected();
    const one = startService('reminder', env);
    await one.said(/worker host is up/);
    await allSent();
    await stop(one);
    const first = told();
    expect(new Set(server.inbox.flatMap(({ to }) => to)).size).toBe(2);
    expect(await sentEvents()).toBe(first.length);

    await give(plan(2, '07:15'), cancel(1));
    await projected();
    const two = [startService('reminder', env), startService('reminder', env)];
    for (const each of two) await each.said(/worker host is up/);
    await allSent();
    await stop(...two);
    expect(server.inbox.length).toBeGreaterThan(first.length);
    expect(await sentEvents()).toBe(server.inbox.length);
    const ids = server.inbox.map(({ mail }) => mail.messageId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(told()).size).toBe(server.inbox.length);
    expect(await eventCount(store)).toBeGreaterThan(40);
  });
});
