import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findBinary } from './binaries.ts';
import { freePort, type Supervised, type SupervisedOptions, startSupervised } from './supervised.ts';

export { findBinary } from './binaries.ts';

/** A server for tests. A shared one, given by the environment, cannot be stopped or killed. */
export interface TestServer {
  readonly url: string;
  readonly shared: boolean;
  stop(): Promise<void>;
  /** Orderly stop and start; same port, same data. Also brings a killed server back. */
  restart(): Promise<void>;
  /** Ends the server without warning. */
  kill(): Promise<void>;
}

/** How a PostgreSQL for tests differs from the ordinary one. */
export interface PostgresOptions {
  readonly fsync?: boolean;
  /** The directory in which it makes its own; by default the system's for temporary files. */
  readonly parent?: string;
  /** Its key and certificate, both PEM: it then also speaks TLS. */
  readonly certificates?: { readonly key: Buffer; readonly certificate: Buffer };
}

/**
 * PostgreSQL on a free port of 127.0.0.1 with its own temporary directory, or the one of `POSTGRES_URL`.
 * `fsync: false` is for suites that do not look at what survives a crash of the machine.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<TestServer> {
  const { fsync = true, parent = tmpdir(), certificates } = options;
  if (process.env.POSTGRES_URL) return sharedServer(process.env.POSTGRES_URL);
  const [initdb, postgres] = [required('initdb'), required('postgres')];
  const user = serverUser();
  const directory = await temporaryDirectory(join(parent, 'probono-postgres-'), user);
  const password = randomBytes(12).toString('hex');
  try {
    await initialise(initdb, directory, password, user);
    if (certificates) await giveCertificates(directory, certificates, user);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    fsync: fsync ? 'on' : 'off',
    ...(certificates && {
      ssl: 'on',
      ssl_cert_file: join(directory, 'server.crt'),
      ssl_key_file: join(directory, 'server.key'),
    }),
  };
  return privateServer(`postgres://postgres:${password}@127.0.0.1:${port}/postgres`, {
    command: [
      postgres,
      ...['-D', join(directory, 'data'), '-p', String(port)],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    directory,
    signal: 'INT',
    ready: /database system is ready to accept connections/,
    ...(user && { user }),
  });
}

/**
 * Redis on a free port of 127.0.0.1, or the one of `REDIS_URL`, where suites take key prefixes of their own.
 * With `appendonly` what it was told survives a restart.
 */
export async function startRedis({ appendonly = false }: { appendonly?: boolean } = {}): Promise<TestServer> {
  if (process.env.REDIS_URL) return sharedServer(process.env.REDIS_URL);
  const redis = required('redis-server');
  const directory = await temporaryDirectory(join(tmpdir(), 'probono-redis-'), undefined);
  const port = await freePort();
  return privateServer(`redis://127.0.0.1:${port}`, {
    command: [
      redis,
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--daemonize', 'no', '--save', ''],
      ...['--appendonly', appendonly ? 'yes' : 'no', '--maxmemory-policy', 'noeviction'],
    ],
    directory,
    signal: 'TERM',
    ready: /Ready to accept connections/,
  });
}

async function privateServer(url: string, options: SupervisedOptions): Promise<TestServer> {
  let running: Supervised = await startSupervised(options);
  return {
    url,
    shared: false,
    stop: () => running.stop(),
    kill: () => running.kill(),
    async restart() {
      await running.pause();
      running = await startSupervised(options);
    },
  };
}

function sharedServer(url: string): TestServer {
  const refuse = async () => {
    throw new Error('The server is shared (given by POSTGRES_URL or REDIS_URL): tests must not interrupt it.');
  };
  return { url, shared: true, stop: async () => {}, restart: refuse, kill: refuse };
}

function required(name: Parameters<typeof findBinary>[0]): string {
  const path = findBinary(name);
  if (path === undefined) throw new Error(`${name} is not installed: put it on the PATH, or give the server's URL.`);
  return path;
}

async function initialise(
  initdb: string,
  directory: string,
  password: string,
  user: ServerUser | undefined,
): Promise<void> {
  const file = join(directory, 'password');
  await writeFile(file, password, { mode: 0o600 });
  if (user) await chown(file, user.uid, user.gid);
  const cluster = ['-D', join(directory, 'data'), '-U', 'postgres', '-E', 'UTF8', '--no-locale', '--no-sync'];
  await promisify(execFile)(initdb, [...cluster, '-A', 'scram-sha-256', '--pwfile', file], { cwd: directory, ...user });
}

async function giveCertificates(
  directory: string,
  { key, certificate }: NonNullable<PostgresOptions['certificates']>,
  user: ServerUser | undefined,
): Promise<void> {
  for (const [name, content] of [
    ['server.key', key],
    ['server.crt', certificate],
  ] as const) {
    await writeFile(join(directory, name), content, { mode: 0o600 });
    if (user) await chown(join(directory, name), user.uid, user.gid);
  }
}

interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root; then the system's `postgres` user runs it. */
function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function temporaryDirectory(prefix: string, user: ServerUser | undefined): Promise<string> {
  const directory = await mkdtemp(prefix);
  if (user) await chown(directory, user.uid, user.gid);
  return directory;
}
