import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import { readDraft, writeDraft } from '@/lib/workflows/draft/draft';
import type { Definition, WorkflowNode } from '@/lib/workflows/schema';
import { applyReviews, fieldKey } from './apply';
import { carryBefore, changesBetween, reverse } from './changes';
import { reviewChanges, withConnections } from './review';
import { titleOf } from './words';

const node = (id: string, more: Partial<WorkflowNode> = {}): WorkflowNode => ({
  id,
  key: id,
  type: 'agent',
  name: id.toUpperCase(),
  position: { x: 0, y: 0 },
  config: { prompt: `do ${id}` },
  ...more,
});
const edge = (source: string, target: string) => ({
  id: `${source}${target}`,
  source,
  sourcePort: 'out',
  target,
  targetPort: 'in',
});
const plan = (nodes: WorkflowNode[], edges = [] as ReturnType<typeof edge>[]): Definition => ({
  schema: 1,
  name: 'Plan',
  description: '',
  nodes,
  edges,
});

function accept(now: Definition, before: Definition, wanted: Definition, take: string[] = []) {
  const doc = new Y.Doc();
  const draft = { doc, catalogue, origin: 'test' };
  writeDraft(draft, now);
  const read = () => readDraft(doc, catalogue);
  const reviews = reviewChanges(changesBetween(before, wanted), { now: read(), catalogue });
  expect(applyReviews(draft, reviews, new Set(take))).toBe(true);
  return { now: read(), reviews };
}

describe('a change beside the draft', () => {
  test('is clean where nobody touched it, done where it is so already', () => {
    const before = plan([node('a'), node('b')]);
    const wanted = plan([node('a', { disabled: true }), node('b', { color: 'red' })]);
    const { now, reviews } = accept(plan([node('a'), node('b', { color: 'red' })]), before, wanted);
    expect(reviews.map(({ state }) => state)).toEqual(['clean', 'done']);
    expect(now.nodes[0]?.disabled).toBe(true);
  });

  test('is a conflict where somebody set the same since, and then stays unless it is taken', () => {
    const before = plan([node('a')]);
    const wanted = plan([node('a', { color: 'red', disabled: true })]);
    const draft = plan([node('a', { color: 'green' })]);
    const first = accept(draft, before, wanted);
    expect(first.reviews[0]).toMatchObject({ state: 'conflict' });
    expect(first.now.nodes[0]).toMatchObject({ color: 'green', disabled: true });
    const taken = accept(draft, before, wanted, [fieldKey('nodes/a', 'color')]);
    expect(taken.now.nodes[0]).toMatchObject({ color: 'red', disabled: true });
  });

  test('a removal of what changed since is a conflict; a change of what is gone changes nothing', () => {
    const before = plan([node('a'), node('b')]);
    const wanted = plan([node('b', { color: 'red' })]);
    const draft = plan([node('a', { color: 'blue' })]);
    const kept = accept(draft, before, wanted);
    expect(kept.reviews.map(({ state }) => state).sort()).toEqual(['conflict', 'gone']);
    expect(kept.now.nodes).toHaveLength(1);
    expect(accept(draft, before, wanted, ['nodes/a']).now.nodes).toEqual([]);
  });

  test('moving is no conflict: what others moved stays there', () => {
    const before = plan([node('a')]);
    const at = (x: number) => plan([node('a', { position: { x, y: 0 } })]);
    expect(accept(at(50), before, at(10)).now.nodes[0]?.position.x).toBe(50);
  });
});

test('an added step gets a free key, and what came with it refers to that', () => {
  const before = plan([node('a')]);
  const wanted = plan([
    node('a'),
    node('c', { key: 'b' }),
    node('d', { config: { prompt: 'Use {{ steps.b.output }}' } }),
  ]);
  const draft = plan([node('a'), node('z', { key: 'b', config: { prompt: '{{ steps.b.x }}' } })]);
  const { now } = accept(draft, before, wanted);
  const [, z, c, d] = now.nodes;
  expect([z?.key, c?.key]).toEqual(['b', 'b_2']);
  expect(z?.config.prompt).toBe('{{ steps.b.x }}');
  expect(d?.config.prompt).toBe('Use {{ steps.b_2.output }}');
});

test('a renamed key is followed by what refers to it, accepted or not', () => {
  const before = plan([node('a'), node('b', { config: { prompt: '{{ steps.a.x }}' } })]);
  const wanted = plan([node('a', { name: 'First', key: 'first' }), before.nodes[1] ?? node('b')]);
  const { now } = accept(before, before, wanted);
  expect(now.nodes[1]?.config.prompt).toBe('{{ steps.first.x }}');
});

test('a connection that would close a circle by now is left out', () => {
  const nodes = [node('a'), node('b')];
  const { now } = accept(plan(nodes, [edge('b', 'a')]), plan(nodes), plan(nodes, [edge('a', 'b')]));
  expect(now.edges.map(({ id }) => id)).toEqual(['ba']);
});

test('a decision about a step settles its connections', () => {
  const before = plan([node('a'), node('b')], [edge('a', 'b')]);
  const wanted = plan([node('a'), node('c'), node('d')], [edge('a', 'c'), edge('c', 'd')]);
  const open = changesBetween(before, wanted);
  const settle = (keys: string[], as: 'accepted' | 'refused') =>
    withConnections(open, keys, as, before).sort();
  expect(settle(['nodes/c'], 'accepted')).toEqual(['edges/ac', 'nodes/c']);
  expect(settle(['nodes/c', 'nodes/d'], 'accepted')).toContain('edges/cd');
  expect(settle(['nodes/c'], 'refused')).toEqual(['edges/ac', 'edges/cd', 'nodes/c']);
  expect(settle(['nodes/b'], 'accepted')).toEqual(['edges/ab', 'nodes/b']);
});

test('reversed changes lead back', () => {
  const before = plan([node('a'), node('b')], [edge('a', 'b')]);
  const later = plan([node('a', { color: 'red' }), node('c')]);
  const doc = new Y.Doc();
  const draft = { doc, catalogue, origin: 'test' };
  writeDraft(draft, before);
  const start = readDraft(doc, catalogue);
  writeDraft(draft, later);
  const changes = reverse(changesBetween(start, readDraft(doc, catalogue)));
  applyReviews(draft, reviewChanges(changes, { now: readDraft(doc, catalogue), catalogue }));
  expect(changesBetween(start, readDraft(doc, catalogue))).toEqual([]);
});

test('what an author saw is kept while they go on, and forgotten where they set it anew', () => {
  const red = changesBetween(plan([node('a')]), plan([node('a', { color: 'red' })]));
  const since = plan([node('a', { color: 'green' })]);
  const same = carryBefore(red, changesBetween(since, plan([node('a', { color: 'red' })])));
  expect(same[0]?.fields[0]).toEqual({ path: 'color', after: 'red' });
  const anew = carryBefore(red, changesBetween(since, plan([node('a', { color: 'blue' })])));
  expect(anew[0]?.fields[0]).toEqual({ path: 'color', before: 'green', after: 'blue' });
});

test('a title says what is done', () => {
  const changes = changesBetween(
    plan([node('a'), node('b')]),
    plan([node('a', { color: 'red' }), node('c'), node('d')]),
  );
  expect(titleOf(changes)).toBe('Change A, add C, 2 more');
  expect(titleOf([])).toBe('Suggestion');
});
