import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { postgresUrl } from '../support/databases.js';
import { type Ended, endProcesses, jsonLines, probono, root } from '../support/processes.js';
import { embeddedStore, eventCount, serverStore, type TemporaryStore } from '../support/stores.js';

jest.setTimeout(120_000);

type Json = Readonly<Record<string, unknown>>;
const objectOf = (value: unknown): Json => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`no object: ${value}`);
  return { ...value };
};
const objectsOf = (value: unknown): readonly Json[] => Object.values(objectOf(value)).map(objectOf);

/** One JSON document on stdout, nothing on stderr, exit 0. */
const documentOf = ({ code, stdout, stderr }: Ended): Json => {
  expect([code, stderr]).toEqual([0, '']);
  return objectOf(JSON.parse(stdout));
};

describe('every command', () => {
  test('has help, on stdout', async () => {
    const runs = await Promise.all(['--help', 'execute --help'].map((args) => probono(args.split(' '))));
    for (const { code, stdout, stderr } of runs) {
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^Usage: probono .*--store <url>/s);
    }
  });

  test('is completed by the shell', async () => {
    const { code, stdout } = await probono(['completion']);
    expect(code).toBe(0);
    for (const name of ['execute', 'projections', 'rebuild', '--demonstration']) expect(stdout).toContain(name);
  });
});

describe('the schemas', () => {
  const draft = 'https://json-schema.org/draft/2020-12/schema';

  test('of commands, with who may give them', async () => {
    const { meta, commands } = documentOf(await probono(['schema', '--commands', '--json']));
    expect(objectOf(meta).$schema).toBe(draft);
    expect(Object.keys(objectOf(commands)).length).toBeGreaterThan(50);
    for (const { roles, data } of objectsOf(commands)) {
      expect(roles).toEqual(expect.arrayContaining([expect.any(String)]));
      expect(objectOf(data)).toMatchObject({ $schema: draft, type: 'object' });
    }
  });

  test('of events, in every version, with what is personal in them', async () => {
    const { envelope, events } = documentOf(await probono(['schema', '--events', '--json']));
    expect(objectOf(envelope).$schema).toBe(draft);
    expect(Object.keys(objectOf(events)).length).toBeGreaterThan(50);
    for (const { version, versions, personal } of objectsOf(events)) {
      expect(Object.keys(objectOf(versions))).toEqual(Array.from({ length: Number(version) }, (_, i) => String(i + 1)));
      for (const schema of objectsOf(versions)) expect(schema).toEqual(expect.objectContaining({ $schema: draft }));
      expect(personal).toEqual(expect.any(Array));
    }
  });

  test('of the log, as an AsyncAPI document whose references all lead somewhere', async () => {
    const document = documentOf(await probono(['schema', '--asyncapi', '--json']));
    expect(document).toMatchObject({ asyncapi: '3.0.0', info: { title: 'Pro Bono event log' } });
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
    expect(references.length).toBeGreaterThan(50);
    for (const path of references) {
      const found = path.split('/').reduce<unknown>((at, key) => objectOf(at)[key], document);
      expect({ path, found }).toEqual({ path, found: expect.any(Object) });
    }
  });

  test('of all of it together', async () => {
    const together = documentOf(await probono(['schema', '--json']));
    expect(Object.keys(together).sort()).toEqual(['commands', 'envelope', 'events', 'meta']);
  });
});

describe('on a store with a history', () => {
  let store: TemporaryStore;
  let events: number;
  const run = (...args: readonly string[]) => probono(args, { env: store.env });
  let stream: string;

  beforeAll(async () => {
    store = postgresUrl === undefined ? await embeddedStore() : await serverStore();
    const { stdout, code } = await run(
      ...['execute', '--demonstration', '--json', join(root, 'docs/examples/1-driee-fne.ndjson')],
    );
    expect(code).toBe(0);
    const signed = jsonLines(stdout)
      .flatMap((line) => objectOf(line).events)
      .flat()
      .map(objectOf)
      .find(({ type }) => type === 'ConventionSigned' || type === 'ConventionDrafted');
    stream = String(signed?.stream);
    events = await eventCount(store);
  });
  afterAll(async () => {
    await endProcesses();
    await store.remove();
  });

  test('explain tells every rule looked at, and writes nothing', async () => {
    const { code, stdout } = await run('explain', '--json', join(root, 'docs/examples/refusals.ndjson'));
    expect(code).toBe(1);
    const lines = jsonLines(stdout).map(objectOf);
    expect(lines).toHaveLength(19);
    for (const { invalid, examined } of lines) expect(invalid ?? examined).toEqual(expect.any(Array));
    expect(lines.filter(({ accepted }) => accepted === false).length).toBeGreaterThan(5);
    expect(await eventCount(store)).toBe(events);
  });

  test('show prints the events of a stream, and "no" where there are none', async () => {
    const { code, stdout } = await run('show', stream);
    expect(code).toBe(0);
    expect(jsonLines(stdout).map((event) => objectOf(event).revision)).toEqual(
      jsonLines(stdout).map((_, revision) => revision),
    );
    const none = await run('show', 'convention-019a90d3-f000-7000-8000-000000000000');
    expect([none.code, none.stdout]).toEqual([1, '']);
  });

  test('state is as of what was recorded and what is effective by then', async () => {
    const now = documentOf(await run('state', stream));
    expect(now).toMatchObject({ stream, recorded: 'latest', effective: 'any', state: expect.any(Object) });
    const then = documentOf(await run('state', stream, '--recorded', '2025-11-28T00:00:00Z'));
    expect(then.state).not.toEqual(now.state);
    const effective = documentOf(await run('state', stream, '--effective', '2025-12-31'));
    expect(effective).toMatchObject({ recorded: 'latest', effective: '2025-12-31' });
    expect((await run('state', stream, '--recorded', '2020-01-01T00:00:00Z')).code).toBe(1);
  });

  test('a read model is paused, resumed, retried and rebuilt', async () => {
    const hours = async () => {
      const { code, stdout } = await run('projections', 'status', '--json');
      expect(code).toBe(0);
      const statuses = JSON.parse(stdout) as readonly Json[]; // by commands.md
      return statuses.filter(({ name }) => name === 'hours');
    };
    expect((await run('projections', 'pause', 'hours')).code).toBe(0);
    expect(await hours()).toEqual([expect.objectContaining({ state: 'paused' })]);
    expect((await run('projections', 'resume', 'hours')).code).toBe(0);
    expect(await hours()).toEqual([expect.not.objectContaining({ state: 'paused' })]);
    expect((await run('projections', 'retry', 'hours')).stderr).toBe('hours: 0 events replayed, 0 still parked\n');
    const rebuilt = await run('projections', 'rebuild', 'hours');
    expect([rebuilt.code, rebuilt.stdout]).toEqual([0, '']);
    expect(rebuilt.stderr).toMatch(/^hours: generation \d+ is built and serves\n$/);
    expect(await hours()).toEqual([expect.objectContaining({ state: 'live', lagEvents: 0 })]);
  });

  test('reminders are counted, and shown before they are sent, by ids alone', async () => {
    expect(documentOf(await run('reminders', 'status', '--json'))).toMatchObject({
      due: expect.any(Number),
      parked: 0,
    });
    await run('projections', 'rebuild', 'reminder_plan');
    const { code, stdout } = await run('reminders', 'preview', '--until', '2026-12-31T00:00:00Z', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(expect.any(Array));
    expect(stdout).not.toMatch(/@|Claire|Montaubin/);
  });

  test('read models are compared with what the log makes of them, and an edited row is found', async () => {
    for (const name of ['conventions', 'clerk']) await run('projections', 'rebuild', name);
    const sound = await run('reconcile', '--json');
    expect([sound.code, sound.stderr]).toEqual([0, '']);
    const lines = JSON.parse(sound.stdout) as readonly Json[]; // one line, an array
    expect(lines.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['conventions', 'hours', 'clerk', 'reminder_plan', 'reminder_ledger']),
    );
    for (const line of lines) expect(line).toMatchObject({ missing: 0, extra: 0, different: 0, sound: true });
    expect(lines.find(({ name }) => name === 'conventions')).toMatchObject({
      position: events,
      rows: expect.any(Number),
    });

    await store.look((sql) => sql.query('UPDATE probono_read.conventions_list SET framework = $1', ['edited']));
    const { code, stdout } = await run('reconcile', 'conventions', 'hours');
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^conventions at \d+: \d+ rows, 0 missing, 0 too many, 1 different\n {2}list [-\w]+: different \(framework\)\nhours at/,
    );
    expect((await run('projections', 'rebuild', 'conventions')).code).toBe(0);
    expect((await run('reconcile', 'conventions')).code).toBe(0);
    const unknown = await run('reconcile', 'nothing');
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      expect.stringMatching(/^probono: there is no projection nothing; there are conventions, .*reminder_ledger\n$/),
    ]);
  });

  test('none of this wrote to the log', async () => {
    expect(await eventCount(store)).toBe(events);
  });
});
