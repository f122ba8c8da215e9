import { expect, it } from 'vitest';
import { cardWidth } from '@/lib/canvas/geometry';
import { firstView, readable } from './first-view';

const size = { width: 1_300, height: 800 };
const chain = (length: number) =>
  Array.from({ length }, (_, index) => ({ x: index * (cardWidth + 48), y: 0, height: 64 }));

it('shows a small workflow whole, in the middle, and never enlarged', () => {
  const { x, y, zoom } = firstView(chain(2), size);
  expect(zoom).toBe(1);
  expect(x).toBeCloseTo((size.width - (2 * cardWidth + 48)) / 2);
  expect(y).toBeCloseTo((size.height - 64) / 2);
});

it('shows the beginning of one that could not be read whole', () => {
  const { x, zoom } = firstView(chain(30), size);
  expect(zoom).toBe(readable);
  expect(x).toBeGreaterThan(0);
  expect(x).toBeLessThan(100);
});

it('shows a few cards whole on a narrow screen', () => {
  const { x, zoom } = firstView(chain(5), { width: 756, height: 600 });
  expect(x).toBeGreaterThan(0);
  expect(x + (5 * cardWidth + 4 * 48) * zoom).toBeLessThan(756);
});

it('keeps the first card in sight where the workflow is too high', () => {
  const high = Array.from({ length: 40 }, (_, index) => ({ x: 300, y: index * 100, height: 64 }));
  const { y, zoom } = firstView([{ x: 0, y: 2_000, height: 64 }, ...high], size);
  expect(2_000 * zoom + y).toBeGreaterThan(0);
  expect(2_064 * zoom + y).toBeLessThan(size.height);
});

it('begins at the origin without any card', () => {
  expect(firstView([], size)).toEqual({ x: 0, y: 0, zoom: 1 });
});
