import { expect, it } from 'vitest';
import type { WorkflowEdge } from '@/lib/workflows/schema';
import type { DraftNode } from './graph';
import { inFlowOrder, outlineRows } from './outline-rows';

function graphOf(steps: Record<string, string>, ways: string[]) {
  const nodes = new Map(
    Object.entries(steps).map(([id, type]): [string, DraftNode] => [
      id,
      {
        id,
        key: id,
        type,
        name: id,
        position: { x: 0, y: 0 },
        config:
          type === 'switch'
            ? { mode: 'first', cases: [{ id: 'yes', label: 'Yes', condition: 'true' }] }
            : {},
      },
    ]),
  );
  const edges = new Map<string, WorkflowEdge>(
    ways.map((way) => {
      const [from = '', target = ''] = way.split('>');
      const [source = '', sourcePort = 'out'] = from.split(':');
      return [way, { id: way, source, sourcePort, target, targetPort: 'in' }];
    }),
  );
  return { nodes, edges };
}

const open = new Set<string>();
const lines = (rows: ReturnType<typeof outlineRows>) =>
  rows.map((row) => `${'-'.repeat(row.level)}${row.kind === 'step' ? row.node.id : row.port}`);

it('lists a chain in the order of its run, whatever the order of the document', () => {
  const graph = graphOf({ c: 'transform', a: 'start', b: 'http' }, ['a>b', 'b>c']);
  expect(lines(outlineRows(graph, open))).toEqual(['-a', '-b', '-c']);
});

it('keeps a way together: a step that stands alone comes after it', () => {
  const graph = graphOf({ a: 'start', alone: 'http', b: 'http', c: 'http' }, ['a>b', 'b>c']);
  expect(inFlowOrder(graph).map((node) => node.id)).toEqual(['a', 'b', 'c', 'alone']);
});

it('puts what only one output leads to under it, and what follows the meeting back on the level before', () => {
  const graph = graphOf({ a: 'start', s: 'switch', y: 'http', n: 'http', z: 'output' }, [
    'a>s',
    's:yes>y',
    's:else>n',
    'y>z',
    'n>z',
  ]);
  const rows = outlineRows(graph, open);
  const found = lines(rows);
  expect(found.slice(0, 4)).toEqual(['-a', '-s', '--yes', '---y']);
  expect(found).toContain('---n');
  expect(found.at(-1)).toBe('-z');
  expect(rows.find((row) => row.id === 'y')).toMatchObject({ parent: 's:yes', position: 1 });
  expect(lines(outlineRows(graph, new Set(['s'])))).toEqual(['-a', '-s', '-z']);
});

it('keeps the steps of a circle, and a thousand steps are quick to lay out', () => {
  const circle = graphOf({ a: 'start', b: 'http', c: 'http' }, ['b>c', 'c>b']);
  expect(lines(outlineRows(circle, open)).sort()).toEqual(['-a', '-b', '-c']);
  const ids = Array.from({ length: 1_000 }, (_, i) => `n${i}`);
  const long = graphOf(
    Object.fromEntries(ids.map((id) => [id, 'transform'])),
    ids.slice(1).map((id, i) => `${ids[i]}>${id}`),
  );
  expect(inFlowOrder(long).map((node) => node.id)).toEqual(ids);
  expect(outlineRows(long, open)).toHaveLength(1_000);
});
