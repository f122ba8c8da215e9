import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanName } from '@/lib/names/name-problem';
import { catalogue } from '@/lib/nodes/catalogue';
import { compile } from '../compile';
import { layoutWorkflow } from '../layout';
import { findProblems } from '../problems/problems';
import type { Definition } from '../schema';
import { exportFileName, exportWorkflow } from './export';
import { importWorkflow } from './import';

const example = readFileSync(
  new URL('../testing/data-analysis-pipeline.json', import.meta.url),
  'utf8',
);

function imported(text: string, format?: 'json' | 'yaml'): Definition {
  const result = importWorkflow(text, catalogue, format);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.definition;
}

function errors(text: string, format?: 'json' | 'yaml') {
  const result = importWorkflow(text, catalogue, format);
  return result.ok ? [] : result.errors;
}

const node = {
  id: 'a',
  key: 'a',
  type: 'transform',
  name: 'A',
  position: { x: 0, y: 0 },
  config: { expression: '1' },
};
const file = (change: object = {}) =>
  JSON.stringify({ name: 'Mine', nodes: [node], edges: [], ...change });

describe('task lists', () => {
  const definition = imported(example);
  it('become one agent node per task, with the task’s id', () => {
    expect(definition.nodes.map(({ id, key, type, name }) => [id, key, type, name])).toEqual([
      ['fetch-data', 'fetch_data', 'agent', 'Fetch raw data'],
      ['clean-data', 'clean_data', 'agent', 'Clean and validate'],
      ['analyze-trends', 'analyze_trends', 'agent', 'Trend analysis'],
      ['predict-future', 'predict_future', 'agent', 'Predictive analysis'],
      ['generate-insights', 'generate_insights', 'agent', 'Generate insights'],
      ['create-report', 'create_report', 'agent', 'Executive report'],
    ]);
    expect(definition.edges.map((edge) => `${edge.source}>${edge.target}`)).toEqual([
      'fetch-data>clean-data',
      'clean-data>analyze-trends',
      'clean-data>predict-future',
      'analyze-trends>generate-insights',
      'predict-future>generate-insights',
      'generate-insights>create-report',
    ]);
    expect(definition.nodes[4]?.config).toEqual({
      agent: 'insight-generator',
      prompt:
        'Turn the findings into insights one can act on\n\nResult of "Trend analysis":\n{{ steps.analyze_trends.output.text }}\n\nResult of "Predictive analysis":\n{{ steps.predict_future.output.text }}',
    });
  });
  it('can be published as they are', () => {
    expect(findProblems(definition, catalogue)).toEqual([]);
    expect(compile(definition, catalogue).outputs).toEqual(['create-report']);
  });
  it('are laid out from left to right, parallel tasks one above the other', () => {
    const at = Object.fromEntries(definition.nodes.map((each) => [each.id, each.position]));
    expect(at['fetch-data']?.x).toBeLessThan(at['clean-data']?.x ?? 0);
    expect(at['analyze-trends']?.x).toBe(at['predict-future']?.x);
    expect(at['analyze-trends']?.y).not.toBe(at['predict-future']?.y);
    expect(layoutWorkflow(definition, catalogue)).toEqual(layoutWorkflow(definition, catalogue));
  });
  it('keep braces of a foreign prompt as text', () => {
    const list = { name: 'L', tasks: [{ id: 'a', input: { prompt: 'Use {{ nope }}', rows: 3 } }] };
    const only = imported(JSON.stringify(list));
    expect(only.nodes[0]?.config.prompt).toBe('Use \\{{ nope }}\n\nInput:\n{\n  "rows": 3\n}');
    expect(findProblems(only, catalogue)).toEqual([]);
  });
  it.each<[string, object[], string, number | undefined]>([
    [
      'unknown dependency',
      [{ id: 'a', dependencies: ['b'] }],
      'tasks[0].dependencies[0]: there is no task "b".',
      7,
    ],
    ['same id twice', [{ id: 'a' }, { id: 'a' }], 'tasks[1].id: there are two tasks "a".', 8],
    ['unknown field', [{ id: 'a', prio: 1 }], 'tasks[0].prio: unknown field.', 6],
    ['no tasks', [], 'tasks: there are no tasks.', 3],
  ])('refuse: %s', (_, tasks, message, line) => {
    expect(errors(JSON.stringify({ name: 'L', tasks }, null, 2))[0]).toMatchObject({
      message,
      line,
    });
  });
});

describe('our own format', () => {
  it('fills in positions, keys and edge ids', () => {
    const text =
      'name: Small\nnodes:\n  - {id: n1, type: start, name: Start}\n  - id: n2\n    type: transform\n    name: Größe zählen\n    config: {expression: input.x}\nedges:\n  - {source: n1, target: n2}\n';
    expect(imported(text)).toMatchObject({
      nodes: [
        { key: 'start', position: { x: 0 } },
        { key: 'grosse_zahlen', position: { x: 272 } },
      ].map((each, index) => (index ? { ...each, key: expect.stringMatching(/^gro/) } : each)),
      edges: [{ id: 'edge-1', sourcePort: 'out', targetPort: 'in' }],
    });
  });

  it.each<[string, string, Partial<{ message: string; line: number; path: string }>]>([
    [
      'not JSON',
      '{"name": "x",\n "nodes": [}',
      { line: 2, message: 'This is not JSON: expected a value.' },
    ],
    ['not YAML', 'name: x\nnodes: [a, b\n', { line: 3 }],
    ['empty', '  \n', { message: 'The file is empty.' }],
    ['a list', '[1]', { line: 1 }],
    ['no name', JSON.stringify({ nodes: [] }), { path: 'name', line: 1 }],
    [
      'unknown field',
      file({ colour: 'red' }),
      { message: 'colour: unknown field.', path: 'colour' },
    ],
    ['unknown node field', file({ nodes: [{ ...node, colour: 1 }] }), { path: 'nodes[0].colour' }],
    ['bad key', file({ nodes: [{ ...node, key: 'A b' }] }), { path: 'nodes[0].key' }],
    [
      'prototype',
      '{"name":"x","nodes":[],"__proto__":{"a":1}}',
      { message: '__proto__ is not allowed as a name.' },
    ],
    [
      'prototype in YAML',
      'name: x\nnodes: []\nconstructor: 1',
      { message: 'constructor is not allowed as a name.' },
    ],
    [
      'doubled key',
      'name: x\nname: y\nnodes: []',
      { message: 'The name "name" appears twice.', line: 2 },
    ],
    [
      'too deep',
      file({
        nodes: [{ ...node, config: { deep: JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) } }],
      }),
      { path: expect.stringContaining('nodes[0].config.deep') as unknown as string },
    ],
    ['too large', ' '.repeat(2 * 1_048_576 + 1), { message: 'The file is larger than 2 MB.' }],
    ['a surrogate', file({ name: 'a\ud800' }), { path: 'name' }],
    [
      'too many nodes',
      file({
        nodes: Array.from({ length: 1_001 }, (_, index) => ({
          ...node,
          id: `n${index}`,
          key: `n${index}`,
        })),
      }),
      { path: 'nodes' },
    ],
  ])('refuses: %s', (_, text, expected) => expect(errors(text)[0]).toMatchObject(expected));

  it('survives bombs', () => {
    const billion = [
      'a: &a [x, x, x, x, x, x, x, x, x, x]',
      ...'bcdefghij'
        .split('')
        .map(
          (name, index) =>
            `${name}: &${name} [${Array(10).fill(`*${'abcdefghij'[index]}`).join(', ')}]`,
        ),
    ].join('\n');
    for (const text of [
      billion,
      '['.repeat(1_000_000),
      '[ '.repeat(200_000),
      '{"a":'.repeat(200_000),
      '- '.repeat(500_000),
      Array.from({ length: 1_000 }, (_, index) => `${' '.repeat(index)}a:`).join('\n'),
      Array.from({ length: 200_000 }, (_, index) => `k${index}: 1`).join('\n'),
      'a: *b',
      '&a [*a]',
      '%YAML 1.1\n---\n<<: {a: 1}',
      '? [a]\n: 1',
      '--- 1\n--- 2',
      '!!binary aGk=',
      '"\\ud800"',
    ]) {
      expect(errors(text, 'yaml').length).toBeGreaterThan(0);
      expect(errors(text).length).toBeGreaterThan(0);
    }
  });

  it('never throws, whatever the text', () => {
    const piece = fc.constantFrom(
      'name',
      ':',
      ' ',
      '\n',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '&a',
      '*a',
      '|',
      '>',
      '!!x',
      'nodes',
      'tasks',
      '1',
      '---',
      '\t',
      '#',
      '?',
      ',',
      '%',
      '\0',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece, { maxLength: 40 }).map((all) => all.join('')),
        ),
        (text) => {
          importWorkflow(text, catalogue);
          importWorkflow(text, catalogue, 'yaml');
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

describe('settings of the wrong kind', () => {
  const yaml = (type: string, config: string) =>
    `name: W\nnodes:\n  - id: a\n    type: ${type}\n    name: A\n    config:\n${config}`;
  it.each([
    [
      'transform',
      '      expression: 1\n',
      7,
      'must be a text, not the number 1. Put it in quotes: "1"',
    ],
    [
      'transform',
      '      expression: yes\n      fields: 3\n',
      8,
      'must be a list, not the number 3',
    ],
    ['transform', '      expression: ~\n', 7, 'must be a text, not empty (null)'],
    ['http', '      method: GET\n      url: true\n', 8, 'must be a text, not true'],
    ['http', '      url: a\n      timeoutMs: "soon"\n', 8, 'must be a number, not the text "soon"'],
    ['http', '      method: 5\n', 7, 'must be one of GET, POST'],
    [
      'start',
      '      inputs:\n        - id: a\n          name: 7\n',
      9,
      'must be a text, not the number 7',
    ],
    [
      'start',
      '      inputs:\n        - id: a\n          name: b\n          required: "no"\n',
      10,
      'must be true or false, not the text "no"',
    ],
    ['start', '      inputs:\n        - a\n', 8, 'must be an object, not the text "a"'],
    ['model', '      model: gpt-4\n', 7, 'cannot be the text "gpt-4"'],
    [
      'switch',
      '      cases:\n        - id: a\n          condition: 1\n',
      9,
      'must be a text, not the number 1',
    ],
  ])('are refused with their line: %s %j', (type, config, line, words) => {
    const found = errors(yaml(type, config), 'yaml');
    expect(found[0]?.message).toContain(words);
    expect(found[0]?.line).toBe(line);
    expect(found[0]?.path).toMatch(/^nodes\[0\]\.config\./);
  });
  it('are not what is missing or unfinished, which a draft may be', () => {
    for (const [type, config] of [
      ['http', { url: '', timeoutMs: 1.5 }],
      ['http', { timeoutMs: 1 }],
      ['switch', {}],
      ['switch', { cases: [], mode: 'none' }],
      ['transform', { unknown: [1] }],
    ] as const) {
      expect(errors(file({ nodes: [{ ...node, type, config }] }))).toEqual([]);
    }
  });
  it('gives rows their ids where a file has none', () => {
    const inputs = [{ name: 'a' }, { id: 'row-1', name: 'b' }, { name: 'c' }];
    const { nodes } = imported(file({ nodes: [{ ...node, type: 'start', config: { inputs } }] }));
    const ids = ((nodes[0]?.config.inputs ?? []) as { id: string }[]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(ids[1]).toBe('row-1');
  });
});

describe('export', () => {
  const json = fc
    .jsonValue({ maxDepth: 3 })
    .filter(
      (value) => !/__proto__|constructor|prototype|\\ud[89ab]|\\u0000/i.test(JSON.stringify(value)),
    );
  it('gives the same bytes when read back and written again', () => {
    fc.assert(
      fc.property(
        json,
        fc.string({ unit: 'binary', minLength: 1 }).map((text) => cleanName(text) || 'Name'),
        fc.constantFrom('json' as const, 'yaml' as const),
        (value, name, format) => {
          const definition = imported(
            file({
              name,
              nodes: [
                { ...node, config: { z: value, a: 1 } },
                { ...node, id: 'b', key: 'b', disabled: true, policy: { timeoutMs: 500 } },
              ],
              edges: [{ source: 'a', target: 'b' }],
            }),
          );
          const first = exportWorkflow(definition, format);
          const again = imported(first, format);
          expect(exportWorkflow(again, format)).toBe(first);
          expect(JSON.stringify(again.nodes[0]?.config.z)).toBe(
            JSON.stringify(imported(exportWorkflow(definition, 'json')).nodes[0]?.config.z),
          );
        },
      ),
      { numRuns: 500 },
    );
  });
  it('reads the same in JSON and YAML', () => {
    const definition = imported(example);
    expect(imported(exportWorkflow(definition, 'yaml'))).toEqual(
      imported(exportWorkflow(definition, 'json')),
    );
    expect(exportFileName(definition, 'yaml')).toBe('comprehensive-data-analysis.yaml');
  });
});
