// Draws the pictures of README.md anew from the built product: `node scripts/pictures.mjs`. Two people look at the sample
// workflow after a rehearsal, in light and in dark.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { browserArguments, systemBrowser } from './browser.mjs';
import { startProduct } from './product.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const results = join(root, 'test-results');
const size = { width: 1440, height: 860 };
const ada = { email: 'ada@example.com', password: 'correct horse battery' };
const grace = { name: 'Grace Hopper', email: 'grace@example.com' };

mkdirSync(results, { recursive: true });
const product = await startProduct(join(results, 'pictures.log'));
const browser = await chromium.launch({ executablePath: systemBrowser(), args: browserArguments });
try {
  const host = await open();
  await setUp(host);
  const guest = await open();
  await joinAs(guest, await invite(host));
  const editor = await rehearse(host);
  await guest.goto(editor);
  await takePictures(host, guest);
} finally {
  await browser.close();
  await product.stop();
}

async function open() {
  const context = await browser.newContext({
    baseURL: product.url,
    viewport: size,
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  return context.newPage();
}

async function setUp(page) {
  await page.goto('/setup');
  await page.getByLabel('Your name').fill('Ada Lovelace');
  await page.getByLabel('Email').fill(ada.email);
  await page.getByLabel('Password', { exact: true }).fill(ada.password);
  await page.getByLabel('Workspace').fill('Analytical engines');
  await page.getByRole('button', { name: 'Create account and workspace' }).click();
  await page
    .getByRole('link', { name: /Comprehensive data analysis/ })
    .first()
    .waitFor();
}

async function invite(page) {
  const data = { email: grace.email, role: 'editor' };
  return (
    await page.request.post('/api/v2/invitations', { data, headers: { Origin: product.url } })
  ).json();
}

async function joinAs(page, { id }) {
  const data = { name: grace.name, password: ada.password };
  await page.request.post(`/api/v2/invitations/${id}/sign-up`, {
    data,
    headers: { Origin: product.url },
  });
}

/** Opens the sample and rehearses it to its end; gives its address. */
async function rehearse(page) {
  await page
    .getByRole('link', { name: /Comprehensive data analysis/ })
    .first()
    .click();
  await page.getByRole('region', { name: 'Workflow canvas' }).waitFor();
  const address = page.url();
  await page.getByRole('button', { name: 'More run options' }).click();
  await page.getByRole('menuitem', { name: /^Rehearse/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rehearse' }).click();
  const run = page.getByRole('region', { name: 'Run', exact: true });
  await run.getByText('Succeeded', { exact: true }).first().waitFor({ timeout: 60_000 });
  return address;
}

async function takePictures(host, guest) {
  const canvas = guest.getByRole('region', { name: 'Workflow canvas' });
  await canvas.waitFor();
  await host.bringToFront();
  for (const theme of ['light', 'dark']) {
    await host.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const box = await canvas.boundingBox();
    await guest.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.6, { steps: 5 });
    await host.getByText(grace.name.split(' ')[0]).first().waitFor();
    await host.screenshot({ path: join(root, 'docs', 'images', `editor-${theme}.png`) });
  }
}
