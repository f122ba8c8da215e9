// Draws the pictures of the manual anew from the built product, in light and in dark: `node scripts/manual-pictures.mjs`,
// or some of them by name: `node scripts/manual-pictures.mjs runs run-page`. A test holds them against the pages.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { browserArguments, systemBrowser } from './browser.mjs';
import { scenes } from './manual-scenes.mjs';
import { setScene } from './manual-world.mjs';
import { startProduct } from './product.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'public', 'manual');
const sizesFile = join(root, 'docs', 'manual', 'pictures.json');
const results = join(root, 'test-results');
const maxBytes = 150 * 1024;
/** Device pixels to a pixel of the page: sharp on most screens, and small enough to load. */
const density = 1.5;
const qualities = [82, 70, 55, 40];
const grace = {
  name: 'Grace Hopper',
  email: 'grace@example.com',
  password: 'several words in a row',
};
const ada = { name: 'Ada Lovelace', email: 'ada@example.com', password: 'several words in a row' };

const asked = process.argv.slice(2);
const wanted = Object.entries(scenes).filter(
  ([name]) => asked.length === 0 || asked.includes(name),
);
for (const path of [folder, results]) mkdirSync(path, { recursive: true });

const product = await startProduct(join(results, 'manual-pictures.log'));
const browser = await chromium.launch({ executablePath: systemBrowser(), args: browserArguments });
const sizes = asked.length === 0 ? {} : JSON.parse(readFileSync(sizesFile, 'utf8'));
let failed = 0;
try {
  const host = await open();
  await signUp(host);
  const guest = await open();
  await joinAs(guest, host);
  const stage = { host, guest, ...(await setScene(caller(host))) };
  for (const [name, scene] of wanted) {
    try {
      await host.setViewportSize({ width: 1280, height: 680 });
      const target = await scene(stage);
      sizes[name] = await draw(host, name, target);
      process.stdout.write(`${name} ${sizes[name].width} × ${sizes[name].height}\n`);
    } catch (error) {
      failed += 1;
      await host.screenshot({ path: join(results, `failed-${name}.png`) }).catch(() => undefined);
      process.stdout.write(`FAILED ${name}: ${error.message.split('\n').slice(0, 4).join(' ')}\n`);
    }
  }
  const sorted = Object.fromEntries(Object.entries(sizes).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(sizesFile, `${JSON.stringify(sorted, null, 2)}\n`);
} finally {
  await browser.close();
  await product.stop();
}
process.exitCode = failed > 0 ? 1 : 0;

async function open() {
  const context = await browser.newContext({
    baseURL: product.url,
    deviceScaleFactor: density,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return page;
}

async function signUp(page) {
  await page.goto('/setup');
  await page.getByLabel('Your name').fill(ada.name);
  await page.getByLabel('Email').fill(ada.email);
  await page.getByLabel('Password', { exact: true }).fill(ada.password);
  await page.getByLabel('Workspace').fill('Analytical engines');
  await page.getByRole('button', { name: 'Create account and workspace' }).click();
  await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
}

async function joinAs(guest, host) {
  const { id } = await caller(host)('POST', '/invitations', { email: grace.email, role: 'editor' });
  await caller(guest)('POST', `/invitations/${id}/sign-up`, {
    name: grace.name,
    password: grace.password,
  });
}

/** Calls the API as the person of a page. */
function caller(page) {
  return async (method, path, data) => {
    const answer = await page.request.fetch(`/api/v2${path}`, {
      method,
      headers: { Origin: product.url },
      ...(data === undefined ? {} : { data }),
    });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return answer.status() === 204 ? undefined : answer.json();
  };
}

/** Takes the picture of an element, or of the whole page, in both themes. */
async function draw(page, name, target) {
  const view = page.viewportSize();
  const box = target ? await boxOf(target, view) : { x: 0, y: 0, ...view };
  const session = await page.context().newCDPSession(page);
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    // Two frames: the theme is a class that a script sets.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    writeFileSync(join(folder, `${name}-${theme}.webp`), await shot(session, box));
  }
  await session.detach();
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  return { width: Math.round(box.width), height: Math.round(box.height) };
}

async function boxOf(target, view) {
  const box = 'boundingBox' in target ? await target.boundingBox() : target;
  if (!box) throw new Error('it is not on the screen');
  const x = Math.max(0, Math.floor(box.x));
  const y = Math.max(0, Math.floor(box.y));
  const width = Math.min(view.width - x, Math.ceil(box.width));
  const height = Math.min(view.height - y, Math.ceil(box.height));
  return { x, y, width, height };
}

async function shot(session, box) {
  for (const quality of qualities) {
    const { data } = await session.send('Page.captureScreenshot', {
      format: 'webp',
      quality,
      clip: { ...box, scale: 1 },
    });
    const bytes = Buffer.from(data, 'base64');
    if (bytes.length <= maxBytes) return bytes;
  }
  throw new Error(`it has more than ${maxBytes} bytes`);
}
