// `pnpm chaos --rounds N --seed S [--json]`: kills, floods, and a full check at the end of every round.
import { parseArgs } from 'node:util';
import { planOf, workerCount } from './plan.js';
import { openReport } from './report.js';
import { playRound } from './round.js';
import { setStage } from './stage.js';

const usage = 'usage: pnpm chaos [--rounds N] [--seed S] [--first R] [--json]';
const stop = (why: string): never => {
  process.stderr.write(`chaos: ${why}; ${usage}\n`);
  process.exit(2);
};
const optionsOf = () => {
  try {
    const text = { type: 'string' } as const;
    const options = { rounds: text, seed: text, first: text, json: { type: 'boolean' } } as const;
    return parseArgs({ args: process.argv.slice(2).filter((argument) => argument !== '--'), options }).values;
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error));
  }
};
const whole = (name: string, given: string | undefined, otherwise: number): number => {
  const number = given === undefined ? otherwise : Number(given);
  return Number.isSafeInteger(number) && number >= 0 ? number : stop(`--${name}: expected a whole number`);
};

const options = optionsOf();
const rounds = whole('rounds', options.rounds, 3);
const seed = whole('seed', options.seed, 1);
const first = whole('first', options.first, 1);

const stage = await setStage(workerCount);
const report = openReport();
// The servers end with this process; what it was asked to finish it does not.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
try {
  for (let round = first; round < first + rounds; round++) {
    const began = performance.now();
    const played = await playRound(stage, planOf(seed, round), `chaos_${round}`).catch((error: unknown) => ({
      failed: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }));
    report.add(played, { seed, round, ms: performance.now() - began });
  }
} finally {
  await stage.close();
}
process.stdout.write(`${options.json ? JSON.stringify(report.figures()) : report.told()}\n`);
process.exit(report.sound() ? 0 : 1);
