import { expect, test } from 'vitest';
import { shownRect, viewportOn } from './view-rect';

const size = { width: 1000, height: 600 };

test('a viewport of the same size shows exactly what the followed one shows', () => {
  const viewport = { x: -120, y: 40, zoom: 0.5 };
  expect(viewportOn(shownRect(viewport, size), size)).toEqual(viewport);
});

test('a smaller one shows all of it, around the same middle', () => {
  const rect = shownRect({ x: 0, y: 0, zoom: 1 }, size);
  const small = { width: 500, height: 500 };
  const shown = shownRect(viewportOn(rect, small), small);
  expect(shown.x + shown.width / 2).toBe(500);
  expect(shown.y + shown.height / 2).toBe(300);
  expect(shown.width).toBeGreaterThanOrEqual(rect.width);
  expect(shown.height).toBeGreaterThanOrEqual(rect.height);
});
