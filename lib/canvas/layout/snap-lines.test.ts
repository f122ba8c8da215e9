import { expect, it } from 'vitest';
import { snapLines, snapTo } from './snap-lines';

const card = (x: number, y: number, height = 64) => ({ x, y, width: 224, height });

it('pulls an edge or a middle onto the nearest line, and shows where', () => {
  const lines = snapLines([card(0, 0), card(300, 200, 100)]);
  const { dx, dy, guides } = snapTo(card(5, 104), lines, 6);
  expect([dx, dy]).toEqual([-5, 0]);
  expect(guides.filter((guide) => guide.vertical).map((guide) => guide.at)).toEqual([0, 112, 224]);
  expect(guides[0]).toMatchObject({ from: 0, to: 168 });
});

it('aligns middles of cards of different height', () => {
  const { dy, guides } = snapTo(card(600, 214), snapLines([card(300, 200, 100)]), 6);
  expect(dy).toBe(4);
  expect(guides).toEqual([{ vertical: false, at: 250, from: 300, to: 824 }]);
});

it('leaves alone what is near nothing', () => {
  const lines = snapLines([card(0, 0)]);
  expect(snapTo(card(1_000, 1_000), lines, 6)).toEqual({ dx: 0, dy: 0, guides: [] });
  expect(snapTo(card(7, 500), lines, 6).dx).toBe(0);
  expect(snapTo(card(0, 0), snapLines([]), 6).guides).toEqual([]);
});

it('finds the same as looking at every line', () => {
  const boxes = Array.from({ length: 500 }, (_, i) => card((i * 137) % 4_001, (i * 89) % 3_001));
  const lines = snapLines(boxes);
  for (let i = 0; i < 200; i += 1) {
    const moving = card((i * 211) % 4_000, (i * 53) % 3_000, 64 + (i % 3) * 24);
    const { dx } = snapTo(moving, lines, 6);
    const marks = [moving.x, moving.x + 112, moving.x + 224];
    const all = boxes.flatMap((box) => [box.x, box.x + 112, box.x + 224]);
    const nearest = Math.min(...marks.flatMap((mark) => all.map((line) => Math.abs(line - mark))));
    expect(Math.abs(dx)).toBe(nearest <= 6 ? nearest : 0);
  }
});
