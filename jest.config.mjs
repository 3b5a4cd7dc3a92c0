/** Tests that need neither a cluster nor a browser; `npm run test:cluster` and `npm run test:browser` run the others. */
export default {
  setupFiles: ['<rootDir>/test/setup.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/cluster/', '<rootDir>/test/browser/'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
  // Generous, for machines that do something else too.
  testTimeout: 120_000,
  moduleNameMapper: { '^cdk8s-spark$': '<rootDir>/lib/index.ts' },
};
