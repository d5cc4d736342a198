import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ConfigurationError, configurationFrom, configurationFromFile } from './configuration.js';

describe('the configuration', () => {
  test('without any variable is the embedded profile', () => {
    expect(configurationFrom({})).toMatchObject({
      store: 'pglite:var/probono',
      readModels: 'pglite:var/probono',
      queue: 'sql',
      mail: 'file:var/mail',
    });
  });

  test('keeps read models and keys where the log is unless told otherwise', () => {
    const store = 'postgres://localhost/p';
    const environment = { PROBONO_STORE: store, PROBONO_KEK_FILE: '/etc/kek' };
    expect(configurationFrom(environment)).toMatchObject({ readModels: store, keys: store });
    expect(configurationFrom({ ...environment, PROBONO_KEYS: 'postgres://other/k' })).toMatchObject({
      readModels: store,
      keys: 'postgres://other/k',
    });
  });

  test('keeps the wrapping key beside an embedded log, and asks for its file on a server', () => {
    expect(configurationFrom({ PROBONO_STORE: 'pglite:var/x' }).kekFile).toBe('var/x.kek');
    expect(configurationFrom({ PROBONO_STORE: 'memory:' }).kekFile).toBeUndefined();
    expect(() => configurationFrom({ PROBONO_STORE: 'postgres://localhost/p' })).toThrow(/^PROBONO_KEK_FILE: expected/);
  });

  test.each(['esdb://h:2113', 'esdb+discover://a,b', 'kurrentdb://h', 'kurrentdb+discover://h'])(
    'keeps the log alone at %s, and asks where all else is to be',
    (PROBONO_STORE) => {
      const environment = { PROBONO_STORE, PROBONO_KEK_FILE: '/etc/kek' };
      const readModels = 'postgres://localhost/p';
      expect(configurationFrom({ ...environment, PROBONO_READ_MODELS: readModels })).toMatchObject({
        store: PROBONO_STORE,
        readModels,
        keys: readModels,
      });
      expect(() => configurationFrom(environment)).toThrow(/^PROBONO_READ_MODELS: expected the database/);
      expect(() => configurationFrom({ PROBONO_STORE, PROBONO_READ_MODELS: readModels })).toThrow(/^PROBONO_KEK_FILE/);
      // Keys in memory would leave a log that nobody can read.
      expect(() => configurationFrom({ ...environment, PROBONO_READ_MODELS: 'pglite:' })).toThrow(/^PROBONO_KEYS: /);
    },
  );

  test('names the variable and what it takes when a value is wrong', () => {
    expect(() => configurationFrom({ PROBONO_STORE: 'mysql://x' })).toThrow(/^PROBONO_STORE: expected postgres:…/);
    expect(() => configurationFrom({ PROBONO_QUEUE: 'rabbit' })).toThrow(/^PROBONO_QUEUE: expected sql, redis:…/);
    expect(() => configurationFrom({ PROBONO_HEALTH_PORT: '70000' })).toThrow(/^PROBONO_HEALTH_PORT: /);
  });

  test('shows bull-board only when asked to, and to this machine alone', () => {
    const on = { PROBONO_STORE: 'memory:', PROBONO_BULL_BOARD: 'on' };
    expect(configurationFrom({ PROBONO_STORE: 'memory:' }).bullBoard).toBe(false);
    expect(configurationFrom({ ...on, PROBONO_HEALTH_PORT: '0' }).bullBoard).toBe(true);
    expect(() => configurationFrom(on)).toThrow(/^PROBONO_BULL_BOARD: expected PROBONO_HEALTH_PORT/);
    const open = { ...on, PROBONO_HEALTH_PORT: '0', PROBONO_HEALTH_HOST: '0.0.0.0' };
    expect(() => configurationFrom(open)).toThrow(/^PROBONO_BULL_BOARD: expected PROBONO_HEALTH_HOST/);
  });

  test('refuses a misspelt name rather than taking the default', () => {
    expect(() => configurationFrom({ PROBONO_STOR: 'memory:' })).toThrow(/PROBONO_STOR: there is no such setting/);
  });

  test('takes a file, over which the environment has the last word', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'probono-configuration-'));
    const file = join(directory, 'probono.json');
    await writeFile(file, JSON.stringify({ PROBONO_STORE: 'memory:', PROBONO_HEALTH_PORT: 0 }));
    expect(await configurationFromFile(file, {})).toMatchObject({ store: 'memory:', healthPort: 0 });
    expect(await configurationFromFile(file, { PROBONO_STORE: 'pglite:x' })).toMatchObject({ store: 'pglite:x' });
    await writeFile(file, '{');
    await expect(configurationFromFile(file, {})).rejects.toThrow(ConfigurationError);
    await rm(directory, { recursive: true });
  });
});
