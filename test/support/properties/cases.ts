import fc from 'fast-check';

/** Cases of each property; fewer while one writes it: `PROPERTY_CASES=50`. */
export const cases = Number(process.env.PROPERTY_CASES ?? 1000);

/** The same cases at every run in CI, others each time elsewhere; `PROPERTY_SEED` repeats those of a run. */
export const seedOfRun = (): number =>
  Number(process.env.PROPERTY_SEED ?? (process.env.CI === 'true' ? 20_260_101 : Date.now() % 0x7fffffff));

/**
 * Tries a property on {@link cases} cases, and says on stderr with which seed, and what came of it: a property that
 * holds by never meeting its subject is none.
 *
 * @param told what is said after the seed
 */
export const holds = async <T>(
  name: string,
  property: fc.IAsyncProperty<T> | fc.IProperty<T>,
  told: () => string = () => '',
): Promise<void> => {
  const seed = seedOfRun();
  const began = process.cpuUsage();
  try {
    await fc.assert(property, { numRuns: cases, seed });
  } finally {
    const { user, system } = process.cpuUsage(began);
    const seconds = ((user + system) / 1e6).toFixed(1);
    process.stderr.write(`${name}: ${cases} cases, seed ${seed}, ${seconds} s of CPU; ${told()}\n`);
  }
};
