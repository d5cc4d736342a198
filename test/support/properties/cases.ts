import fc from 'fast-check';

/** Cases of each property; fewer while one writes it: `PROPERTY_CASES=50`. */
export const cases = Number(process.env.PROPERTY_CASES ?? 1000);

// The same cases at every run in CI; elsewhere others each time, and a failure prints the seed to see it again.
if (process.env.CI === 'true') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_260_101 });
