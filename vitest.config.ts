import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const root = fileURLToPath(new URL('.', import.meta.url));
const never = ['**/node_modules/**', '.next/**', '.data/**', 'e2e/**'];

/** Tests that draw components, in jsdom. */
const rendered = 'components/**/*.test.tsx';

/** Files whose short form is part of `npm test`; `npm run proof` runs them with many more trials (`scripts/proof.mjs`). */
const longer = [
  'lib/agents/status/machine.test.ts',
  'lib/expressions/conditions/conditions.test.ts',
  'lib/runs/engine/schedules.test.ts',
  'lib/runs/engine/simulation.test.ts',
  'server/code/code.int.test.ts',
  'server/messages/pools/delete-pool.int.test.ts',
  'server/realtime/room/fuzz.int.test.ts',
  'server/realtime/room/fuzz.test.ts',
  'server/realtime/room/locks.int.test.ts',
  'server/realtime/kill.int.test.ts',
  'server/runs/control/cancel.int.test.ts',
  'server/sql/sql.int.test.ts',
  'server/tools/injections.int.test.ts',
  'server/tools/kills.int.test.ts',
  'server/tools/memory-tools.int.test.ts',
];

/** Files that measure the memory of their own process, which is theirs alone then. */
const alone = [
  'server/realtime/hostile.int.test.ts',
  'server/realtime/room/fuzz.int.test.ts',
  'server/runs/blobs/blobs.int.test.ts',
];

/** Files that take half a minute and more, the longest first. */
const slow = [
  'server/runs/testing/faults/failpoints.int.test.ts',
  'components/realtime/draft/draft-connection.int.test.ts',
  'server/realtime/chaos.int.test.ts',
  'components/realtime/draft/unsaved-edits.int.test.ts',
  'server/realtime/kill.int.test.ts',
];

/** Begins with them, so that none is left for the end, when only one worker has work. */
class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = slow.findIndex((name) => moduleId.endsWith(name));
      return place === -1 ? slow.length : place;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

// `isolate: false` in the projects: half of the processor's time would be loading the same modules for each file.
export default defineConfig({
  resolve: { alias: { '@/': root } },
  test: {
    sequence: { sequencer: SlowestFirst },
    tags: [{ name: 'long', description: 'Left to `npm test -- --all`.' }],
    // `npm run coverage` (`scripts/coverage.mjs`).
    coverage: {
      provider: 'v8',
      include: ['components/**/*.{ts,tsx}'],
      exclude: ['**/*.test.{ts,tsx}', '**/testing/**'],
      reporter: ['json-summary'],
      reportsDirectory: 'test-results/coverage',
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...never, '**/*.int.test.ts', '**/*.proof.test.ts', rendered],
          isolate: false,
          testTimeout: 30_000,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        // Components draw without a server: tests play the other end of `fetch` and of the socket.
        resolve: { alias: { 'socket.io-client': `${root}components/testing/socket.ts` } },
        test: {
          name: 'components',
          include: [rendered],
          exclude: never,
          environment: 'jsdom',
          environmentOptions: { jsdom: { url: 'http://localhost:3000' } },
          setupFiles: ['components/testing/setup.ts'],
          isolate: false,
          testTimeout: 60_000,
          expect: { poll: { timeout: 25_000 } },
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'int',
          include: ['**/*.int.test.ts'],
          exclude: [...never, ...alone],
          globalSetup: ['server/testing/global-setup.ts'],
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'int-alone',
          include: alone,
          exclude: never,
          globalSetup: ['server/testing/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'proof',
          include: ['**/*.proof.test.ts', ...longer],
          exclude: never,
          globalSetup: ['server/testing/global-setup.ts'],
          testTimeout: 900_000,
          hookTimeout: 120_000,
          maxWorkers: 1,
        },
      },
    ],
  },
});
