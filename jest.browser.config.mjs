import config from './jest.config.mjs';

/** Tests in Debian's Chromium; they are skipped where it is not installed. */
export default {
  ...config,
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
