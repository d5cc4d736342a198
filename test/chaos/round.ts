import { domain } from '@probono/domain';
import { type Configuration, configurationFrom, openProBono, type ProBono } from 'probono';
import { check, type Findings } from './checks.js';
import { type Crew, hire } from './crew.js';
import { faultsOn } from './faults.js';
import { mailsInDoubt } from './in-doubt.js';
import { isDue, type Plan, workerCount, worldCount } from './plan.js';
import { caughtUp, quiet } from './quiet.js';
import { startReader } from './reader.js';
import type { Stage } from './stage.js';
import { witnessOf } from './witness.js';
import { giveLoad } from './writers.js';

/** What a round came to. */
export interface Round extends Findings {
  readonly faults: ReadonlyMap<string, number>;
  /** Mails that were taken twice because a worker was killed or stalled between the server's 250 and the ledger. */
  readonly excused: number;
  /** What else went wrong, in words. */
  readonly troubles: readonly string[];
}

const leaseMs = 2_500;
const stallMs = 4_000;
const tickMs = 800;
/** No part of a day: all hours come round, those in which mails are sent too. */
const hop = 7 * 3_600_000;
const twoHours = 2 * 3_600_000;
const longestHopMs = 300;
const tellMs = 60;
const farthestOff = 10 * 60_000;
const patienceMs = 90_000;
const types = Object.keys(domain.events);

/** Waits until no reminder is due, though not for long. */
const idle = async ({ workers }: ProBono): Promise<void> => {
  const deadline = performance.now() + longestHopMs;
  do {
    await new Promise((resolve) => setTimeout(resolve, tellMs));
  } while (performance.now() < deadline && (await workers.reminders.hasDue().catch(() => true)));
};

/** Plays one round on a database of its own. */
export const playRound = async (stage: Stage, plan: Plan, name: string): Promise<Round> => {
  await stage.administer(`CREATE DATABASE ${name}`);
  const open: ProBono[] = [];
  const settings = (database: string, door = 0) => ({
    PROBONO_STORE: database,
    PROBONO_KEK_FILE: stage.kekFile,
    PROBONO_QUEUE: stage.redis.url,
    PROBONO_MAIL: stage.doors[door]?.url ?? '',
    PROBONO_MAIL_UNKNOWN: plan.onUnknownMail,
    PROBONO_LOG_LEVEL: 'silent',
  });
  let now = Date.parse(plan.load[0]?.command.meta.at ?? '');
  const openOne = async (configuration: Configuration): Promise<ProBono> => {
    const proBono = await openProBono(configuration, {
      clock: () => new Date(now),
      projections: (own) => [...own, witnessOf(types)],
    });
    open.push(proBono);
    return proBono;
  };
  const crews: Crew[] = [];
  const engage = (poison: Plan['poison']): Crew => {
    const crew = hire(workerCount, (worker) => ({
      env: settings(stage.database(name, stage.relays.workers), worker),
      setting: {
        ...{ now, leaseMs, tickMs, types },
        offsetMs: plan.dice.below(2 * farthestOff) - farthestOff,
        ...(poison === undefined ? {} : { poison }),
      },
    }));
    crews.push(crew);
    return crew;
  };

  stage.post.taken.length = 0;
  const counts = new Map<string, number>([['clock-shifted', workerCount]]);
  let timer: NodeJS.Timeout | undefined;
  try {
    const control = await openOne(configurationFrom(settings(stage.database(name))));
    const byRelay = configurationFrom(settings(stage.database(name, stage.relays.writers)));
    const writers: [ProBono, ...ProBono[]] = [await openOne(byRelay)];
    while (writers.length < worldCount) writers.push(await openOne(byRelay));
    for (const writer of writers) await writer.queue();
    let crew = engage(plan.poison);
    let toldLast = now;
    timer = setInterval(() => {
      if (now === toldLast) return;
      toldLast = now;
      crew.tell(now);
    }, tellMs);
    await crew.up();
    const reader = startReader(writers[0].store);
    const doubts = mailsInDoubt(stage, name);
    const faults = faultsOn({ stage, crew, stallMs, interrupted: doubts.note });

    const left = [...plan.faults];
    const answers = await giveLoad(plan, writers, async (place, at) => {
      const come = (): void => {
        for (let next = left[0]; next !== undefined && isDue(next, place, now); next = left[0]) {
          faults.begin(next);
          left.shift();
        }
      };
      // In hops, so that what falls due between two commands is dealt with on its day.
      for (; now + hop < at; now += hop) {
        come();
        await idle(control);
      }
      now = Math.max(now, at);
      come();
    });
    await faults.over();

    for (const [kind, count] of faults.counts) counts.set(kind, count);
    // Senders look at the whole plan once an hour, and what was planned late waits for that: time goes on once it is there.
    const comeToRest = async (): Promise<void> => {
      await caughtUp(control, patienceMs);
      now += twoHours;
      await quiet(control, new Date(now - farthestOff), patienceMs);
    };
    await comeToRest();
    if (plan.poison !== undefined) {
      const { projection } = plan.poison;
      const status = (await control.readModels.status()).find(
        (one) => one.name === projection && one.state !== 'retired',
      );
      if (status !== undefined && (status.parked > 0 || status.state === 'failed')) counts.set('poison-event', 1);
      await crew.dismiss();
      crew = engage(undefined);
      await crew.up();
      await control.readModels.retry(projection);
      await comeToRest();
    }
    const seen = await reader.finish();
    await crew.dismiss();
    const found = await check(control, answers, seen, stage.post.taken);
    const excused = found.mailsTwice.filter((id) => doubts.has(id));
    return {
      ...found,
      faults: counts,
      excused: excused.length,
      troubles: crews.flatMap(({ troubles }) => troubles),
    };
  } finally {
    clearInterval(timer);
    stage.post.onAnswered = () => {};
    await Promise.all(crews.map((crew) => crew.dismiss()));
    for (const proBono of open) await proBono.close().catch(() => {});
    await stage.administer(`DROP DATABASE ${name} WITH (FORCE)`).catch(() => {});
  }
};
