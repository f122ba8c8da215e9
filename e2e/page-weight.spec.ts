import { gzipSync } from 'node:zlib';
import { expect, type Page } from '@playwright/test';
import { owner } from './support/owner';
import { test } from './support/test';

test.use({ storageState: owner.state });

/**
 * Kilobytes of scripts, compressed, that a page asks for before it can be used. What `later` and `import()` bring is not
 * in its document and comes when the page is at rest. A page that grows past its limit brings something that could wait.
 */
const limits = [
  { name: 'dashboard', path: '/', limit: 360 },
  { name: 'workflows', path: '/workflows', limit: 370 },
  { name: 'editor', path: 'editor', limit: 750 },
  { name: 'chat', path: '/chat', limit: 385 },
  { name: 'runs', path: '/runs', limit: 350 },
];

const scriptsIn = (html: string) => [
  ...new Set(html.match(/\/_next\/static\/chunks\/[\w.~-]+\.js/g)),
];

async function pathOfSample(page: Page): Promise<string> {
  const answer = await page.request.get('/api/v2/workflows?limit=1');
  return `/workflows/${(await answer.json()).items[0].id}`;
}

for (const { name, path, limit } of limits) {
  test(`${name} begins with at most ${limit} KB of scripts`, async ({ page }) => {
    const answer = await page.request.get(path === 'editor' ? await pathOfSample(page) : path);
    expect(answer.status()).toBe(200);
    const html = await answer.text();
    // Browsers of today leave these alone.
    const old = new Set(html.match(/<script[^>]*nomodule[^>]*>/gi)?.flatMap(scriptsIn));
    const scripts = scriptsIn(html).filter((script) => !old.has(script));
    const sizes = await Promise.all(
      scripts.map(async (script) => {
        const found = await page.request.get(script);
        return gzipSync(await found.body()).byteLength;
      }),
    );
    const kilobytes = Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1_024);
    process.stdout.write(`${name}: ${scripts.length} scripts, ${kilobytes} KB\n`);
    expect(scripts.length).toBeGreaterThan(5);
    expect(kilobytes).toBeLessThanOrEqual(limit);
  });
}
