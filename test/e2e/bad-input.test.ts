import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { linesOf } from '../support/example-files.js';
import { type Ended, endProcesses, jsonLines, probono } from '../support/processes.js';
import { embeddedStore, eventCount, type TemporaryStore } from '../support/stores.js';

jest.setTimeout(120_000);

const officer = { id: '019a90d3-f000-71c8-b4c0-7d46abfc8b86', role: 'programme_officer' };
const registration = (organisationId: string, name: string) => ({
  command: 'RegisterOrganisation',
  data: {
    ...{ organisationId, name, kind: 'association', purpose: 'entraide' },
    ...{ zone: 'Europe/Paris', holidayCalendar: 'fr' },
  },
  meta: { actor: officer },
});
const id = (n: number) => `019a90d3-f000-7000-8000-${String(n).padStart(12, '0')}`;
const line = (name = 'Ville', n = 0) => JSON.stringify(registration(id(n), name));
const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part)));

/** What comes in, and where it is wrong. */
const bad: readonly (readonly [name: string, text: string | Buffer, path: string, message: RegExp])[] = [
  ['a command cut short', '{"command":', '', /not JSON/],
  ['prose', 'Bonjour', '', /not JSON/],
  ['an array', '[]', '', /expected an object/],
  ['null', 'null', '', /expected an object/],
  ['an unknown command', '{"command":"Frobnicate","data":{},"meta":{}}', 'command', /there is no command Frobnicate/],
  ['a name every object has', '{"command":"toString","data":{},"meta":{}}', 'command', /there is no command toString/],
  ['a command that is no text', '{"command":{},"data":{},"meta":{}}', 'command', /expected the name/],
  ['data of another type', line().replace(/"data":\{.*?\}/, '"data":[]'), 'data', /expected object/],
  ['meta of another type', line().replace(/"meta":.*\}\}/, '"meta":5}'), 'meta.actor', /expected object/],
  ['a number for a text', line().replace('"Ville"', '12'), 'data.name', /expected string/],
  ['a field too many', line().replace('"name"', '"nom":"x","name"'), 'data.nom', /no such field/],
  ['5 MB of text', line('a'.repeat(5_000_000)), '', /5000\d{3} bytes/],
  ['600 kB of text', line('a'.repeat(600_000)), '', /larger than 524288 bytes/],
  ['30 MB in a line', line('a'.repeat(30_000_000)), '', /30000\d{3} bytes/],
  ['arrays 20 000 deep', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, /^0(\.0)+$/.source, /64 levels/],
  [
    'objects 20 000 deep',
    line().replace('"Ville"', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`),
    /^data\.name(\.a)+$/.source,
    /64 levels/,
  ],
  ['__proto__', line().replace('"name"', '"__proto__"'), 'data.__proto__', /cannot have/],
  ['half a surrogate pair, escaped', line().replace('Ville', '\\ud800'), 'data.name', /not well-formed Unicode/],
  ['half a surrogate pair in UTF-8', bytes('{"command":"', [0xed, 0xa0, 0x80], '"}'), '', /not UTF-8/],
  ['a byte that is not UTF-8', bytes('{"command":"', [0xff], '"}'), '', /not UTF-8/],
  ['NUL, escaped', line().replace('Ville', 'a\\u0000b'), 'data.name', /control character/],
  ['NUL as a byte', line().replace('Ville', 'a\u0000b'), '', /not JSON/],
  [
    'a day that does not exist',
    line().replace('"purpose"', '"declaredOn":"2026-02-30","purpose"'),
    'data.declaredOn',
    /date/,
  ],
  ['its own time', line().replace('"actor"', '"at":"2026-03-02T09:00:00Z","actor"'), 'meta.at', /--demonstration/],
  ['an actor of no role', line().replace('programme_officer', 'king'), 'meta.actor.role', /expected one of/],
];

interface Result {
  readonly line: number;
  readonly accepted?: boolean;
  readonly events?: readonly unknown[];
  readonly invalid?: readonly { readonly path: string; readonly message: string }[];
}

describe('bad input', () => {
  let store: TemporaryStore;
  let run: Ended;
  let results: readonly Result[];
  let eventsBefore: number;
  /** A good line in front, each bad one followed by an empty one, and a good one at the end. */
  const file = Buffer.concat([
    bytes([0xef, 0xbb, 0xbf], line('Avec BOM et CRLF', 1), '\r\n'),
    ...bad.flatMap(([, text]) => [Buffer.from(text), Buffer.from('\n \r\n')]),
    bytes(line('Sans fin de ligne', 2)),
  ]);
  const lineOf = (index: number) => 2 + 2 * index;

  beforeAll(async () => {
    store = await embeddedStore();
    await probono(['execute', '-'], { env: store.env, input: line('Avant', 3) });
    eventsBefore = await eventCount(store);
    run = await probono(['execute', '--json', '-'], { env: store.env, input: file });
    results = jsonLines(run.stdout) as readonly Result[]; // the shape that commands.md promises
  });
  afterAll(async () => {
    await endProcesses();
    await store.remove();
  });

  test.each(bad.map(([name, , path, message], index) => [name, index, path, message] as const))(
    '%s is invalid, and told where',
    (_name, index, path, message) => {
      const told = results.find(({ line: number }) => number === lineOf(index));
      const at = path.startsWith('^') ? expect.stringMatching(new RegExp(path)) : path;
      expect(told).toEqual({
        line: lineOf(index),
        invalid: expect.arrayContaining([{ path: at, message: expect.stringMatching(message) }]),
      });
    },
  );

  test('gives one result a line, and the process goes on to the next', () => {
    const last = lineOf(bad.length);
    expect(results.map(({ line: number }) => number)).toEqual([1, ...bad.map((_, index) => lineOf(index)), last]);
    expect([run.code, run.signal, run.stderr]).toEqual([1, null, '']);
  });

  test('does not touch the good lines around it, and writes nothing', async () => {
    const good = results.filter(({ accepted }) => accepted);
    expect(good.map(({ line: number }) => number)).toEqual([1, lineOf(bad.length)]);
    expect(eventsBefore).toBe(1);
    expect(await eventCount(store)).toBe(3);
  });

  test('is told the same from a file, where what was accepted before is not done again', async () => {
    const path = join(store.directory, 'bad.ndjson');
    await writeFile(path, file);
    const again = await probono(['execute', '--json', path], { env: store.env });
    const told = jsonLines(again.stdout) as readonly Result[];
    expect(told.filter(({ invalid }) => invalid)).toEqual(results.filter(({ invalid }) => invalid));
    expect(told.filter(({ accepted }) => accepted)).toEqual([
      expect.objectContaining({ line: 1, repeated: true }),
      expect.objectContaining({ line: lineOf(bad.length), repeated: true }),
    ]);
    expect(await eventCount(store)).toBe(3);
  });

  test('a store with a history of its own does not become a demonstration', async () => {
    const { code, stdout, stderr } = await probono(['execute', '--demonstration', '-'], {
      env: store.env,
      input: line(),
    });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^probono: this store has a real history; use --demonstration with an empty store only\n$/);
    expect(await eventCount(store)).toBe(3);
  });
});

describe('the night the clocks go forward', () => {
  let store: TemporaryStore;
  beforeAll(async () => {
    store = await embeddedStore();
  });
  afterAll(async () => {
    await endProcesses();
    await store.remove();
  });

  test('has no 02:30, and the same evening may be planned', async () => {
    const story = linesOf('1-driee-fne.ndjson').slice(0, 41);
    const plan = (start: string, commandId: string) => {
      const data = {
        ...{ assignmentId: '019a90d3-f000-70b0-99e9-9a4364d5e6fd', sessionId: commandId },
        ...{ date: '2026-03-29', start, minutes: 60 },
      };
      const actor = { id: '019a90d3-f000-7819-9e2a-49d2c51e19e2', role: 'tutor' };
      return { command: 'PlanSession', data, meta: { actor, at: '2026-03-02T09:00:00Z', commandId } };
    };
    const commands = [
      ...story.map(({ command, data, meta, at }) => ({ command, data, meta: { ...meta, at } })),
      plan('02:30', id(91)),
      plan('19:00', id(92)),
    ];
    const { code, stdout } = await probono(['execute', '--demonstration', '--json', '-'], {
      env: store.env,
      input: commands.map((command) => JSON.stringify(command)).join('\n'),
    });
    const results = jsonLines(stdout) as readonly Result[]; // the shape that commands.md promises
    expect(results.slice(0, 41).filter(({ accepted }) => accepted)).toHaveLength(41);
    expect(results[41]).toMatchObject({ line: 42, accepted: false, refusals: [{ rule: expect.any(String) }] });
    expect(results[42]).toMatchObject({ line: 43, accepted: true });
    expect(code).toBe(1);
  });
});
