import { describe, expect, test } from 'vitest';
import { hashText, seeded } from '@/lib/models/seed';
import { catalogue } from '@/lib/nodes/catalogue';
import { textFields } from '@/lib/workflows/config-fields';
import { topologicalOrder } from '@/lib/workflows/graph';
import { typeNamed } from '@/lib/workflows/node-catalogue';
import { findProblems } from '@/lib/workflows/problems/problems';
import type { Definition, WorkflowNode } from '@/lib/workflows/schema';
import { optimise } from './optimise';

type Step = { key: string; type?: string; config?: WorkflowNode['config']; after?: string[] };

function flow(...steps: Step[]): Definition {
  const nodes = steps.map(({ key, type = 'transform', config = { expression: '1' } }, at) => ({
    ...{ id: key, key, type, name: key.toUpperCase(), position: { x: at * 272, y: 0 }, config },
  }));
  const edges = steps.flatMap(({ key, after = [] }) =>
    after.map((from) => {
      const [source = '', sourcePort = 'out'] = from.split(':');
      return {
        id: `${from.replace(':', '-')}-${key}`,
        source,
        sourcePort,
        target: key,
        targetPort: 'in',
      };
    }),
  );
  return { schema: 1, name: 'Plan', description: '', nodes, edges };
}
const start: Step = { key: 'start', type: 'start', config: { inputs: [] } };
const step = (key: string, expression: string, ...after: string[]): Step => ({
  ...{ key, config: { expression }, after },
});
const result = (template: string, ...after: string[]): Step => ({
  ...{ key: 'result', type: 'output', config: { template }, after },
});
const wires = ({ edges }: Definition) =>
  edges.map(({ source, target }) => `${source}>${target}`).sort();
const run = (definition: Definition) => optimise(definition, catalogue);

describe('rewrites worked out by hand', () => {
  test('drops what nobody reads', () => {
    const { definition, rewrites } = run(
      flow(
        start,
        step('a', '1', 'start'),
        step('b', '2', 'a'),
        result('{{ steps.b.output }}', 'b'),
      ),
    );
    expect(wires(definition)).toEqual(['b>result', 'start>b']);
    expect(rewrites.map(({ kind, does }) => `${kind}: ${does}`)).toEqual(['drop: Takes out “A”.']);
  });

  test('runs at the same time what no reference orders', () => {
    const { definition, rewrites } = run(
      flow(
        start,
        step('a', '1', 'start'),
        step('b', '2', 'a'),
        step('c', 'steps.b.output + 1', 'b'),
        result('{{ steps.a.output }} {{ steps.c.output }}', 'c'),
      ),
    );
    expect(rewrites.map(({ kind }) => kind)).toEqual(['parallel']);
    expect(wires(definition)).toEqual(['a>c', 'b>c', 'c>result', 'start>a', 'start>b']);
  });

  test('makes one of equal calls, and lets readers read that one', () => {
    const model = (key: string, temperature?: number): Step => ({
      ...{ key, type: 'model', after: ['start'] },
      config: {
        model: 'auto',
        prompt: 'Hello',
        ...(temperature === undefined ? {} : { temperature }),
      },
    });
    const end = result('{{ steps.a.output.text }} {{ steps.b.output.text }}', 'a', 'b');
    const { definition } = run(flow(start, model('a', 0), model('b', 0), end));
    expect(definition.nodes.map(({ key }) => key)).toEqual(['start', 'a', 'result']);
    expect(definition.nodes[2]?.config.template).toBe(
      '{{ steps.a.output.text }} {{ steps.a.output.text }}',
    );
    // Where chance is left, two answers are two answers.
    expect(run(flow(start, model('a'), model('b'), end)).rewrites).toEqual([]);
  });

  test.each([
    [
      'has an effect',
      { key: 'a', type: 'http', config: { method: 'POST', url: 'https://example.com' } },
    ],
    ['is disabled here', { key: 'a', type: 'agent', config: { agent: '', prompt: 'Do it' } }],
  ])('leaves alone what %s', (_, a) => {
    expect(run(flow(start, { ...a, after: ['start'] }, result('Done.', 'a'))).rewrites).toEqual([]);
  });
});

/** What a run gives, by the rules of the engine: a step runs where one way into it is taken, and never twice. */
function outputsOf({ nodes, edges }: Definition): Record<string, string> {
  const values = new Map<string, string>();
  const taken = new Set<string>();
  const outputs: Record<string, string> = {};
  for (const id of topologicalOrder({ nodes, edges })) {
    const node = nodes.find((each) => each.id === id);
    const type = node && typeNamed(catalogue, node.type);
    if (!node || !type) continue;
    const into = edges.filter(({ target }) => target === id);
    if (into.length > 0 && !into.some((edge) => taken.has(edge.id))) continue;
    const filled = textFields(type, node.config).map(({ text }) =>
      text.replace(/steps\.(\w+)\.output/g, (_all, key: string) => values.get(key) ?? 'nothing'),
    );
    const value = String(hashText(`${node.type} ${filled.join(' ')}`));
    values.set(node.key, value);
    if (node.type === 'output') outputs[node.key] = value;
    const port = node.type === 'if' ? (Number(value) % 2 === 0 ? 'then' : 'else') : 'out';
    for (const edge of edges)
      if (edge.source === id && edge.sourcePort === port) taken.add(edge.id);
  }
  return outputs;
}

/** A random workflow of 4 to 16 steps: chains, forks and joins, conditions, equal steps, steps that nobody reads. */
function randomFlow(random: () => number): Definition {
  const pick = (n: number) => Math.floor(random() * n);
  const steps: Step[] = [start];
  const above = new Map<string, string[]>([['start', []]]);
  const count = 3 + pick(12);
  for (let at = 0; at < count; at += 1) {
    const from = [
      ...new Set([steps[Math.max(0, steps.length - 1 - pick(3))], steps[pick(steps.length)]]),
    ]
      .flatMap((one) => one ?? [])
      .slice(0, 1 + pick(2));
    const before = [...new Set(from.flatMap(({ key }) => [key, ...(above.get(key) ?? [])]))];
    const readable = before.filter((key) => key !== 'start');
    const read = readable[pick(readable.length + 2)];
    const expression = read === undefined ? String(pick(3)) : `steps.${read}.output == ${pick(2)}`;
    const key = `s${at}`;
    const after = from.map((one) =>
      one.type === 'if' ? `${one.key}:${pick(2) === 0 ? 'then' : 'else'}` : one.key,
    );
    const isIf = pick(6) === 0;
    steps.push({
      ...{ key, after, type: isIf ? 'if' : 'transform' },
      config: isIf ? { condition: read === undefined ? 'true' : expression } : { expression },
    });
    above.set(key, before);
  }
  const last = steps.filter(
    ({ key }) => !steps.some(({ after }) => after?.some((one) => one.split(':')[0] === key)),
  );
  const ends = last.map(({ key, type }) => (type === 'if' ? `${key}:then` : key));
  const readable = [...new Set(last.flatMap(({ key }) => [key, ...(above.get(key) ?? [])]))];
  const shown = readable.filter((key) => key !== 'start' && pick(3) > 0);
  steps.push(result(`Done ${shown.map((key) => `{{ steps.${key}.output }}`).join(' ')}`, ...ends));
  return flow(...steps);
}

test('gives the same after every rewrite, over 1,000 random workflows', () => {
  const kinds = { drop: 0, merge: 0, parallel: 0 };
  let rewritten = 0;
  for (let seed = 1; seed <= 1_000; seed += 1) {
    const before = randomFlow(seeded(seed));
    const { definition, rewrites } = run(before);
    for (const { kind } of rewrites) kinds[kind] += 1;
    if (rewrites.length > 0) rewritten += 1;
    expect(outputsOf(definition), `workflow ${seed}`).toEqual(outputsOf(before));
    const problems = (one: Definition) =>
      findProblems(one, catalogue).filter(({ severity }) => severity === 'error').length;
    expect(problems(definition), `workflow ${seed}`).toBeLessThanOrEqual(problems(before));
    expect(run(definition).rewrites).toEqual([]);
  }
  process.stdout.write(
    `1000 random workflows, ${rewritten} rewritten (${kinds.drop} dropped, ${kinds.merge} merged, ${kinds.parallel} at the same time): outputs changed 0\n`,
  );
});
