import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Readable, Writable } from 'node:stream';

/** A server process that cannot outlive this one. */
export interface Supervised {
  /** Ends the server and removes its directory. */
  stop(): Promise<void>;
  /** Ends the server in an orderly way and leaves its directory, for another start. */
  pause(): Promise<void>;
  /** SIGKILL to the server's own pid; resolves when it and its workers are gone. */
  kill(): Promise<void>;
}

export interface SupervisedOptions {
  readonly command: readonly [string, ...string[]];
  readonly directory: string;
  /** Signal that ends the server in an orderly way. */
  readonly signal: 'INT' | 'TERM';
  /** Line of its output that says it takes connections. */
  readonly ready: RegExp;
  readonly user?: { readonly uid: number; readonly gid: number };
  readonly deadlineMs?: number;
}

// The shell stands between: when this process goes, however it goes, its pipe closes and `read` returns. It knows the
// server as its own child, so no signal can reach another process that was given the same pid. It closes its own output, so that
// the end of the output is the end of the server and of all its workers.
const SUPERVISOR = `
dir=$1; signal=$2; shift 2
"$@" </dev/null 2>&1 & child=$!
echo "pid $child"
exec >&-
word=
read word
kill -s "$signal" "$child" 2>/dev/null
wait "$child"
[ "$word" = pause ] || rm -rf "$dir"
`;

export async function startSupervised(options: SupervisedOptions): Promise<Supervised> {
  const { directory, signal, command, user } = options;
  const shell = spawn('/bin/sh', ['-c', SUPERVISOR, 'supervisor', directory, signal, ...command], {
    cwd: directory,
    // Its own session, so that Ctrl-C in a terminal reaches it only through the pipe.
    detached: true,
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(user && { uid: user.uid, gid: user.gid }),
  });
  const exited = once(shell, 'exit');
  const ended = once(shell.stdout, 'end');
  const end = async (word: string) => {
    if (shell.exitCode === null && shell.signalCode === null) {
      shell.ref();
      shell.stdin.end(word);
      await exited;
    }
  };
  try {
    const pid = await readyPid(shell, options);
    // The tests' process may end while the server runs; the pipe does the rest.
    for (const part of [shell, shell.stdin, shell.stdout]) unref(part);
    return {
      stop: () => end(''),
      pause: () => end('pause\n'),
      async kill() {
        process.kill(pid, 'SIGKILL');
        await ended;
      },
    };
  } catch (error) {
    await end('');
    throw error;
  }
}

/** Child processes and their pipes have `unref`; the types of the pipes do not say so. */
function unref(part: object): void {
  if ('unref' in part && typeof part.unref === 'function') part.unref();
}

type Shell = ChildProcessByStdio<Writable, Readable, null>;

async function readyPid(shell: Shell, { ready, command, deadlineMs = 20_000 }: SupervisedOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string) => reject(new Error(`${command[0]} ${why}. Its output:\n${output.slice(-2000)}`));
    const timer = setTimeout(() => fail(`was not ready within ${deadlineMs} ms`), deadlineMs);
    shell.once('error', (error) => fail(`could not be started (${error.message})`));
    shell.once('exit', () => fail('ended at once'));
    shell.stdout.on('data', (chunk: Buffer) => {
      // Read on after readiness too: a full pipe would stop the server.
      if (output.length < 100_000) output += chunk;
      const pid = /^pid (\d+)$/m.exec(output)?.[1];
      if (pid === undefined || !ready.test(output)) return;
      clearTimeout(timer);
      resolve(Number(pid));
    });
    shell.stdout.once('end', () => fail('ended before it was ready'));
  });
}

/** A port of 127.0.0.1 that nobody uses now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port on 127.0.0.1.');
  return address.port;
}
