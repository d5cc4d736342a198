import { resolve } from 'node:path';

/** The aggregates whose deciding and folding is mutated. */
export const aggregates = ['convention', 'assignment', 'agent-time'];

// Schemas, texts of messages and lists of exports: data, which is read rather than decided.
const data = '{events,commands,rules,index,terms}';

// What the domain's tests run; the rest stays out of the sandbox.
const needed = ['packages/domain', 'packages/event-store', 'packages/testing', 'test/mutation'];

/** Stryker's options for an aggregate, or for one file of it. */
export const optionsFor = (aggregate, file = '*.ts') => {
  const sources = `packages/domain/src/${aggregate}`;
  const reports = `reports/mutation/${aggregate}`;
  return {
    mutate: [`${sources}/${file}`, `!${sources}/*.test.ts`, `!${sources}/${data}.ts`],
    ignorePatterns: ['**', ...needed.map((folder) => `!${folder}/**`), '**/node_modules', '**/dist'],
    testRunner: 'mocha',
    plugins: ['@stryker-mutator/mocha-runner'],
    // Which rule broke is for a test of that rule to say: the random walks, slow besides, would kill most mutants alone.
    mochaOptions: {
      spec: ['packages/domain/src/**/*.test.ts'],
      ignore: ['**/*.property.test.ts', 'packages/domain/src/time/**'],
      'no-config': true,
    },
    testRunnerNodeArgs: [
      '--conditions=probono-source',
      // Else Mocha tries `require` first on each TypeScript file.
      '--no-experimental-require-module',
      '--import',
      resolve(import.meta.dirname, 'sources.mjs'),
    ],
    tsconfigFile: 'none',
    checkers: [],
    coverageAnalysis: 'perTest',
    concurrency: 1,
    // A busy machine is slow; an endless loop is stopped by its count of hits long before.
    timeoutMS: 60_000,
    incremental: true,
    incrementalFile: `${reports}/incremental.json`,
    reporters: ['progress-append-only', 'html', 'json', 'clear-text'],
    htmlReporter: { fileName: `${reports}/report.html` },
    jsonReporter: { fileName: `${reports}/report.json` },
    clearTextReporter: { allowColor: false, reportTests: false, reportScoreTable: true, logTests: false },
    allowConsoleColors: false,
    tempDirName: `${reports}/sandbox`,
    thresholds: { high: 95, low: 85, break: 85 },
  };
};
