import { expect, it } from 'vitest';
import { align, distribute, type Side } from './align';

const placed = [
  { id: 'a', box: { x: 0, y: 0, width: 100, height: 50 } },
  { id: 'b', box: { x: 160, y: 40, width: 100, height: 100 } },
  { id: 'c', box: { x: 400, y: 200, width: 200, height: 50 } },
];
const after = (moves: Map<string, { x: number; y: number }>) =>
  placed.map(({ id, box }) => moves.get(id) ?? { x: box.x, y: box.y });

it.each<[Side, number[]]>([
  ['left', [0, 0, 0]],
  ['centre', [250, 250, 200]],
  ['right', [500, 500, 400]],
])('aligns %s', (side, xs) => {
  expect(after(align(placed, side)).map((at) => at.x)).toEqual(xs);
  expect(after(align(placed, side)).map((at) => at.y)).toEqual([0, 40, 200]);
});

it.each<[Side, number[]]>([
  ['top', [0, 0, 0]],
  ['middle', [100, 75, 100]],
  ['bottom', [200, 150, 200]],
])('aligns %s', (side, ys) => {
  expect(after(align(placed, side)).map((at) => at.y)).toEqual(ys);
});

it('makes gaps equal and leaves the ends', () => {
  const xs = after(distribute(placed, 'horizontal')).map((at) => at.x);
  expect(xs).toEqual([0, 200, 400]);
  expect(after(distribute(placed, 'vertical')).map((at) => at.y)).toEqual([0, 75, 200]);
  expect(distribute(placed.slice(0, 2), 'horizontal').size).toBe(0);
});

it('moves nothing that stands right', () => {
  expect(align(placed.slice(0, 1), 'left').size).toBe(0);
  expect(align([], 'top').size).toBe(0);
});
