/** A running product under test: where it answers; of one that the run started, its supervisor's id and its log, too. */
export type Product = { url: string; pid?: number; log?: string };

/** All products of this test run: those that `npm test` started, else the one that you have started. */
export const products: Product[] =
  process.env.E2E_PRODUCTS === undefined
    ? [{ url: process.env.E2E_URL ?? 'http://localhost:3000' }]
    : JSON.parse(process.env.E2E_PRODUCTS);

/** Playwright's worker has a product of its own, so that journeys side by side share nothing and may kill it. */
const index = Number(process.env.TEST_PARALLEL_INDEX ?? 0) % products.length;

export const product: Product = products[index] ?? { url: 'http://localhost:3000' };

/** Where the signed-in cookies of a product's owner are kept. */
export const ownerState = (of: number) => `test-results/owner-${of}.json`;

export const state = ownerState(index);
