import { expect, it } from 'vitest';
import { catalogue as roles } from '@/lib/agents/roles/catalogue';
import type { ModelPolicy } from '@/lib/models/schema';
import { catalogue } from '@/lib/nodes/catalogue';
import { findProblems } from '@/lib/workflows/problems/problems';
import { type Definition, definitionSchema } from '@/lib/workflows/schema';
import { definitionOf } from '../drafted';
import { cases } from '../testing/cases';
import { withoutModel } from '../without-model';
import { callsInARow } from './in-a-row';
import type { VariantKind } from './kinds';
import { withoutEqual } from './same-variants';
import { variantsOf } from './variants';
import { asksModel } from './with-mode';

const agents = Object.keys(roles);
const known = { agents, me: 'ana@example.com', timeZone: 'UTC', mail: 'Mail server' };
const world = {
  agents,
  connections: [{ name: 'Mail server', kind: 'smtp', workflowIds: null, userIds: null } as const],
};

const draftOf = (says: string): Definition =>
  definitionOf(withoutModel(says, undefined, known), catalogue);
const made = (draft: Definition, models = new Map()) =>
  new Map(variantsOf(draft, catalogue, models).map((each) => [each.kind, each]));
const of = (draft: Definition, kind: VariantKind) => {
  const found = made(draft).get(kind);
  if (found === undefined) throw new Error(`There is no ${kind}.`);
  return found;
};

/** Steps in a line behind a start, each after the one before it unless it says otherwise. */
function draft(steps: readonly { id: string; type: string; config: object; after?: string }[]) {
  const all = [{ id: 'start', type: 'start', config: {}, after: undefined }, ...steps];
  return definitionSchema.parse({
    name: 'A draft',
    nodes: all.map(({ id, type, config }) => ({
      ...{ id, key: id, type, config, name: `The ${id}`, position: { x: 0, y: 0 } },
    })),
    edges: all.slice(1).map(({ id, after }, at) => ({
      ...{ id: `e${at}`, source: after ?? all[at]?.id ?? 'start', target: id },
    })),
  });
}
const result = (template: string, after?: string) => ({
  ...{ id: 'result', type: 'output', config: { format: 'text', template } },
  ...(after === undefined ? {} : { after }),
});
const ask = (id: string, prompt: string, config = {}) => ({
  ...{ id, type: 'model', config: { model: 'auto', prompt, ...config } },
});

it('gives every description variants without problems, whose references still hold', () => {
  for (const { says } of cases) {
    const before = draftOf(says);
    for (const { kind, definition } of variantsOf(before, catalogue, new Map())) {
      expect(findProblems(definition, catalogue, world), `${kind} of ${says}`).toEqual([]);
      expect(callsInARow(definition)).toBeLessThanOrEqual(
        callsInARow(before) + (kind === 'best' ? 1 : 0),
      );
    }
  }
  process.stdout.write(`variants without problems: ${cases.length * 3} of ${cases.length * 3}\n`);
});

it('runs at once what nothing orders, where it is to be fast', () => {
  const { definition, differences } = of(
    draft([
      ask('one', 'Summarise {{ input.text }}'),
      ask('two', 'Translate {{ input.text }}'),
      result('{{ steps.one.output.text }} {{ steps.two.output.text }}'),
    ]),
    'fast',
  );
  expect(callsInARow(definition)).toBe(1);
  expect(differences).toEqual([
    'Asks the model that was fastest here.',
    'Runs “The one” and “The two” at the same time.',
  ]);
  expect(definition.nodes.filter(asksModel).map(({ config }) => config.model)).toEqual([
    { mode: 'fastest' },
    { mode: 'fastest' },
  ]);
});

it('keeps steps in a row of which one reads the other', () => {
  const chain = draft([
    ask('one', 'Summarise {{ input.text }}'),
    ask('two', 'Translate {{ steps.one.output.text }}'),
    result('{{ steps.two.output.text }}'),
  ]);
  expect(of(chain, 'fast').definition.edges).toEqual(chain.edges);
});

it('has the last answer reviewed, and lets all that comes after work with the mended one', () => {
  const { definition } = of(
    draft([
      ask('one', 'Summarise {{ input.text }}'),
      ask('two', 'Write a letter about {{ steps.one.output.text }}'),
      result('{{ steps.two.output.text }}'),
    ]),
    'best',
  );
  const node = (id: string) => definition.nodes.find((each) => each.id === id)?.config ?? {};
  expect(node('result').template).toBe('{{ steps.second_look.output.text }}');
  expect(node('second_look').prompt).toContain('{{ steps.two.output.text }}');
  expect(node('second_look').prompt).toContain('Write a letter about {{ steps.one.output.text }}');
  expect(node('second_look').model).toEqual({ mode: 'best' });
  expect(definition.edges.map(({ source, target }) => `${source} ${target}`)).toEqual([
    'start one',
    'one two',
    'second_look result',
    'two second_look',
  ]);
});

it('reviews an answer that may be missing, too', () => {
  const { definition } = of(
    draft([
      ask('one', 'Summarise {{ input.text }}'),
      result('{{ has(steps.one.output) ? steps.one.output.text : "Nothing." }}'),
    ]),
    'best',
  );
  expect(definition.nodes.find(({ id }) => id === 'result')?.config.template).toBe(
    '{{ has(steps.second_look.output) ? steps.second_look.output.text : "Nothing." }}',
  );
});

it('renames references inside a list that comes after, too', () => {
  const inside = draft([
    ask('one', 'Summarise {{ input.text }}'),
    { id: 'each', type: 'map', config: { items: '[1, 2]' } },
    result('{{ steps.each.output.results }}'),
  ]);
  inside.nodes.push({
    ...{ id: 'note', key: 'note', type: 'output', name: 'Note', group: 'each' },
    ...{ position: { x: 0, y: 0 }, config: { template: '{{ steps.one.output.text }}' } },
  });
  const { definition } = of(inside, 'best');
  expect(definition.nodes.find(({ id }) => id === 'note')?.config.template).toBe(
    '{{ steps.second_look.output.text }}',
  );
});

it.each([
  [
    'reviewed already',
    [
      ask('one', 'Write {{ input.text }}'),
      ask('two', 'Proofread {{ steps.one.output.text }}'),
      result('{{ steps.two.output.text }}'),
    ],
  ],
  [
    'in a form',
    [
      ask('one', 'Extract it', { outputSchema: '{"type":"object"}' }),
      result('{{ steps.one.output.value }}'),
    ],
  ],
  [
    'read beyond its text',
    [ask('one', 'Write it'), result('{{ steps.one.output.text }} {{ steps.one.output.model }}')],
  ],
] as const)('adds no review where the answer is %s', (_, steps) => {
  const before = draft(steps);
  expect(of(before, 'best').definition.nodes.length).toBe(before.nodes.length);
});

it('leaves a model alone that a step or its agent names', () => {
  const named = { provider: 'openai', model: 'gpt-4.1' };
  const before = draft([
    ask('own', 'One', { model: named }),
    { id: 'hers', type: 'agent', config: { agent: 'anna', prompt: 'Two' } },
    { id: 'open', type: 'agent', config: { agent: 'otto', prompt: 'Three' } },
    result('{{ steps.open.output.text }}'),
  ]);
  const models = new Map<string, ModelPolicy>([
    ['anna', { mode: 'balanced', localOnly: true }],
    ['otto', 'auto'],
  ]);
  const cheap = variantsOf(before, catalogue, models)[1];
  const modelOf = (id: string) =>
    cheap?.definition.nodes.find((each) => each.id === id)?.config.model;
  expect([modelOf('own'), modelOf('hers'), modelOf('open')]).toEqual([
    named,
    undefined,
    { mode: 'cheapest' },
  ]);
  expect(cheap?.differences).toContain('Keeps the model that is named for “The own”, “The hers”.');
});

it('makes one of variants that come to the same, and says why', () => {
  const answered = (before: Definition, models: readonly string[]) =>
    withoutEqual(variantsOf(before, catalogue, new Map()).map((each) => ({ ...each, models })));
  const idle = answered(draft([result('Hello')]), []);
  expect(idle.different.map(({ kinds }) => kinds)).toEqual([['fast', 'cheap', 'best']]);
  expect(idle.why[0]).toContain('no model is asked');

  const value = draft([
    ask('one', 'Extract it', { outputSchema: '{"type":"object"}' }),
    result('{{ steps.one.output.value }}'),
  ]);
  const alone = answered(value, ['rehearsal/scripted']);
  expect(alone.different.map(({ kinds }) => kinds)).toEqual([['fast', 'best'], ['cheap']]);
  expect(alone.why).toEqual([
    'Fast and best are one: no model is set up yet that could be chosen, and their steps are the same.',
  ]);
  const three = withoutEqual(
    variantsOf(value, catalogue, new Map()).map((each) => ({
      ...each,
      models: [`p/${each.kind}`],
    })),
  );
  expect(three.different).toHaveLength(3);
  expect(three.why).toEqual([]);
});
