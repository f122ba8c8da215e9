import { expect, it } from 'vitest';
import { diffDefinitions } from '@/lib/workflows/changes/diff';
import type { Definition, WorkflowNode } from '@/lib/workflows/schema';
import { markedGraph } from './marked-graph';

const node = (
  id: string,
  x: number,
  y: number,
  more: Partial<WorkflowNode> = {},
): WorkflowNode => ({
  ...{ id, type: 'transform', key: id, name: id, position: { x, y }, config: {} },
  ...more,
});
const definition = (...nodes: WorkflowNode[]): Definition => ({
  ...{ schema: 1, name: 'Framed', description: '', nodes, edges: [] },
});
const drawn = (shown: Definition, base: Definition) => {
  const { nodes } = markedGraph(shown, base, diffDefinitions(base, shown));
  return new Map(nodes.map((each) => [each.id, each]));
};
const each = node('each', 0, 0, { type: 'map' });
const inner = node('inner', 24, 136, { type: 'map', group: 'each' });
const deep = node('deep', 48, 272, { group: 'inner' });

it('frames containers, the outer one first, and marks those that went', () => {
  const shown = drawn(definition(each), definition(each, inner, deep));
  expect([...shown.keys()].filter((id) => id.startsWith('group/'))).toEqual([
    'group/each',
    'group/inner',
  ]);
  expect(shown.get('group/inner')?.data.mark).toBe('removed');
  expect(shown.get('group/each')?.data.mark).toBeUndefined();
});

it('what stood inside goes with a container that gives way', () => {
  const instead = node('instead', 24, 136, { group: 'each' });
  const shown = drawn(definition(each, instead), definition(each, inner, deep));
  const y = (id: string) => shown.get(id)?.position.y ?? 0;
  expect(y('inner')).toBe(240);
  expect(y('deep') - y('inner')).toBe(136);
});
