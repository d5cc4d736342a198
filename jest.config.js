/** @type {import('jest').Config} */
export default {
  roots: ['<rootDir>/packages', '<rootDir>/services', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  modulePathIgnorePatterns: ['/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js'] },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  // Suites read the packages' sources, so that no build stands between an edit and its test.
  testEnvironmentOptions: { customExportConditions: ['probono-source', 'node', 'node-addons'] },
  // Modules loaded in ESM mode are not let go between suites.
  workerIdleMemoryLimit: '1500MB',
  testTimeout: 120_000,
  // One PostgreSQL and one Redis for the whole run.
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};
