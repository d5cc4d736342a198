import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type MailServer, startMailServer } from '../../packages/reminders/test/mail-server.js';
import { postgresUrl, redisUrl } from '../support/databases.js';
import { plan, story } from '../support/night-story.js';
import { endProcesses, jsonLines, probono, startService } from '../support/processes.js';
import { serverStore, type TemporaryStore } from '../support/stores.js';
import { startTraceReceiver, type TraceReceiver } from '../support/trace-receiver.js';

jest.setTimeout(180_000);
const withServers = postgresUrl === undefined || redisUrl === undefined ? describe.skip : describe;

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('it did not come to that within a minute');
    await new Promise((done) => setTimeout(done, 50));
  }
};

withServers('a command', () => {
  let store: TemporaryStore;
  let mail: MailServer;
  let collector: TraceReceiver;
  let env: Readonly<Record<string, string>>;
  beforeEach(async () => {
    store = await serverStore();
    mail = await startMailServer();
    collector = await startTraceReceiver();
    env = { ...store.env, PROBONO_QUEUE: redisUrl ?? '', PROBONO_MAIL: mail.url };
  });
  afterEach(async () => {
    await endProcesses();
    await Promise.all([mail.close(), collector.close()]);
    await store.remove();
  });

  test('is followed through three processes to its mails in one trace, which says nothing of a person', async () => {
    const execute = async (traced: Readonly<Record<string, string>>, ...commands: readonly object[]) => {
      const input = commands.map((each) => JSON.stringify(each)).join('\n');
      const options = { env: { ...env, ...traced }, input };
      const { stdout } = await probono(['execute', '--demonstration', '--json', '-'], options);
      const results = jsonLines(stdout) as readonly { readonly accepted?: boolean }[]; // by commands.md
      expect(results.map(({ accepted }) => accepted)).toEqual(commands.map(() => true));
    };
    await execute({}, ...story());
    const heard = { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    const projector = startService('projector', heard);
    const reminder = startService('reminder', heard);
    await Promise.all([projector.said(/worker host is up/), reminder.said(/worker host is up/)]);

    // What a generation takes in while it is filled is told of in no command's trace.
    const projected = () =>
      store.look(async (sql) => {
        const [row] = await sql.query<{ all: boolean }>(
          `SELECT count(*) > 0 AND bool_and(EXISTS (
              SELECT 1 FROM probono_read.generations g JOIN probono_read.checkpoints c USING (projection, generation)
               WHERE g.projection = p.projection AND g.state = 'live'
                 AND c.position >= (SELECT max(position) FROM probono.events))) AS all
            FROM probono_read.projections p`,
        );
        return row?.all === true;
      });
    await until(projected);

    const commandId = '0190a000-0000-7000-8000-0000000000f1';
    const { meta, ...command } = plan(1, '06:00');
    await execute({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }, { ...command, meta: { ...meta, commandId } });
    const mailed = () =>
      store.look(async (sql) => {
        const told = await sql.query(`SELECT 1 FROM probono.events WHERE type = 'NotificationSent'`);
        return told.length === 2;
      });
    await until(mailed);
    await until(projected);
    for (const service of [projector, reminder]) service.signal('SIGTERM');
    expect([(await projector.ended()).code, (await reminder.ended()).code]).toEqual([0, 0]);

    const traceId = commandId.replaceAll('-', '');
    const chain = collector.spans.filter((span) => span.traceId === traceId);
    const told = new Set(chain.map(({ service, name }) => `${service}: ${name}`));
    expect([...told]).toEqual(
      expect.arrayContaining([
        'probono: execute PlanSession',
        'probono: append',
        'probono-projector: project sessions',
        'probono-projector: project reminder_plan',
        'probono-reminder: remind booked',
        'probono-reminder: execute RecordNotificationSent',
      ]),
    );
    const addresses = mail.inbox.flatMap(({ to }) => to);
    expect(addresses).toHaveLength(2);
    for (const address of addresses) expect(collector.text()).not.toContain(address);
    expect(collector.text()).not.toMatch(/Claire|Europe|Etc/);
  });
});
