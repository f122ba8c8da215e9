import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Page } from '@playwright/test';
import { median, percentile, rounded } from '../figures';
import type { Traced } from './trace';

/** Notes in the page when cards first stand on the screen, painted. */
function watchCards(): void {
  const found = () => {
    const card = document.querySelector('.react-flow__node');
    const box = card?.getBoundingClientRect();
    const shown = card && getComputedStyle(card).visibility === 'visible';
    if (!box || !shown || box.width === 0) {
      requestAnimationFrame(found);
      return;
    }
    // The frame after the next one: this one is on the screen then.
    requestAnimationFrame(() => {
      requestAnimationFrame(() => performance.mark('cards'));
    });
  };
  requestAnimationFrame(found);
}

/** Milliseconds from the navigation until cards are painted, and until a click on one has selected it. */
export async function open(
  page: Page,
  url: string,
): Promise<{ painted: number; answered: number }> {
  // What tsx puts around named functions, for those that run in the page.
  await page.addInitScript('globalThis.__name ??= (named) => named');
  await page.addInitScript(watchCards);
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(() => performance.getEntriesByName('cards').length > 0, undefined, {
    polling: 16,
    timeout: 120_000,
  });
  const place = await page.evaluate(() => {
    const middle = { x: innerWidth / 2, y: innerHeight / 2 };
    const cards = [...document.querySelectorAll('.react-flow__node')].map((card) => {
      const { left, top, width, height } = card.getBoundingClientRect();
      return { x: left + width / 3, y: top + Math.min(height / 2, 20) };
    });
    const far = ({ x, y }: { x: number; y: number }) => Math.hypot(x - middle.x, y - middle.y);
    return cards.toSorted((a, b) => far(a) - far(b))[0] ?? middle;
  });
  await page.mouse.click(place.x, place.y);
  await page.waitForSelector('.react-flow__node.selected, [aria-selected="true"]', {
    timeout: 30_000,
    state: 'attached',
  });
  return page.evaluate(() => ({
    painted: performance.getEntriesByName('cards')[0]?.startTime ?? Number.NaN,
    answered: performance.now(),
  }));
}

/** Opens a page several times: in a browser that has never seen it, and in one that has. */
export async function openings(
  createContext: () => Promise<BrowserContext>,
  url: string,
  times: number,
): Promise<object> {
  const cold: Awaited<ReturnType<typeof open>>[] = [];
  const warm: typeof cold = [];
  for (let i = 0; i < times; i += 1) {
    const context = await createContext();
    const first = await context.newPage();
    cold.push(await open(first, url));
    await first.close();
    const second = await context.newPage();
    warm.push(await open(second, url));
    await context.close();
  }
  return { cold: spreadOf(cold), warm: spreadOf(warm), times };
}

function spreadOf(all: readonly { painted: number; answered: number }[]) {
  const figures = (values: number[]) => ({
    median: rounded(median(values), 0),
    most: rounded(Math.max(...values), 0),
  });
  return {
    paintedMs: figures(all.map((each) => each.painted)),
    answeredMs: figures(all.map((each) => each.answered)),
  };
}

/** Drags the card at a place of the screen around in a circle, one move each 16 ms. */
export async function drag(page: Page, place: { x: number; y: number }): Promise<void> {
  await page.mouse.move(place.x, place.y);
  await page.mouse.down();
  for (let i = 1; i <= 150; i += 1) {
    const turn = (i / 50) * Math.PI * 2;
    await page.mouse.move(place.x + Math.sin(turn) * 80, place.y + (1 - Math.cos(turn)) * 60);
    await sleep(12);
  }
  await page.mouse.up();
}

/** Types into the text that has the focus, 20 letters a second. */
export async function type(page: Page): Promise<void> {
  await page.keyboard.type('Then compare both answers, and say where they differ. ', { delay: 50 });
}

export const figuresOf = ({ delays, frames, dropped, longTasks }: Traced) => ({
  interactionMs: { p50: p(delays, 0.5), p95: p(delays, 0.95), p99: p(delays, 0.99) },
  interactions: delays.length,
  frameMs: { p50: p(frames, 0.5), p95: p(frames, 0.95), p99: p(frames, 0.99) },
  frames: frames.length,
  dropped,
  longTasks: longTasks.length,
  longestTaskMs: longTasks.length > 0 ? rounded(Math.max(...longTasks), 0) : 0,
});

const p = (values: readonly number[], share: number) => rounded(percentile(values, share), 1);
