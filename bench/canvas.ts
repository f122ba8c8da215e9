import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { createServices } from '@/server/compose';
import { loadConfig, withSecrets } from '@/server/config';
import { addWorkflow } from '@/server/realtime/testing/fixture';
import type { Services } from '@/server/services';
import { browserArguments, systemBrowser } from '../scripts/browser.mjs';
import { startProduct } from '../scripts/product.mjs';
import { serveBarePage } from './canvas/bare-server';
import { graphOf } from './canvas/graph';
import { drag, figuresOf, open, openings, type } from './canvas/measure';
import { startMovers } from './canvas/people';
import { profiled, traced } from './canvas/trace';

const root = join(import.meta.dirname, '..');
const viewport = { width: 1440, height: 900 };

/**
 * The built product in Chromium: how long a workflow of 1,000 and of 5,000 steps takes to open, and how dragging and
 * typing feel in one of 500 steps while five others move steps, beside a page with React Flow alone.
 */
export async function benchCanvas({ repeats = 5 }: { repeats?: number } = {}): Promise<object> {
  const turns = Math.min(3, repeats);
  if (!existsSync(join(root, '.next/BUILD_ID'))) {
    throw new Error('There is no build: run `node scripts/prepare.mjs` first.');
  }
  const product = await startProduct(join(root, 'bench/results/product.log'));
  const { url, dataDir } = product;
  const services = await createServices(
    withSecrets(loadConfig({ ENSEMBLE_DATA_DIR: dataDir, DATABASE_URL: databaseOf(dataDir) })),
    'bench',
  );
  const executablePath = systemBrowser();
  const browser = await chromium.launch({
    args: browserArguments,
    ...(executablePath ? { executablePath } : {}),
  });
  const bare = await serveBarePage();
  try {
    const storageState = await signUp(browser, url);
    const workspaceId = await workspaceOf(services);
    const createContext = () => browser.newContext({ storageState, viewport, baseURL: url });
    const opening: Record<string, object> = {};
    for (const count of [1_000, 5_000]) {
      const id = await addWorkflow(services, workspaceId, graphOf(count));
      // The server is warm: somebody has had it open.
      await openings(createContext, `${url}/workflows/${id}`, 1);
      opening[count] = await openings(createContext, `${url}/workflows/${id}`, repeats);
      process.stderr.write(`${count} steps: ${JSON.stringify(opening[count])}\n`);
    }
    const id = await addWorkflow(services, workspaceId, graphOf(500));
    const context = await createContext();
    const [ours, theirs] = [
      await context.newPage(),
      await (await browser.newContext({ viewport })).newPage(),
    ];
    await open(ours, `${url}/workflows/${id}`);
    await open(theirs, bare.url);
    const stop = await startMovers(services, url, workspaceId, id);
    const feel: Record<string, object[]> = { product: [], bare: [] };
    for (let turn = 0; turn < turns; turn += 1) {
      feel.product?.push(await feelOf(ours));
      feel.bare?.push(await feelOf(theirs));
    }
    await ours.bringToFront();
    const hot = {
      drag: await profiled(ours, async () => drag(ours, await cardOf(ours))),
      keystroke: await profiled(ours, async () => {
        await focusText(ours);
        await type(ours);
      }),
    };
    await stop();
    return { opening, at500: { turns, ...feel }, hot };
  } finally {
    bare.close();
    await browser.close();
    await services.close();
    await product.stop();
  }
}

/** Dragging and typing, as the trace tells it. */
async function feelOf(page: Page): Promise<object> {
  await page.bringToFront();
  const place = await cardOf(page);
  const dragging = figuresOf(await traced(page, () => drag(page, place)));
  await focusText(page);
  const typing = figuresOf(await traced(page, () => type(page)));
  return { dragging, typing };
}

/** A place on a card in the middle of the canvas that nobody else moves. */
function cardOf(page: Page): Promise<{ x: number; y: number }> {
  return page.evaluate(() => {
    const cards = [...document.querySelectorAll('.react-flow__node')].flatMap((card) => {
      const id = card.getAttribute('data-id') ?? '';
      if (['n41', 'n43', 'n81', 'n83', 'n85'].includes(id)) return [];
      const { left, top, width, height } = card.getBoundingClientRect();
      return [{ x: left + width / 3, y: top + height / 2 }];
    });
    const far = ({ x, y }: { x: number; y: number }) => Math.hypot(x - 500, y - 400);
    return cards.toSorted((a, b) => far(a) - far(b))[0] ?? { x: 500, y: 400 };
  });
}

async function focusText(page: Page): Promise<void> {
  const { x, y } = await cardOf(page);
  await page.mouse.click(x, y);
  await page.getByRole('textbox', { name: 'Task' }).click();
  await page.keyboard.press('Control+End');
}

async function signUp(browser: Browser, url: string) {
  const page = await (await browser.newContext({ viewport })).newPage();
  await page.goto(url);
  await page.getByLabel('Your name').fill('Ana Ortiz');
  await page.getByLabel('E-mail').fill('ana@example.test');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByLabel('Workspace').fill('Northwind');
  await page.getByRole('button', { name: 'Create account and workspace' }).click();
  await page.waitForURL((address) => !address.pathname.startsWith('/setup'));
  const state = await page.context().storageState();
  await page.context().close();
  return state;
}

async function workspaceOf({ pool }: Services): Promise<string> {
  const found = await pool.query<{ id: string }>('select id from organization limit 1');
  if (!found.rows[0]) throw new Error('there is no workspace');
  return found.rows[0].id;
}

function databaseOf(dataDir: string): string {
  const file = [join(dataDir, 'postgres.json'), join(dataDir, 'postgres/postgres.json')].find(
    existsSync,
  );
  if (!file) throw new Error(`there is no database below ${dataDir}`);
  const { port, password } = JSON.parse(readFileSync(file, 'utf8'));
  return `postgres://ensemble:${password}@127.0.0.1:${port}/ensemble`;
}
