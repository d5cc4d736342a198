import { connect } from 'node:net';
import type { Crew } from './crew.js';
import type { Fault, FaultKind } from './plan.js';
import type { Stage } from './stage.js';

/** What faults are done to, and who is told of them. */
export interface Victims {
  readonly stage: Stage;
  readonly crew: Crew;
  readonly stallMs: number;
  /** Called once a worker does nothing any more: which mails it was about. */
  readonly interrupted: (worker: number) => Promise<void>;
}

/** Does faults, and counts those that came about. */
export interface Faults {
  begin(fault: Fault): void;
  /** Resolves when all servers and workers are there again; faults that had no occasion are given up. */
  over(): Promise<void>;
  readonly counts: ReadonlyMap<FaultKind, number>;
}

export const faultsOn = ({ stage, crew, stallMs, interrupted }: Victims): Faults => {
  const counts = new Map<FaultKind, number>();
  const count = (kind: FaultKind): void => void counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const under: Promise<void>[] = [];
  const ended = new AbortController();
  /** What concerns one server or one worker comes one after the other. */
  const turns = new Map<unknown, Promise<void>>();
  const inTurn = (of: unknown, work: () => Promise<void>): Promise<void> => {
    const turn = (turns.get(of) ?? Promise.resolve()).then(work);
    turns.set(of, turn);
    return turn;
  };

  const kill = async (worker: number): Promise<void> => {
    await crew.kill(worker);
    await interrupted(worker);
  };
  const afterMail = (worker: number): Promise<boolean> =>
    new Promise((resolve) => {
      const { post } = stage;
      const end = (hit: boolean): void => {
        post.onAnswered = () => {};
        resolve(hit);
      };
      ended.signal.addEventListener('abort', () => end(false));
      post.onAnswered = ({ door }) => {
        if (door !== worker) return;
        end(true);
        void kill(worker);
      };
    });

  /** True when it came about. */
  const act = async ({ kind, side, worker, awayMs }: Fault): Promise<boolean> => {
    const { postgres, redis, relays } = stage;
    switch (kind) {
      case 'worker-killed':
        await inTurn(worker, () => kill(worker));
        return true;
      case 'worker-killed-after-mail': {
        let hit = false;
        await inTurn(worker, async () => {
          hit = await afterMail(worker);
        });
        return hit;
      }
      case 'worker-stalled':
        await inTurn(worker, () => crew.stall(worker, stallMs, () => interrupted(worker)));
        return true;
      case 'redis-flushed':
        await inTurn(redis, () => flush(redis.url));
        return true;
      case 'redis-restarted':
        await inTurn(redis, () => redis.restart());
        return true;
      case 'redis-killed':
        await inTurn(redis, () => killed(redis, awayMs));
        return true;
      case 'postgres-restarted':
        await inTurn(postgres, () => postgres.restart());
        return true;
      case 'postgres-killed':
        await inTurn(postgres, () => killed(postgres, awayMs));
        return true;
      case 'cut-before-commit':
        return relays[side].cut('before-commit');
      case 'cut-after-commit':
        return relays[side].cut('after-commit');
      case 'connections-cut':
        return relays[side].cutAll() > 0;
      default:
        return kind satisfies never;
    }
  };

  return {
    counts,
    begin(fault) {
      under.push(
        act(fault).then((cameAbout) => {
          if (cameAbout) count(fault.kind);
        }),
      );
    },
    async over() {
      ended.abort();
      for (const relay of Object.values(stage.relays)) relay.giveUp();
      await Promise.all(under);
    },
  };
};

const killed = async (server: Stage['redis'], awayMs: number): Promise<void> => {
  await server.kill();
  await new Promise((resolve) => setTimeout(resolve, awayMs));
  await server.restart();
};

/** Wipes a Redis: every wake-up and every schedule in it. */
const flush = (url: string): Promise<void> =>
  new Promise((done, fail) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => socket.write('FLUSHALL\r\n'));
    socket.once('data', (reply) => {
      socket.destroy();
      if (String(reply).startsWith('+OK')) done();
      else fail(new Error(`FLUSHALL: ${reply}`));
    });
    socket.once('error', fail);
  });
