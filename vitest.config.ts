import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/global-setup.ts',
    reporters: ['default', './test/support/closing-line.ts'],
    // A file may bring up a Temporal server, a worker and a gateway of its own, with the time limits of the contract:
    // beside each other they would measure how busy the machine is.
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
