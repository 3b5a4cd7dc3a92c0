/** Tests that need no cluster; `npm run test:cluster` runs the others. */
export default {
  setupFiles: ['<rootDir>/test/setup.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/cluster/'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
  // Generous, for machines that do something else too.
  testTimeout: 120_000,
  moduleNameMapper: { '^cdk8s-spark$': '<rootDir>/lib/index.ts' },
};
