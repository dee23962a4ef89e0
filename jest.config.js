const common = {
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};

const COMPILE = {
  '^.+\\.ts$': [
    '@swc/jest',
    {
      jsc: {
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
        target: 'es2024',
      },
      module: { type: 'es6' },
    },
  ],
};

// What Node.js itself loads, once for all test files of a worker, instead of Jest for each: the server as it was built…
const root = RegExp.escape(import.meta.dirname);
const SERVER = `^${root}/(src/(?!player/)|seeds/|migrations/|test/support/native/).*\\.(ts|js)$`;
// …and the packages whose classes tests and server must have in common.
const SHARED = '(@nestjs|typeorm|graphql)/';
const native = '<rootDir>/test/support/native/transformer.js';

/** @type {import('jest').Config} */
export default {
  projects: [
    {
      ...common,
      displayName: 'pure',
      testMatch: [
        '<rootDir>/src/**/*.spec.ts',
        '<rootDir>/test/{bench,engine,formats}/**/*.spec.ts',
      ],
      transform: COMPILE,
    },
    {
      ...common,
      displayName: 'server',
      testMatch: ['<rootDir>/test/{browser,contract,e2e,integration,sql}/**/*.spec.ts'],
      testEnvironment: '<rootDir>/test/support/native/environment.js',
      transform: { [SERVER]: native, [`/node_modules/${SHARED}`]: native, ...COMPILE },
      transformIgnorePatterns: [`/node_modules/(?!${SHARED})`],
      globalSetup: '<rootDir>/test/support/global-setup.js',
      globalTeardown: '<rootDir>/test/support/global-teardown.js',
    },
  ],
  reporters: ['default', '<rootDir>/test/support/tally-reporter.js'],
  testTimeout: 30_000,
  maxWorkers: 2,
  // Modules of suites that have ended stay in a worker’s memory: it is begun anew before that fills it.
  workerIdleMemoryLimit: '1200MB',
};
