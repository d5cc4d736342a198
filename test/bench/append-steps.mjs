import { median, race } from './measure.mjs';

const [each, rounds, warmUp] = [200, 7, 2];

/**
 * What the steps of an append cost, by one writer, each more than the step before: `steps` are pairs of a name and a
 * `write(stream, revision)`. They take turns, so that what disturbs the machine disturbs all of them.
 */
export const stepByStep = async (engine, steps) => {
  const taken = steps.map(() => []);
  for (let round = -warmUp; round < rounds; round++)
    for (const [nth, [, write]] of steps.entries()) {
      const rate = await race(1, each, write)();
      if (round >= 0) taken[nth].push(1e6 / rate);
    }
  return steps.map(([name], nth) => ({
    ...{ name: `append ${engine}, ${name}`, unit: 'µs' },
    value: Number(median(taken[nth]).toPrecision(3)),
  }));
};
