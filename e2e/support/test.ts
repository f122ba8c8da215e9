import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { test as base, expect } from '@playwright/test';
import { product } from './product';

type Everywhere = { saidNothingWrong: undefined };
type OfWorker = { thrown: string[]; logged: () => string[] };

/** Marks a journey that `npm test` leaves to `npm test -- --all`. */
export const long = { tag: '@long' };

/** A test fails, too, if a page threw an error that nobody caught, or if the product logged one meanwhile. */
export const test = base.extend<Everywhere, OfWorker>({
  thrown: [
    async ({ browser }, use) => {
      const thrown: string[] = [];
      browser.on('context', (context) =>
        context.on('weberror', (event) => {
          const error = event.error();
          thrown.push(`${event.page()?.url() ?? 'a page'}: ${error.stack ?? error.message}`);
        }),
      );
      await use(thrown);
    },
    { scope: 'worker', auto: true },
  ],
  logged: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures one needs from the pattern.
    async ({}, use) => {
      const { log } = product;
      await use(log === undefined ? () => [] : errorsIn(log));
    },
    { scope: 'worker', auto: true },
  ],
  saidNothingWrong: [
    async ({ thrown, logged }, use) => {
      await use(undefined);
      expect(thrown.splice(0), 'errors that a page threw').toEqual([]);
      expect(logged(), 'errors that the product logged').toEqual([]);
    },
    { auto: true },
  ],
});

/** Answers each time with the errors that were added to the log since the last time. Level 50 is pino's `error`. */
function errorsIn(path: string): () => string[] {
  let read = readFileSync(path).length;
  return () => {
    const file = openSync(path, 'r');
    const chunk = Buffer.alloc(1 << 20);
    const added = chunk.subarray(0, readSync(file, chunk, 0, chunk.length, read));
    closeSync(file);
    const end = added.lastIndexOf('\n') + 1;
    read += end;
    return added
      .subarray(0, end)
      .toString('utf8')
      .split('\n')
      .filter(
        (line) => Number(/^\{"level":(\d+),/.exec(line)?.[1] ?? 0) >= 50 || /^\s*⨯/.test(line),
      );
  };
}
