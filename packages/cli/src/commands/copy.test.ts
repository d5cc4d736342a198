import { randomUUID } from 'node:crypto';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { copyLog, type EventStore, type EventToAppend, memoryEventStore } from '@probono/event-store';
import { freshDatabase, postgresUrl } from '../../../../test/support/databases.js';
import { type Certificates, makeCertificates } from '../../../../test/support/event-store-stand-in/certificates.js';
import { sampleEvents } from '../../../../test/support/event-store-stand-in/sample-events.js';
import {
  type StandIn,
  type StandInOptions,
  startStandIn,
} from '../../../../test/support/event-store-stand-in/stand-in.js';
import { exitCodes, UsageError } from '../exit.js';
import { programOf } from '../program.js';
import { openLog } from './log-at.js';

let directory = '';
let certificates: Certificates;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'probono-copy-'));
  certificates = await makeCertificates(directory);
});
afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A server of the test's own. */
const server = async (options: StandInOptions = {}): Promise<StandIn> => {
  const started = await startStandIn(options);
  stops.push(() => started.stop());
  return started;
};
const embedded = (name: string): string => `pglite:${join(directory, name)}`;

/** Runs `probono copy` as the program does. */
const copy = async (from: string, to: string, signal = new AbortController().signal) => {
  const [lines, notes]: [string[], string[]] = [[], []];
  const terminal = {
    out: async (line: string) => void lines.push(line),
    note: (line: string) => void notes.push(line),
    interactive: false,
  };
  let code: number | undefined;
  const program = programOf({ terminal, environment: {}, signal }, (ended) => {
    code = ended;
  });
  await program.parseAsync(['copy', '--json', '--from', from, '--to', to], { from: 'user' });
  return { code, notes, result: lines[0] === undefined ? undefined : JSON.parse(lines[0]) };
};

/** Uses the log at an address, and leaves it closed. */
const at = async <T>(url: string, work: (store: EventStore) => Promise<T>): Promise<T> => {
  const { store, close } = await openLog(url, { option: '--to', create: true });
  try {
    return await work(store);
  } finally {
    await close();
  }
};

const logOf = async (store: EventStore) => {
  const log: string[] = [];
  for await (const { stream, revision, eventId, type, schemaVersion, recordedAt, body } of store.readAll())
    log.push(
      `${stream}/${revision} ${eventId} ${type} ${schemaVersion} ${recordedAt} ${Buffer.from(body).toString('hex')}`,
    );
  return log;
};
const logAt = (url: string) => at(url, logOf);

/** Bytes that no store may take for text, JSON or an end. */
const odd: readonly Uint8Array[] = ['', '{"b":1, "a":1.0}', '\u0000\u{1f980}é'].map((text) => Buffer.from(text));
const oddEvents = (): readonly EventToAppend[] =>
  sampleEvents(4).map((event, index) => ({ ...event, body: odd[index] ?? Buffer.from([0xff, 0xfe, 0, 0x80]) }));

const fill = async (store: EventStore, turns: number) => {
  for (let turn = 0; turn < turns; turn++) {
    const expected = turn < 2 ? 'none' : BigInt(Math.floor(turn / 2) * 4 - 1);
    await store.append(turn % 2 === 0 ? 'mission-1' : 'convention-2', expected, oddEvents());
  }
};

const kinds = ['pglite', ...(postgresUrl === undefined ? [] : ['postgres']), 'EventStoreDB'];
const pairs = kinds.flatMap((source) => kinds.map((target) => [source, target] as const));

/** The address of an empty log of this kind. */
const freshLog = async (kind: string): Promise<string> => {
  if (kind === 'EventStoreDB') return (await server({ certificates })).url();
  if (kind === 'pglite') return embedded(randomUUID());
  const database = await freshDatabase('postgres');
  stops.push(() => database.drop());
  return database.url;
};

describe('probono copy', () => {
  test.each(pairs)('takes a log from %s to %s, byte by byte', async (source, target) => {
    const [from, to] = [await freshLog(source), await freshLog(target)];
    const first = memoryEventStore({ now: () => new Date() });
    await fill(first, 10);
    expect(await at(from, (store) => copyLog(first, store))).toMatchObject({ outcome: 'copied', copied: 40 });
    const { code, result, notes } = await copy(from, to);
    expect({ code, result, notes }).toEqual({
      code: exitCodes.done,
      result: { outcome: 'copied', events: 40, copied: 40 },
      notes: [],
    });
    expect(await logAt(to)).toEqual(await logOf(first));
  });

  test('cut off by its target says that it could not, and goes on where it stood', async () => {
    const [from, other] = [(await server()).url(), await server()];
    await at(from, (store) => fill(store, 30));
    let appends = 0;
    await at(other.url(), async (store) => {
      const failing: EventStore = {
        ...store,
        append: async (...what) => {
          // Its answer is lost, and so are those to what is tried again.
          if (++appends === 12) other.orders.next('append', 'timeout-after-commit', 3);
          return store.append(...what);
        },
      };
      await at(from, async (source) => {
        await expect(copyLog(source, failing)).rejects.toThrow('may or may not have been done');
      });
    });
    const held = (await logAt(other.url())).length;
    expect(held).toBe(48);
    const { code, result } = await copy(from, other.url());
    expect({ code, result }).toEqual({
      code: exitCodes.done,
      result: { outcome: 'copied', events: 120, copied: 120 - held },
    });
    expect(await logAt(other.url())).toEqual(await logAt(from));
  });

  test('refuses a target with events of its own, names the first, and leaves it alone', async () => {
    const [from, to] = [(await server()).url(), (await server()).url()];
    await at(from, (store) => fill(store, 3));
    await at(to, (store) => store.append('mission-9', 'none', sampleEvents(1)));
    const { code, result } = await copy(from, to);
    expect(code).toBe(exitCodes.no);
    expect(result).toMatchObject({ outcome: 'differs', events: 0, copied: 0, difference: { kind: 'foreign', at: 1 } });
    expect(result.difference.message).toMatch(
      /^event 1 is mission-1\/0 .* in the source, and mission-9\/0 .* in the target$/,
    );
    expect(await logAt(to)).toHaveLength(1);
  });

  test('stopped by a signal says how to go on', async () => {
    const [from, to] = [(await server()).url(), (await server()).url()];
    await at(from, (store) => fill(store, 3));
    const { code, result, notes } = await copy(from, to, AbortSignal.abort('SIGINT'));
    expect({ code, result }).toEqual({ code: exitCodes.failed, result: undefined });
    expect(notes).toEqual([expect.stringMatching(/stopped by a signal; give the same command again/)]);
  });

  test.each([
    ['memory:', /^--from: expected pglite:DIR/],
    ['pglite:', /^--from: expected pglite:DIR/],
    ['esdb://', /^--from: not an address of EventStoreDB/],
  ])('refuses to copy from %s', async (from, line) => {
    await expect(copy(from, embedded('never'))).rejects.toThrow(line);
  });

  test('says which server does not let it in, without the password', async () => {
    const secure = await server({ certificates });
    const url = secure.url({ name: 'admin', password: 'n0t-this-one' });
    const failure: unknown = await copy(url, embedded('never')).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UsageError);
    expect(String(failure)).toMatch(/--from: .*cannot be read/);
    expect(String(failure)).not.toContain('n0t-this-one');
  });

  test('makes no source where there is none, and does not copy a log onto itself', async () => {
    await expect(copy(embedded('nowhere'), embedded('never'))).rejects.toThrow(/^--from: there is no directory/);
    await expect(access(join(directory, 'nowhere'))).rejects.toThrow();
    await expect(copy(embedded('same'), embedded('same'))).rejects.toThrow('are the same log');
    await expect(access(join(directory, 'never'))).rejects.toThrow();
  });

  (postgresUrl === undefined ? test.skip : test)('finds no log in a database that never had one', async () => {
    const other = await freshDatabase('postgres');
    stops.push(() => other.drop());
    await expect(copy(other.url, embedded('never'))).rejects.toThrow('there is no log in this database');
  });
});
