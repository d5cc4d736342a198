import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { simulation } from '../../packages/cli/dist/simulate/simulation.js';
import { configurationFrom, openProBono } from '../../packages/probono/dist/index.js';
import { projections } from '../../packages/read-models/dist/index.js';
import { openSql } from '../../packages/sql/dist/index.js';

const rates = [20, 10, 5, 2, 1];
const [warmUpSeconds, measuredSeconds] = [5, 30];
/** Commands that come later than this do not come at the rate. */
const lateMs = 1000;
const service = join(import.meta.dirname, '../../services/projector/dist/main.js');

/** Events whose rows are not seen yet; `look` takes out, with their times, those that all who want them have. */
const watch = (sql, projections) => {
  const waiting = new Map();
  const took = [];
  return {
    took,
    waiting: () => waiting.size,
    add(position, types) {
      const wanting = projections.filter((one) => one.types.some((type) => types.includes(type)));
      if (wanting.length > 0)
        waiting.set(position, { since: performance.now(), names: wanting.map(({ name }) => name) });
    },
    async look() {
      const rows = await sql.query(
        `SELECT c.projection, min(c.position) AS position FROM probono_read.checkpoints c
          JOIN probono_read.generations g USING (projection, generation) WHERE g.state = 'live' GROUP BY 1`,
      );
      const reached = new Map(rows.map(({ projection, position }) => [projection, position]));
      const now = performance.now();
      for (const [position, { since, names }] of waiting) {
        if (names.some((name) => (reached.get(name) ?? -1n) < position)) continue;
        took.push(now - since);
        waiting.delete(position);
      }
      return waiting.size;
    },
  };
};

/** The service in a process of its own; resolves when its loops are up. */
const startProjector = async (environment) => {
  const run = spawn(process.execPath, [service], {
    env: { PATH: process.env.PATH, ...environment, PROBONO_LOG_LEVEL: 'info' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  for await (const line of createInterface({ input: run.stderr })) if (line.includes('worker host is up')) break;
  run.stderr.resume();
  return async () => {
    const ended = new Promise((done) => run.once('exit', done));
    run.kill('SIGTERM');
    await ended;
  };
};

/** Gives simulated commands at a steady rate; undefined when the machine does not bear it, the lowest rate apart. */
const measured = async (proBono, commands, seen, perSecond) => {
  const bears = (late) => perSecond === rates.at(-1) || (late < lateMs && seen.waiting() < perSecond * 5);
  const begun = performance.now();
  for (let count = 0; count < perSecond * (warmUpSeconds + measuredSeconds); ) {
    const { command, data, meta: given } = commands.next().value;
    const due = begun + (count * 1000) / perSecond;
    while (performance.now() < due) {
      await seen.look();
      await wait(2);
    }
    const { at, ...meta } = given;
    const parsed = proBono.parse({ command, data, meta }, { at: new Date(at) });
    if (!parsed.ok) throw new Error(`${command}: ${JSON.stringify(parsed.invalid)}`);
    const outcome = await proBono.application.execute(parsed.command);
    if (outcome.kind !== 'accepted' || outcome.position === undefined) continue;
    const types = outcome.events.map(({ type }) => type);
    if (count >= perSecond * warmUpSeconds) seen.add(outcome.position, types);
    count += 1;
    if (!bears(performance.now() - due)) return undefined;
  }
  while ((await seen.look()) > 0) await wait(2);
  const sorted = seen.took.sort((a, b) => a - b);
  return (part) => Number(sorted[Math.ceil(part * sorted.length) - 1].toPrecision(3));
};

/**
 * Simulated commands at a steady rate, carried out in this process, projected by a service in another that is woken
 * through the database (or the Redis of `REDIS_URL`): from the end of a command until every read model that wants its events has them.
 * At the highest of a few rates that the machine bears.
 */
export const appendToVisible = async (url) => {
  const directory = await mkdtemp(join(tmpdir(), 'probono-bench-'));
  const kek = join(directory, 'kek');
  await writeFile(kek, randomBytes(32), { mode: 0o600 });
  const environment = {
    ...{ PROBONO_STORE: url, PROBONO_KEK_FILE: kek, PROBONO_MAIL: `file:${directory}`, PROBONO_LOG_LEVEL: 'error' },
    PROBONO_QUEUE: process.env.REDIS_URL ?? 'sql',
  };
  const proBono = await openProBono(configurationFrom(environment), { demonstration: true, stateCache: 5000 });
  const sql = await openSql(url, { max: 1 });
  try {
    await proBono.queue();
    const stop = await startProjector(environment);
    const commands = simulation({ agents: 50, months: 6, seed: 3 });
    try {
      for (const perSecond of rates) {
        const seen = watch(sql, projections);
        const share = await measured(proBono, commands, seen, perSecond);
        if (share !== undefined)
          return [
            { name: `project, append to rows, p50 at ${perSecond} commands/s`, unit: 'ms', value: share(0.5) },
            { name: `project, append to rows, p99 at ${perSecond} commands/s`, unit: 'ms', value: share(0.99) },
          ];
        while ((await seen.look()) > 0) await wait(50);
      }
      throw new Error('nothing was measured');
    } finally {
      await stop();
    }
  } finally {
    await sql.close();
    await proBono.close();
    await rm(directory, { recursive: true, force: true });
  }
};
