import { describe, expect, it } from 'vitest';
import { boundsOfMap, sameTiles, tilesOf } from './map-tiles';

const nodes = [
  { id: 'group:g', position: { x: -10, y: -10 }, width: 50, height: 40 },
  { id: 'a', position: { x: 0, y: 0 }, width: 20, height: 10 },
  { id: 'b', position: { x: 100.4, y: 30 }, width: 20, height: 10 },
];

describe('the map of a workflow', () => {
  it('draws what has one colour as one path', () => {
    const { paths, box } = tilesOf(nodes, (id) => (id === 'b' ? 'red' : undefined));
    expect([...paths.values()]).toEqual([
      'M-10 -10h50v40h-50z',
      'M0 0h20v10h-20z',
      'M100 30h20v10h-20z',
    ]);
    expect(box).toEqual({ x: -10, y: -10, width: 130, height: 50 });
  });

  it('knows when nothing that it shows has changed', () => {
    const plain = () => undefined;
    expect(sameTiles(tilesOf(nodes, plain), tilesOf([...nodes], plain))).toBe(true);
    expect(sameTiles(tilesOf(nodes, plain), tilesOf(nodes.slice(1), plain))).toBe(false);
  });

  it('holds the tiles and the view, in its own proportions, also when there is nothing', () => {
    const bounds = boundsOfMap(
      { x: 0, y: 0, width: 100, height: 100 },
      { x: 200, y: 0, width: 100, height: 100 },
      { width: 160, height: 104 },
    );
    expect(bounds.width / bounds.height).toBeCloseTo(160 / 104);
    expect(bounds.x).toBeLessThan(0);
    expect(bounds.x + bounds.width).toBeGreaterThan(300);
    const none = boundsOfMap(
      undefined,
      { x: 0, y: 0, width: 0, height: 0 },
      { width: 1, height: 1 },
    );
    expect(none.width).toBe(1);
  });
});
