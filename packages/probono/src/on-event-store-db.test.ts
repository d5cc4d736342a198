import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listConventions, listEntries } from '@probono/read-models';
import { type StandIn, startStandIn } from '../../../test/support/event-store-stand-in/stand-in.js';
import { linesOf, merged } from '../../../test/support/example-files.js';
import { configurationFrom } from './configuration.js';
import { openProBono } from './pro-bono.js';

const files = ['0-programme.ndjson', '1-driee-fne.ndjson'];
const settings = { PROBONO_LOG_LEVEL: 'silent' };

/** Runs the story on what the settings name, twice, and gives the rows that the read models end with. */
const played = async (environment: Readonly<Record<string, string>>) => {
  const proBono = await openProBono(configurationFrom({ ...settings, ...environment }));
  try {
    const give = async () => {
      const outcomes = [];
      for (const { at, command, data, meta } of merged(files)) {
        const parsed = proBono.parse({ command, data, meta }, { at: new Date(at) });
        if (!parsed.ok) throw new Error(JSON.stringify(parsed.invalid));
        outcomes.push(await proBono.application.execute(parsed.command));
      }
      return outcomes;
    };
    const [first, again] = [await give(), await give()];
    for (const name of ['conventions', 'hours']) expect(await proBono.readModels.advance(name)).toBe('idle');
    return {
      accepted: first.filter(({ kind }) => kind === 'accepted').length,
      repeated: again.filter((outcome) => outcome.kind === 'accepted' && outcome.repeated).length,
      rows: {
        conventions: await listConventions(proBono.sql, { on: '2026-06-30' }),
        entries: await listEntries(proBono.sql, {}),
      },
    };
  } finally {
    await proBono.close();
  }
};

describe('Pro Bono on EventStoreDB', () => {
  let directory: string;
  let standIn: StandIn;
  const onEventStoreDb = () => ({
    PROBONO_STORE: standIn.url(),
    PROBONO_READ_MODELS: `pglite:${join(directory, 'read-models')}`,
    PROBONO_KEK_FILE: join(directory, 'kek'),
  });
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'probono-event-store-db-'));
    await writeFile(join(directory, 'kek'), Buffer.alloc(32, 7), { mode: 0o600 });
    standIn = await startStandIn();
  });
  afterAll(async () => {
    await standIn.stop();
    await rm(directory, { recursive: true, force: true });
  });

  test('plays a whole story and ends with the rows that PGlite ends with', async () => {
    const there = await played(onEventStoreDb());
    const here = await played({ PROBONO_STORE: `pglite:${join(directory, 'store')}` });
    const lines = files.flatMap(linesOf).length;
    expect(there).toMatchObject({ accepted: lines, repeated: lines });
    expect(there.rows).toEqual(here.rows);
    expect(there.rows.conventions).toHaveLength(1);
    expect(there.rows.entries.length).toBeGreaterThan(5);
  }, 120_000);

  test('says which setting is wrong when the address cannot be used', async () => {
    const wrong = { ...settings, ...onEventStoreDb(), PROBONO_STORE: 'esdb://127.0.0.1:1?tls=true' };
    await expect(openProBono(configurationFrom(wrong))).rejects.toThrow(/^PROBONO_STORE: .*user:password/);
  });

  test('does not start while the server is away', async () => {
    const away = { ...settings, ...onEventStoreDb(), PROBONO_STORE: 'esdb://127.0.0.1:1?tls=false' };
    await expect(openProBono(configurationFrom(away))).rejects.toMatchObject({ name: 'Unavailable' });
  }, 60_000);
});
