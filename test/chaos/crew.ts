import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Setting, settingName } from './setting.js';

/** How a worker is started: the product's settings, and the harness's own. */
export interface Terms {
  readonly env: Readonly<Record<string, string>>;
  readonly setting: Setting;
}

/** Worker processes, each of which is started again when it has ended. */
export interface Crew {
  /** Resolves when all of them are at work. */
  up(): Promise<void>;
  /** SIGKILL; resolves when it is gone. Another one takes its place. */
  kill(worker: number): Promise<void>;
  /** SIGSTOP, and SIGCONT after so many milliseconds. */
  stall(worker: number, ms: number, stopped: () => Promise<void>): Promise<void>;
  tell(now: number): void;
  /** Lets all go in an orderly way. */
  dismiss(): Promise<void>;
  /** Ends that nobody asked for and that no lost server explains. */
  readonly troubles: readonly string[];
}

interface Post {
  child: ChildProcess;
  up: Promise<void>;
  told: string;
}

const program = join(import.meta.dirname, 'worker.js');
const restartMs = 200;
const patienceMs = 60_000;

/** Starts so many workers; `termsOf` gives each start its own terms. */
export const hire = (count: number, termsOf: (worker: number) => Terms): Crew => {
  const troubles: string[] = [];
  let dismissed = false;

  const begin = (worker: number): Post => {
    const { env, setting } = termsOf(worker);
    const child = spawn(process.execPath, ['--enable-source-maps', program], {
      env: { PATH: process.env.PATH ?? '', ...env, [settingName]: JSON.stringify(setting) },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const post: Post = { child, told: '', up: Promise.resolve() };
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      post.told = (post.told + text).slice(-4000);
    });
    post.up = new Promise((resolve) => child.once('message', () => resolve()));
    child.once('exit', (code, signal) => {
      if (dismissed) return;
      if (signal !== 'SIGKILL' && code !== 2)
        troubles.push(`a worker ended by itself (${code ?? signal}): ${post.told}`);
      setTimeout(() => {
        if (!dismissed) posts[worker] = begin(worker);
      }, restartMs);
    });
    return post;
  };
  const posts: Post[] = [];
  for (let worker = 0; worker < count; worker++) posts.push(begin(worker));

  const at = (worker: number): Post => {
    const post = posts[worker];
    if (post === undefined) throw new RangeError(`there is no worker ${worker}`);
    return post;
  };
  const gone = async ({ child }: Post): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };

  return {
    troubles,
    async up() {
      for (const worker of posts.keys()) {
        for (let post = at(worker); ; post = at(worker)) {
          const state = await Promise.race([post.up.then(() => 'up' as const), gone(post).then(() => 'gone' as const)]);
          if (state === 'up') break;
          await new Promise((resolve) => setTimeout(resolve, restartMs));
        }
      }
    },
    async kill(worker) {
      const post = at(worker);
      post.child.kill('SIGKILL');
      await gone(post);
    },
    async stall(worker, ms, stopped) {
      const { child } = at(worker);
      child.kill('SIGSTOP');
      try {
        await Promise.all([stopped(), new Promise((resolve) => setTimeout(resolve, ms))]);
      } finally {
        child.kill('SIGCONT');
      }
    },
    tell(now) {
      // One that has just gone does not hear it.
      for (const { child } of posts) if (child.connected) child.send(now, () => {});
    },
    async dismiss() {
      dismissed = true;
      await Promise.all(
        posts.map(async (post) => {
          post.child.kill('SIGTERM');
          const timer = setTimeout(() => {
            troubles.push(`a worker did not stop: ${post.told}`);
            post.child.kill('SIGKILL');
          }, patienceMs);
          await gone(post);
          clearTimeout(timer);
        }),
      );
    },
  };
};
