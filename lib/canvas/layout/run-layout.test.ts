import { expect, it } from 'vitest';
import { layoutPlan } from './run-layout';

const step = (id: string, ...from: string[]) => ({
  id,
  nodeId: id,
  incoming: from.map((each) => ({ from: each, port: 'out' })),
});
const steps = [step('if'), step('no', 'if'), step('yes', 'if'), step('end', 'yes', 'no')];
const editor: Record<string, { x: number; y: number }> = {
  if: { x: 0, y: 100 },
  yes: { x: 328, y: 0 },
  no: { x: 328, y: 200 },
  end: { x: 656, y: 100 },
};
const yOf = (graph: ReturnType<typeof layoutPlan>, id: string) =>
  graph.steps.find((each) => each.id === id)?.y ?? Number.NaN;

it('keeps the order of branches that the editor shows, whatever the order of the steps', () => {
  for (const order of [steps, steps.toReversed()]) {
    const graph = layoutPlan(order, (id) => editor[id]);
    expect(yOf(graph, 'yes')).toBeLessThan(yOf(graph, 'if'));
    expect(yOf(graph, 'if')).toBeLessThan(yOf(graph, 'no'));
    expect(graph.edges).toHaveLength(4);
    expect(Math.min(...graph.steps.map(({ x }) => x))).toBeGreaterThanOrEqual(0);
  }
  const lanes = Array.from({ length: 18 }, (_, lane) => step(`lane_${lane}`));
  const placed = layoutPlan(lanes, (id) => ({ x: 0, y: Number(id.slice(5)) * 100 }));
  const ys = lanes.map(({ id }) => yOf(placed, id));
  expect(ys).toEqual(ys.toSorted((a, b) => a - b));
});

it('lays out anew what the editor does not know, or where cards would cover each other', () => {
  const own = layoutPlan(steps);
  expect(layoutPlan(steps, (id) => (id === 'end' ? undefined : editor[id]))).toEqual(own);
  expect(layoutPlan(steps, () => ({ x: 0, y: 0 }))).toEqual(own);
  expect(layoutPlan([], () => ({ x: 0, y: 0 })).steps).toEqual([]);
});

it('keeps room for the connection between steps that stand close together in the editor', () => {
  const row = [step('a'), step('b', 'a'), step('c', 'b')];
  const { steps: placed } = layoutPlan(row, (id) => ({ x: 'abc'.indexOf(id) * 272, y: 0 }));
  const xs = placed.map(({ x }) => x);
  expect(xs.map((x, n) => (n === 0 ? x : x - (xs[n - 1] ?? 0)))).toEqual([2, 204, 204]);
});
