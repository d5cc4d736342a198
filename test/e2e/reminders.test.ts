import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type MailServer, startMailServer } from '../../packages/reminders/test/mail-server.js';
import { postgresUrl, redisUrl } from '../support/databases.js';
import { linesOf } from '../support/example-files.js';
import { endProcesses, jsonLines, probono, type Running, startService } from '../support/processes.js';
import { eventCount, serverStore, type TemporaryStore } from '../support/stores.js';

jest.setTimeout(120_000);
const withServers = postgresUrl === undefined || redisUrl === undefined ? describe.skip : describe;

const day = 86_400_000;
const now = new Date();
/**
 * The services go by the machine's clock, and send at night only what cannot wait. So the story is told where it is
 * three in the morning now, whenever the test runs, and its session begins at six.
 */
const east = ((3 - now.getUTCHours() + 36) % 24) - 12;
const zone = `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`;
const today = new Date(now.getTime() + east * 3_600_000).toISOString().slice(0, 10);

/** Claire's story up to the start of her mission, moved so that its convention came into force three days ago. */
const story = (): readonly object[] => {
  const shift = Math.round((Date.parse(today) - 3 * day - Date.parse('2026-01-12')) / day) * day;
  const moved = (text: string) =>
    text.replace(/\b\d{4}-\d\d-\d\d\b/g, (date) => new Date(Date.parse(date) + shift).toISOString().slice(0, 10));
  return linesOf('1-driee-fne.ndjson')
    .slice(0, 41)
    .filter(({ command }) => command !== 'ChangeContactPreferences')
    .map(({ command, data, meta, at }) => ({ command, data, meta: { ...meta, at } }))
    .map((line) => JSON.parse(moved(JSON.stringify(line)).replaceAll('Europe/Paris', zone)));
};

const tutor = { id: '019a90d3-f000-7819-9e2a-49d2c51e19e2', role: 'tutor' };
const sessionId = (n: number) => `019bb4a6-f800-7000-8000-${String(n).padStart(12, '0')}`;
const ofSession = (n: number) => ({ assignmentId: '019a90d3-f000-70b0-99e9-9a4364d5e6fd', sessionId: sessionId(n) });
const command = (name: string, data: object) => ({ command: name, data, meta: { actor: tutor } });
const plan = (n: number, start: string) => command('PlanSession', { ...ofSession(n), date: today, start, minutes: 60 });
const cancel = (n: number) => command('CancelSession', ofSession(n));

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
