import { randomUUID } from 'node:crypto';
import { arch, cpus, platform, release, totalmem } from 'node:os';

/** The middle one. */
export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** How often a second something happened: `work` does it `times` times, and is awaited only when it gives a promise. */
export const perSecond = async (times, work) => {
  const started = process.hrtime.bigint();
  const done = work();
  if (done instanceof Promise) await done;
  return times / (Number(process.hrtime.bigint() - started) / 1e9);
};

/** `writers` at once, each giving `each` events to a stream of its own by `write(stream, revision)`. */
export const race = (writers, each, write) => () =>
  perSecond(writers * each, () =>
    Promise.all(
      Array.from({ length: writers }, async () => {
        const stream = `agenttime-${randomUUID()}`;
        for (let revision = 0; revision < each; revision++) await write(stream, revision);
      }),
    ),
  );

/**
 * Runs subject, floor and (where there is one) peer in turn, round after round, so that what disturbs the machine
 * disturbs all of them. Each gives a rate: more is better, and a ratio of 1 is as fast as the floor.
 */
export const alternate = async ({ name, unit, subject, floor, peer, rounds = 7, warmUp = 2 }) => {
  const rates = { subject: [], floor: [], peer: [] };
  for (let round = -warmUp; round < rounds; round++) {
    for (const [who, run] of Object.entries({ subject, floor, peer })) {
      if (run === undefined) continue;
      const rate = await run();
      if (round >= 0) rates[who].push(rate);
    }
  }
  const [value, bare] = [median(rates.subject), median(rates.floor)];
  const other = peer && median(rates.peer);
  return {
    name,
    unit,
    value: rounded(value),
    floor: rounded(bare),
    ...(other === undefined ? {} : { peer: rounded(other) }),
    ratioToFloor: Number((value / bare).toFixed(3)),
    ...(other === undefined ? {} : { ratioToPeer: Number((value / other).toFixed(3)) }),
    rounds,
    spread: [rounded(Math.min(...rates.subject)), rounded(Math.max(...rates.subject))],
  };
};

const rounded = (value) => Number(value.toPrecision(4));

/** What the figures were measured on. */
export const machine = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${release()} ${arch()}`,
  node: process.version,
});
