import { expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import { compileOnly } from './compile-only';
import { definitionSchema } from './schema';

const node = (id: string, type: string, config: object = {}, more: object = {}) => ({
  ...{ id, key: id, type, name: `Step ${id}`, position: { x: 0, y: 0 }, config },
  ...more,
});
const edge = (source: string, target: string, sourcePort = 'out') => ({
  ...{ id: `${source}-${target}`, source, sourcePort, target, targetPort: 'in' },
});
const made = (nodes: object[], edges: object[]) =>
  definitionSchema.parse({ name: 'Made', nodes, edges });
const says = (id: string, more: object = {}) => node(id, 'transform', { expression: '1' }, more);
const chain = made(
  [says('a'), node('broken', 'transform', { expression: '' }), says('c'), says('d')],
  [edge('a', 'broken'), edge('broken', 'c'), edge('c', 'd')],
);
const ways = (plan: ReturnType<typeof compileOnly>) =>
  Object.fromEntries(plan.steps.map(({ id, incoming }) => [id, incoming.map(({ from }) => from)]));

test('a step stands alone, behind the steps whose outputs are given', () => {
  expect(ways(compileOnly(chain, catalogue, 'c', new Set()))).toEqual({ c: [] });
  // What is not given leads on past itself, whether or not its settings are valid.
  expect(ways(compileOnly(chain, catalogue, 'c', new Set(['a'])))).toEqual({ a: [], c: ['a'] });
  const both = compileOnly(chain, catalogue, 'c', new Set(['a', 'broken', 'd']));
  expect(ways(both)).toEqual({ a: [], broken: ['a'], c: ['broken'] });
  expect(both.outputs).toEqual(['c']);
});

test('it runs by itself: without its pinned output, its cache or its being disabled', () => {
  const policy = { cache: { key: 'k', forMs: 60_000 } };
  const pinned = made([says('a', { pinnedOutput: 7, disabled: true, policy })], []);
  const [step] = compileOnly(pinned, catalogue, 'a', new Set()).steps;
  expect(step).toMatchObject({ id: 'a', type: 'transform' });
  expect(step).not.toHaveProperty('pinnedOutput');
  expect(step).not.toHaveProperty('cache');
});

test('a step inside a container stands behind what leads to the container; a container keeps its body', () => {
  const each = made(
    [
      says('list'),
      node('each', 'map', { items: 'steps.list.output' }),
      says('in1', { group: 'each' }),
      says('in2', { group: 'each' }),
    ],
    [edge('list', 'each'), edge('in1', 'in2')],
  );
  expect(ways(compileOnly(each, catalogue, 'in2', new Set(['list'])))).toEqual({
    list: [],
    in2: ['list'],
  });
  expect(ways(compileOnly(each, catalogue, 'in2', new Set(['list', 'in1'])))).toEqual({
    list: [],
    in1: ['list'],
    in2: ['in1'],
  });
  const whole = compileOnly(each, catalogue, 'each', new Set(['list']));
  expect(whole.steps.at(-1)?.body?.steps.map(({ id }) => id)).toEqual(['in1', 'in2']);
});

test('what is not there, not valid or never runs by itself is refused', () => {
  const only = (id: string) => () => compileOnly(chain, catalogue, id, new Set());
  expect(only('nope')).toThrow('There is no step "nope".');
  expect(only('broken')).toThrow(/Step broken/);
  const handler = made([node('oops', 'on-error')], []);
  expect(() => compileOnly(handler, catalogue, 'oops', new Set())).toThrow(
    'starts when a run fails',
  );
});
