import ELK from 'elkjs/lib/elk.bundled.js';
import { expect, it } from 'vitest';
import type { DraftNode, Graph } from '@/lib/canvas/graph';
import { type Box, boxAround } from './box';
import { withInside } from './containers';
import { tidyMoves, toElk } from './elk-graph';
import { cardBox, frameAround, frameOf } from './frames';

const node = (id: string, more: Partial<DraftNode> = {}): DraftNode => ({
  id,
  type: 'model',
  key: id,
  name: id,
  position: { x: 0, y: 0 },
  config: {},
  ...more,
});
const edge = (source: string, target: string, sourcePort = 'out') => ({
  id: `${source}-${sourcePort}-${target}`,
  source,
  sourcePort,
  target,
  targetPort: 'in',
});
const graphOf = (nodes: DraftNode[], edges: ReturnType<typeof edge>[]): Graph => ({
  name: '',
  description: '',
  nodes: new Map(nodes.map((each) => [each.id, each])),
  edges: new Map(edges.map((each) => [each.id, each])),
  groups: new Map([['g', { id: 'g', name: 'Group' }]]),
  notes: new Map(),
});
const tidied = async (graph: Graph, ids = new Set(graph.nodes.keys())) =>
  tidyMoves(graph, await new ELK().layout(toElk(graph, ids)));

const cases = ['x', 'y', 'z'].map((id) => ({ id, label: id, when: 'true' }));
const branching = graphOf(
  [node('s', { type: 'switch', config: { cases } }), node('c'), node('b'), node('a'), node('end')],
  [
    edge('s', 'a', 'x'),
    edge('s', 'b', 'y'),
    edge('s', 'c', 'z'),
    ...['a', 'b', 'c'].map((id) => edge(id, 'end')),
  ],
);

it('goes from left to right, in the order of the ports, the same each time', async () => {
  const moves = await tidied(branching);
  const y = (id: string) => moves.get(id)?.y ?? 0;
  const x = (id: string) => moves.get(id)?.x ?? 0;
  expect(x('s')).toBeLessThan(x('a'));
  expect(x('a')).toBeLessThan(x('end'));
  expect(y('a')).toBeLessThan(y('b'));
  expect(y('b')).toBeLessThan(y('c'));
  expect([...moves.values()].every((at) => at.x % 8 === 0 && at.y % 8 === 0)).toBe(true);
  expect(await tidied(branching)).toEqual(moves);
});

it('keeps the picture where it stood', async () => {
  const graph = graphOf([node('a', { position: { x: 800, y: 400 } }), node('b')], [edge('a', 'b')]);
  const moves = await tidied(graph);
  expect(
    boxAround([...moves.values()].map((at) => ({ ...at, width: 0, height: 0 }))),
  ).toMatchObject({ x: 0, y: 0 });
});

it('leaves fixed nodes, and puts nothing on them', async () => {
  const nodes = ['a', 'b', 'c', 'd'].map((id, i) =>
    node(id, { position: { x: i * 50, y: i * 30 }, ...(id === 'b' ? { fixed: true } : {}) }),
  );
  const graph = graphOf(nodes, [edge('a', 'b'), edge('a', 'c'), edge('c', 'd')]);
  const moves = await tidied(graph);
  expect(moves.has('b')).toBe(false);
  const boxes = nodes.map((each) => cardBox(each, moves.get(each.id)));
  for (const [i, one] of boxes.entries()) {
    for (const other of boxes.slice(i + 1)) {
      const apart =
        Math.abs(one.x - other.x) >= one.width || Math.abs(one.y - other.y) >= one.height;
      expect(apart).toBe(true);
    }
  }
});

it('keeps what is not in a group out of its frame', async () => {
  const nodes = [
    node('a'),
    node('b', { group: 'g' }),
    node('c', { group: 'g' }),
    node('d'),
    node('e'),
  ];
  const graph = graphOf(nodes, [edge('a', 'b'), edge('b', 'c'), edge('a', 'd'), edge('c', 'e')]);
  const moves = await tidied(graph);
  const box = (id: string) => cardBox(graph.nodes.get(id) as DraftNode, moves.get(id));
  const frame = frameAround([box('b'), box('c')]);
  for (const id of ['a', 'd', 'e']) {
    const { x, y, width, height } = box(id);
    const out =
      x + width <= (frame?.x ?? 0) ||
      x >= (frame?.x ?? 0) + (frame?.width ?? 0) ||
      y + height <= (frame?.y ?? 0) ||
      y >= (frame?.y ?? 0) + (frame?.height ?? 0);
    expect(out).toBe(true);
  }
});

it('leaves as much room between the steps of a group as between others', async () => {
  const ways = [edge('a', 'b'), edge('b', 'c')];
  const gap = async (group: object) => {
    const nodes = [node('a'), node('b', group), node('c', group)];
    const moves = await tidied(graphOf(nodes, ways));
    return (moves.get('c')?.x ?? 0) - (moves.get('b')?.x ?? 0);
  };
  expect(await gap({ group: 'g' })).toBe(await gap({}));
});

it('tidies only what it is asked to', async () => {
  expect([...(await tidied(branching, new Set(['a', 'b']))).keys()].sort()).toEqual(['a', 'b']);
});

const inside = (id: string, group: string, more: Partial<DraftNode> = {}) =>
  node(id, { group, ...more });
const nested = (more: Partial<DraftNode> = {}, positions: Record<string, [number, number]> = {}) =>
  graphOf(
    [
      node('start'),
      node('each', { type: 'map', ...more }),
      inside('one', 'each'),
      inside('inner', 'each', { type: 'loop' }),
      inside('deep', 'inner'),
      inside('deeper', 'inner'),
      node('empty', { type: 'map' }),
      node('after'),
      node('below'),
    ].map((each) => {
      const [x, y] = positions[each.id] ?? [each.position.x, each.position.y];
      return { ...each, position: { x, y } };
    }),
    [
      edge('start', 'each'),
      edge('one', 'inner'),
      edge('deep', 'deeper'),
      edge('each', 'after'),
      edge('start', 'empty'),
      edge('start', 'below'),
    ],
  );
/** All that a step takes up on the canvas after a move: its card, and its frame where it has one. */
const pieceAfter = (graph: Graph, moves: ReadonlyMap<string, { x: number; y: number }>) => {
  const nodes = [...graph.nodes.values()].map((each) => ({
    ...each,
    position: moves.get(each.id) ?? each.position,
  }));
  const now = graphOf(nodes, []);
  return (id: string): Box => {
    const card = cardBox(now.nodes.get(id) as DraftNode);
    const frame = now.nodes.get(id)?.type === 'model' ? undefined : frameOf(now, id);
    return (frame && boxAround([card, frame])) ?? card;
  };
};
const meets = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const expectApart = (piece: (id: string) => Box, ids: readonly string[]) => {
  for (const [i, one] of ids.entries()) {
    for (const other of ids.slice(i + 1)) {
      expect(meets(piece(one), piece(other)), `${one} on ${other}`).toBe(false);
    }
  }
};
const outside = ['start', 'each', 'empty', 'after', 'below'];

it('puts nothing on the frame of a container, nested or empty', async () => {
  const graph = nested();
  const moves = await tidied(graph);
  const piece = pieceAfter(graph, moves);
  expectApart(piece, outside);
  expectApart(piece, ['one', 'inner']);
  expectApart(piece, ['deep', 'deeper']);
  const frame = piece('inner');
  for (const id of ['deep', 'deeper']) {
    const box = piece(id);
    expect(box.x).toBeGreaterThan(frame.x);
    expect(box.x + box.width).toBeLessThan(frame.x + frame.width);
    expect(box.y + box.height).toBeLessThan(frame.y + frame.height);
  }
});

it('leads straight from a container to what follows it', async () => {
  const moves = await tidied(nested());
  expect(moves.get('after')?.y).toBe(moves.get('each')?.y);
  expect(moves.get('inner')?.y).toBe(moves.get('one')?.y);
});

it('lays out the inside of a fixed container where that stands', async () => {
  const graph = nested({ fixed: true, position: { x: 4_000, y: 400 } });
  const moves = await tidied(graph);
  expect(moves.has('each')).toBe(false);
  expect(moves.get('one')).toEqual({ x: 4_024, y: 536 });
  expectApart(pieceAfter(graph, moves), outside);
});

it('takes a container as one piece with its frame when its inside is not to be tidied', async () => {
  const positions: Record<string, [number, number]> = {
    one: [-40, 200],
    inner: [400, 200],
    deep: [424, 340],
    deeper: [424, 480],
  };
  const graph = nested({}, positions);
  const moves = withInside(graph, await tidied(graph, new Set(outside)));
  const piece = pieceAfter(graph, moves);
  expectApart(piece, outside);
  expect((moves.get('one')?.x ?? 0) - (moves.get('each')?.x ?? 0)).toBe(-40);
});
