import { expect, it } from 'vitest';
import type { DraftNode, Graph } from '@/lib/canvas/graph';
import { outlineRows } from '@/lib/canvas/outline-rows';
import { insideOf, withInside } from './containers';
import { dropOf, firstPosition, frameOf, groupAt } from './frames';

const node = (id: string, x: number, y: number, more: Partial<DraftNode> = {}): DraftNode => ({
  ...{ id, type: 'transform', key: id, name: id, position: { x, y }, config: {} },
  ...more,
});
const graphOf = (...nodes: DraftNode[]): Graph => ({
  name: '',
  description: '',
  nodes: new Map(nodes.map((each) => [each.id, each])),
  edges: new Map(),
  groups: new Map(),
  notes: new Map(),
});
const none = new Set<string>();
const each = node('each', 0, 0, { type: 'map' });
const inner = node('inner', 24, 136, { type: 'map', group: 'each' });
const deep = node('deep', 48, 272, { group: 'inner' });
const loose = node('loose', 1_000, 0);

it('an empty one has a frame where the first step will stand, and puts it there', () => {
  const graph = graphOf(each, loose);
  const frame = frameOf(graph, 'each');
  expect(frame).toMatchObject({ x: 0, y: 88 });
  const drop = dropOf(graph, new Map([['loose', { x: 40, y: 150 }]]), none);
  expect([...(drop.groups ?? [])]).toEqual([['loose', 'each']]);
  expect(drop.nodes).toEqual([{ id: 'loose', position: firstPosition(each) }]);
  const filled = graphOf(each, { ...loose, group: 'each', position: firstPosition(each) });
  expect(frameOf(filled, 'each')).toEqual(frame);
});

it('goes with all that stands inside it, frames in frames too', () => {
  const graph = graphOf(each, inner, deep, loose);
  expect([...insideOf(graph, new Set(['each'])).keys()]).toEqual(['inner', 'deep']);
  const moved = withInside(graph, new Map([['each', { x: 100, y: 50 }]]));
  expect(moved.get('deep')).toEqual({ x: 148, y: 322 });
  const [still, along] = [frameOf(graph, 'each'), frameOf(graph, 'each', moved)];
  expect(along).toEqual({ ...still, x: (still?.x ?? 0) + 100, y: (still?.y ?? 0) + 50 });
  expect(dropOf(graph, moved, none).groups?.size).toBe(0);
});

it('the inner frame wins, its own takes none, and what begins a workflow stays out', () => {
  const graph = graphOf(each, inner, deep, loose, node('start', 900, 900, { type: 'start' }));
  const point = { x: 100, y: 300 };
  expect(groupAt(graph, point)).toBe('inner');
  const into = (id: string, at: { x: number; y: number }) =>
    dropOf(graph, new Map([[id, at]]), none).groups;
  expect([...(into('loose', { x: 50, y: 280 }) ?? [])]).toEqual([['loose', 'inner']]);
  expect(into('start', { x: 50, y: 280 })?.size).toBe(0);
  expect([...(into('deep', { x: 3_000, y: 0 }) ?? [])]).toEqual([['deep', undefined]]);
});

it('steps that would stand inside each other stand in none', () => {
  const [a, b] = [
    node('a', 0, 0, { type: 'map', group: 'b' }),
    node('b', 400, 0, { type: 'map', group: 'a' }),
  ];
  const graph = graphOf(a, b);
  expect(frameOf(graph, 'a')).toBeDefined();
  expect(insideOf(graph, new Set(['a'])).size).toBe(0);
  expect(outlineRows(graph, none).map(({ id }) => id)).toEqual(['a', 'b']);
});

it('the outline shows what stands inside below its step', () => {
  const rows = outlineRows(graphOf(each, deep, inner, loose), none);
  expect(rows.map(({ id, level, parent }) => [id, level, parent])).toEqual([
    ['each', 1, undefined],
    ['inner', 2, 'each'],
    ['deep', 3, 'inner'],
    ['loose', 1, undefined],
  ]);
});
