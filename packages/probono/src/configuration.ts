import { readFile } from 'node:fs/promises';
import { PersonId } from '@probono/domain';
import * as z from 'zod';

/** A value of the configuration cannot be used; the message is one line that names the variable and what it takes. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** Addresses of servers can be read as such; `redis+cluster` and `redis+sentinel` name several hosts, and are no URLs. */
const readable = (text: string): boolean =>
  !/^(postgres|postgresql|redis|rediss|smtp|smtps|https):/.test(text) ||
  (URL.canParse(text) && /^\w+:\/\/./.test(text));

const url = (schemes: readonly string[], example: string) =>
  z
    .string()
    .max(2000)
    .refine((text) => schemes.some((scheme) => text.startsWith(`${scheme}:`)) && readable(text), {
      error: `expected ${schemes.map((scheme) => `${scheme}:…`).join(' or ')}, such as ${example}`,
    });

const postgres = ['postgres', 'postgresql', 'pglite'];
const eventStoreDb = ['esdb', 'esdb+discover', 'kurrentdb', 'kurrentdb+discover'];

/** True for the address of an EventStoreDB or KurrentDB, which holds the log and nothing else. */
export const isEventStoreDb = (store: string): boolean => eventStoreDb.some((scheme) => store.startsWith(`${scheme}:`));

const port = z.coerce.number({ error: 'expected a port, 0 to 65535' }).int().min(0).max(65_535);

/**
 * Every setting, by the name of its environment variable. What is not set has the embedded profile's value:
 * one directory, no server.
 */
const Settings = z.strictObject({
  /** The event log. */
  PROBONO_STORE: url([...postgres, ...eventStoreDb, 'memory'], 'postgres://localhost/probono').default(
    'pglite:var/probono',
  ),
  /** The read models, the reminders' ledger. By default where the log is, when that is SQL. */
  PROBONO_READ_MODELS: url(postgres, 'postgres://localhost/probono').optional(),
  /** The keys of persons; a database of their own lets them be backed up apart. By default with the read models. */
  PROBONO_KEYS: url(postgres, 'postgres://localhost/probono_keys').optional(),
  /** The file of the key that wraps all other keys: 32 bytes, readable by its owner alone. By default DIR.kek beside an embedded log; a server's must be named. */
  PROBONO_KEK_FILE: z.string().min(1).max(1000).optional(),
  /** Wake-ups: Redis, or `sql` for the database of the read models. */
  PROBONO_QUEUE: z
    .string()
    .max(2000)
    .refine((text) => text === 'sql' || (/^rediss?(\+(cluster|sentinel))?:\/\/./.test(text) && readable(text)), {
      error:
        'expected sql, redis:…, redis+cluster:… or redis+sentinel:… (rediss… for TLS), such as redis://localhost:6379',
    })
    .default('sql'),
  /** Where mails go: an SMTP server, or a directory of files. */
  PROBONO_MAIL: url(['smtp', 'smtps', 'file'], 'smtp://localhost:25').default('file:var/mail'),
  PROBONO_MAIL_FROM: z
    .string()
    .max(320)
    .regex(/^[^\s@<>]+@[^\s@<>]+$/, 'expected an address, name@domain')
    .default('probono@localhost.localdomain'),
  /** Programme officers, by their person ids, who are told of ends and deadlines. */
  PROBONO_OFFICERS: z
    .string()
    .max(4000)
    .default('')
    .transform((text) => text.split(',').filter((id) => id.trim() !== ''))
    .pipe(z.array(PersonId, { error: 'expected person ids, separated by commas' })),
  /** Where one-click unsubscribe requests arrive, with the secret of their links; without both, mails carry none. */
  PROBONO_UNSUBSCRIBE_URL: url(['https'], 'https://probono.example/unsubscribe').optional(),
  PROBONO_UNSUBSCRIBE_SECRET: z.string().min(32, 'expected at least 32 characters').max(1000).optional(),
  /** What to do with a mail whose sending was cut short: send again, or leave it to a person. */
  PROBONO_MAIL_UNKNOWN: z.enum(['resend', 'park'], { error: 'expected resend or park' }).default('resend'),
  PROBONO_HEALTH_HOST: z.string().max(255).default('127.0.0.1'),
  /** The port of /healthz, /readyz and /metrics; 0 takes a free one. */
  PROBONO_HEALTH_PORT: port.optional(),
  /** Whether bull-board, which shows the wake-ups, is served under /queues beside those pages. */
  PROBONO_BULL_BOARD: z.enum(['on', 'off'], { error: 'expected on or off' }).default('off'),
  PROBONO_LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'], { error: 'expected silent, error, warn, info or debug' })
    .default('info'),
});

/** The names of all environment variables that the configuration knows. */
export const settingNames: readonly string[] = Object.keys(Settings.shape);

/** The checked configuration; see {@link settingNames} for where each value comes from. */
export interface Configuration {
  readonly store: string;
  readonly readModels: string;
  readonly keys: string;
  /** Undefined where the log is in memory: its keys are too. */
  readonly kekFile: string | undefined;
  readonly queue: string;
  readonly mail: string;
  readonly mailFrom: string;
  readonly officers: readonly string[];
  readonly unsubscribe?: { readonly url: string; readonly secret: string };
  readonly onUnknownMail: 'resend' | 'park';
  readonly healthHost: string;
  readonly healthPort?: number;
  readonly bullBoard: boolean;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
}

/**
 * Reads the configuration from environment variables; `PROBONO_…` names that are not known are refused, for a
 * misspelt setting would silently be the default. Throws {@link ConfigurationError}.
 */
export const configurationFrom = (environment: Readonly<Record<string, string | undefined>>): Configuration => {
  const given = Object.entries(environment).filter(
    ([name, value]) =>
      name.startsWith('PROBONO_') && !name.startsWith('PROBONO_TEST_') && value !== undefined && value !== '',
  );
  const parsed = Settings.safeParse(Object.fromEntries(given));
  if (!parsed.success) throw new ConfigurationError(parsed.error.issues.map(told).join('; '));
  const s = parsed.data;
  const readModels = s.PROBONO_READ_MODELS ?? besideStore(s.PROBONO_STORE);
  const keys = s.PROBONO_KEYS ?? readModels;
  if (isEventStoreDb(s.PROBONO_STORE) && keys === 'pglite:')
    throw new ConfigurationError(
      'PROBONO_KEYS: expected a database that outlives this process, as the log does: postgres:… or pglite:DIR',
    );
  return {
    store: s.PROBONO_STORE,
    readModels,
    keys,
    kekFile: kekFileOf(s.PROBONO_STORE, s.PROBONO_KEK_FILE),
    queue: s.PROBONO_QUEUE,
    mail: s.PROBONO_MAIL,
    mailFrom: s.PROBONO_MAIL_FROM,
    onUnknownMail: s.PROBONO_MAIL_UNKNOWN,
    healthHost: s.PROBONO_HEALTH_HOST,
    bullBoard: bullBoardOf(s.PROBONO_BULL_BOARD, s.PROBONO_HEALTH_HOST, s.PROBONO_HEALTH_PORT),
    logLevel: s.PROBONO_LOG_LEVEL,
    officers: s.PROBONO_OFFICERS,
    ...(s.PROBONO_UNSUBSCRIBE_URL === undefined || s.PROBONO_UNSUBSCRIBE_SECRET === undefined
      ? {}
      : { unsubscribe: { url: s.PROBONO_UNSUBSCRIBE_URL, secret: s.PROBONO_UNSUBSCRIBE_SECRET } }),
    ...(s.PROBONO_HEALTH_PORT === undefined ? {} : { healthPort: s.PROBONO_HEALTH_PORT }),
  };
};

/** It asks nobody who they are. */
const bullBoardOf = (wanted: 'on' | 'off', host: string, servedOn: number | undefined): boolean => {
  if (wanted === 'off') return false;
  if (servedOn === undefined)
    throw new ConfigurationError('PROBONO_BULL_BOARD: expected PROBONO_HEALTH_PORT too, where it is served');
  if (!['127.0.0.1', '::1', 'localhost'].includes(host))
    throw new ConfigurationError(
      'PROBONO_BULL_BOARD: expected PROBONO_HEALTH_HOST to be of this machine alone, such as 127.0.0.1',
    );
  return true;
};

const besideStore = (store: string): string => {
  if (isEventStoreDb(store))
    throw new ConfigurationError(
      'PROBONO_READ_MODELS: expected the database of the read models, such as postgres://localhost/probono, for EventStoreDB holds the log alone',
    );
  return store === 'memory:' ? 'pglite:' : store;
};

const kekFileOf = (store: string, given: string | undefined): string | undefined => {
  const [scheme, directory = ''] = store.split(/:(.*)/s);
  if (given !== undefined || scheme === 'memory' || directory === '') return given;
  if (scheme === 'pglite') return `${directory}.kek`;
  throw new ConfigurationError(
    'PROBONO_KEK_FILE: expected the file of the key that wraps all other keys; make one with: (umask 077; openssl rand -out FILE 32)',
  );
};

const told = (issue: z.core.$ZodIssue): string =>
  issue.code === 'unrecognized_keys'
    ? `${issue.keys.join(', ')}: there is no such setting; known are ${settingNames.join(', ')}`
    : `${issue.path.join('.')}: ${issue.message}`;

/** Reads a configuration file (JSON, the same names as the environment); the environment has the last word. */
export const configurationFromFile = async (
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Configuration> => {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new ConfigurationError(`${file}: cannot be read; give an existing JSON file with --config`);
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new ConfigurationError(`${file}: is not JSON; expected {"PROBONO_STORE": "…", …}`);
  }
  const strings = z.record(z.string(), z.union([z.string(), z.number().transform(String)])).safeParse(content);
  if (!strings.success) throw new ConfigurationError(`${file}: expected an object of strings and numbers`);
  return configurationFrom({ ...strings.data, ...environment });
};
