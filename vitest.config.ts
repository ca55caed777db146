import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import LongestFirst from './test/support/longest-first.ts';
import { filesOf, hasServers, projects } from './test/support/projects.ts';

/** Two files beside each other; those that measure, and those that kill, alone. */
const besideEachOther = ['fast', 'servers'];

export default defineConfig({
  test: {
    globalSetup: 'test/support/global-setup.ts',
    sequence: { sequencer: LongestFirst },
    reporters: ['default', './test/support/closing-line.ts'],
    projects: projects.map((name, index): TestProjectInlineConfiguration => {
      const isAlone = !besideEachOther.includes(name);
      return {
        // As in tsconfig.json, which it doesn't read.
        oxc: { jsx: { importSource: 'hono/jsx' } },
        test: {
          name,
          include: filesOf(name),
          maxWorkers: isAlone ? 1 : 2,
          sequence: { groupOrder: isAlone ? index + 1 : 1 },
          // The closing line names each test that needed it.
          retry: hasServers(name) ? 1 : 0,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      };
    }),
  },
});
