import { defineConfig, devices } from '@playwright/test';
import { product, products } from './e2e/support/product';
import { browserArguments, systemBrowser } from './scripts/browser.mjs';

const executablePath = systemBrowser();
const chromium = {
  ...devices['Desktop Chrome'],
  viewport: { width: 1440, height: 900 },
  launchOptions: {
    args: browserArguments,
    ...(executablePath === undefined ? {} : { executablePath }),
  },
};

// `npm test` without `--all` leaves out what takes long.
const left = process.env.ENSEMBLE_TESTS === 'short' ? { grepInvert: /@long/ } : {};

// `npm test -- --only e2e` starts a fresh product for each worker; else there is the one that you have started.
export default defineConfig({
  testDir: 'e2e',
  ...left,
  outputDir: 'test-results/e2e',
  fullyParallel: false,
  workers: products.length,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env.CI !== undefined,
  use: {
    baseURL: product.url,
    // Pictures of every frame cost more than the tests; the trace shows each page as it was without them.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    timezoneId: 'UTC',
  },
  projects: [
    { name: 'set-up', testMatch: '**/*.setup.ts', use: chromium },
    { name: 'journeys', testMatch: '**/*.spec.ts', dependencies: ['set-up'], use: chromium },
  ],
});
