import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The top of the checkout, whose built programs are run. */
export const root = resolve(import.meta.dirname, '../..');

/** What a program came to. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From its start to its end. */
  readonly ms: number;
}

/** A program under way. */
export interface Running {
  readonly pid: number;
  readonly stdin: NodeJS.WritableStream;
  /** What it has written so far, both outputs. */
  told(): string;
  /** Resolves when it has written what matches, to either output. */
  said(pattern: RegExp, withinMs?: number): Promise<void>;
  /** Sends a signal, to this process alone. */
  signal(signal: NodeJS.Signals): void;
  /** Resolves when it has ended; a program that has not by then is killed, and its test fails. */
  ended(withinMs?: number): Promise<Ended>;
}

export interface ProgramOptions {
  /** Its settings; of this process's environment it gets the PATH alone. */
  readonly env?: Readonly<Record<string, string>>;
  /** Written to its stdin, which is then closed; undefined leaves it open. */
  readonly input?: string | Uint8Array;
}

const alive = new Set<ChildProcessWithoutNullStreams>();
/** Generous: the machine may be busy with other suites. What must be quick says so itself. */
const PATIENCE_MS = 60_000;

/** Starts a program of the checkout under this Node, such as `packages/cli/bin/probono.mjs`. */
export const start = (path: string, args: readonly string[] = [], options: ProgramOptions = {}): Running => {
  const program = join(root, path);
  if (!existsSync(program)) throw new Error(`${path} is not built: run \`npx pnpm build\` first`);
  const began = performance.now();
  const child = spawn(process.execPath, [program, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...options.env },
  });
  alive.add(child);
  const closed = once(child, 'close').finally(() => alive.delete(child));
  const told: Record<'stdout' | 'stderr', string> = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      told[name] += text;
      for (const listener of [...listeners]) listener();
    });
  // A program that ends before it has read all of its input is no failure of ours.
  child.stdin.on('error', () => {});
  if (options.input !== undefined) child.stdin.end(options.input);
  const output = (): string => `${path} ${args.join(' ')}\n${told.stdout.slice(-2000)}\n${told.stderr.slice(-2000)}`;
  const { pid } = child;
  if (pid === undefined) throw new Error(`${path} could not be started`);

  return {
    pid,
    stdin: child.stdin,
    told: () => told.stdout + told.stderr,
    said: (pattern, withinMs = PATIENCE_MS) =>
      new Promise((done, fail) => {
        const look = (): void => {
          if (pattern.test(told.stdout) || pattern.test(told.stderr)) settle(done);
        };
        const settle = (tell: () => void): void => {
          clearTimeout(timer);
          listeners.delete(look);
          tell();
        };
        const timer = setTimeout(
          () => settle(() => fail(new Error(`did not say ${pattern} within ${withinMs} ms: ${output()}`))),
          withinMs,
        );
        void closed.then(() => settle(() => fail(new Error(`ended before it said ${pattern}: ${output()}`))));
        listeners.add(look);
        look();
      }),
    signal: (signal) => void child.kill(signal),
    async ended(withinMs = PATIENCE_MS) {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        child.kill('SIGKILL');
      }, withinMs);
      await closed;
      clearTimeout(timer);
      if (late) throw new Error(`did not end within ${withinMs} ms: ${output()}`);
      return { code: child.exitCode, signal: child.signalCode, ...told, ms: performance.now() - began };
    },
  };
};

/** Starts a `probono` command. */
export const startProbono = (args: readonly string[], options: ProgramOptions = {}): Running =>
  start('packages/cli/bin/probono.mjs', args, options);

/** Runs a `probono` command to its end. */
export const probono = (args: readonly string[], options: ProgramOptions = {}): Promise<Ended> =>
  startProbono(args, { input: '', ...options }).ended();

/** Starts a service. */
export const startService = (name: 'projector' | 'reminder', env: Readonly<Record<string, string>>): Running =>
  start(`services/${name}/dist/main.js`, [], { env });

/** Ends what a test that failed has left behind; for `afterEach`. */
export const endProcesses = async (): Promise<void> => {
  await Promise.all(
    [...alive].map(async (child) => {
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    }),
  );
};

/** The lines of an output, each read as JSON; throws when one is not. */
export const jsonLines = (text: string): readonly unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
