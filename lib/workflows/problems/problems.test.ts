import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import { compile } from '../compile';
import { triggerInputs } from '../declared-inputs';
import { findCycle, topologicalOrder } from '../graph';
import { type Definition, definitionSchema, type WorkflowNode } from '../schema';
import { findProblems, maxProblems } from './problems';

type Given = Partial<WorkflowNode> & { id: string };

function workflow(nodes: Given[], edges: [string, string, string?][]): Definition {
  return definitionSchema.parse({
    name: 'Test',
    nodes: nodes.map((node) => ({
      key: node.id,
      type: 'transform',
      name: node.id.toUpperCase(),
      position: { x: 0, y: 0 },
      config: { expression: '1' },
      ...node,
    })),
    edges: edges.map(([source, target, sourcePort = 'out'], index) => ({
      id: `e${index}`,
      source,
      target,
      sourcePort,
    })),
  });
}

function codes(definition: Definition, agents?: string[]): string[] {
  return findProblems(definition, catalogue, { agents }).map(
    (problem) => `${problem.nodeId ?? problem.edgeId ?? ''}:${problem.code}`,
  );
}

describe('findProblems', () => {
  it('finds nothing in a sound workflow', () => {
    const sound = workflow(
      [
        { id: 's', type: 'start', config: { inputs: [{ id: 'x', name: 'x' }] } },
        { id: 'a', config: { expression: 'steps.s.output' } },
        {
          id: 'b',
          type: 'agent',
          config: { agent: 'analyst', prompt: 'Read {{ steps.a.output }} of {{ input.x }}' },
        },
      ],
      [
        ['s', 'a'],
        ['a', 'b'],
      ],
    );
    expect(findProblems(sound, catalogue, { agents: ['analyst'] })).toEqual([]);
  });

  it.each<[string, Definition, string]>([
    ['empty', workflow([], []), ':empty'],
    [
      'cycle',
      workflow(
        [{ id: 'a' }, { id: 'b' }],
        [
          ['a', 'b'],
          ['b', 'a'],
        ],
      ),
      'a:cycle',
    ],
    ['cycle to itself', workflow([{ id: 'a' }], [['a', 'a']]), 'a:cycle'],
    ['dangling edge', workflow([{ id: 'a' }], [['a', 'gone']]), 'e0:dangling_edge'],
    [
      'duplicate edge',
      workflow(
        [{ id: 'a' }, { id: 'b' }],
        [
          ['a', 'b'],
          ['a', 'b'],
        ],
      ),
      'e1:duplicate_edge',
    ],
    ['duplicate key', workflow([{ id: 'a' }, { id: 'b', key: 'a' }], []), 'b:duplicate_key'],
    ['duplicate id', workflow([{ id: 'a' }, { id: 'a', key: 'b' }], []), 'a:duplicate_id'],
    ['unknown type', workflow([{ id: 'a', type: 'constructor' }], []), 'a:unknown_type'],
    ['bad port', workflow([{ id: 'a' }, { id: 'b' }], [['a', 'b', 'else']]), 'e0:bad_port'],
    [
      'edge into a start',
      workflow([{ id: 'a' }, { id: 's', type: 'start', config: {} }], [['a', 's']]),
      'e0:bad_port',
    ],
    [
      'two starts',
      workflow(
        [
          { id: 's', type: 'start', config: {} },
          { id: 't', type: 'start', config: {} },
        ],
        [],
      ),
      't:two_starts',
    ],
    [
      'unreachable',
      workflow([{ id: 's', type: 'start', config: {} }, { id: 'a' }, { id: 'b' }], [['a', 'b']]),
      'b:unreachable',
    ],
    [
      'unknown step',
      workflow([{ id: 'a', config: { expression: 'steps.b.output' } }], []),
      'a:unknown_step',
    ],
    [
      'not earlier',
      workflow([{ id: 'a', config: { expression: 'steps.b.output' } }, { id: 'b' }], [['a', 'b']]),
      'a:not_earlier',
    ],
    ['syntax', workflow([{ id: 'a', config: { expression: '1 +' } }], []), 'a:invalid_expression'],
    [
      'template',
      workflow([{ id: 'a', type: 'model', config: { prompt: '{{ nope }}' } }], []),
      'a:invalid_expression',
    ],
    ['config', workflow([{ id: 'a', type: 'model', config: {} }], []), 'a:invalid_config'],
    [
      'agent',
      workflow([{ id: 'a', type: 'agent', config: { agent: 'ghost', prompt: 'Hi' } }], []),
      'a:unknown_agent',
    ],
  ])('finds: %s', (_, definition, expected) => expect(codes(definition, [])).toContain(expected));

  it('reports no step that was only just put down', () => {
    const loose = workflow([{ id: 's', type: 'start', config: {} }, { id: 'a' }], []);
    expect(codes(loose)).not.toContain('a:unreachable');
  });

  it('says config problems plainly, with their path', () => {
    const bad = workflow(
      [
        { id: 'a', type: 'http', config: { url: 5, timeoutMs: 1, extra: true } },
        { id: 'b', type: 'agent', config: { prompt: '', outputSchema: '{' } },
        {
          id: 'c',
          type: 'transform',
          config: { fields: [{ id: 'x', name: '1', expression: '' }] },
        },
      ],
      [],
    );
    expect(
      findProblems(bad, catalogue).map(({ path, message }) => [path?.join('.'), message]),
    ).toEqual([
      ['url', 'URL must be a text, not the number 5.'],
      ['timeoutMs', 'Timeout (ms) is too small: at least 100.'],
      ['', 'There is no setting "extra".'],
      ['prompt', 'Enter a task.'],
      ['outputSchema', 'The output format is not valid JSON.'],
      ['fields.0.name', 'Use letters, digits and _ only.'],
      ['fields.0.expression', 'Enter an expression.'],
    ]);
  });

  it('names the cycle in its direction', () => {
    const cycle = workflow(
      [{ id: 'x' }, { id: 'a' }, { id: 'b' }, { id: 'c' }],
      [
        ['x', 'a'],
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'a'],
      ],
    );
    expect(findProblems(cycle, catalogue)[0]?.message).toMatch(
      /(A → B → C → A|B → C → A → B|C → A → B → C)/,
    );
  });

  it('says nothing about disabled nodes, but about who reads them', () => {
    const disabled = workflow(
      [
        { id: 'a', disabled: true, config: {} },
        { id: 'b', config: { expression: 'steps.a.output' } },
      ],
      [['a', 'b']],
    );
    expect(codes(disabled)).toEqual(['b:disabled_step']);
  });
});

describe('inputs of the run', () => {
  const using = (expression: string, inputs: unknown, type = 'transform', config?: object) =>
    findProblems(
      workflow(
        [
          { id: 's', type: 'start', config: { inputs } as never },
          { id: 'a', type, config: (config ?? { expression }) as never },
        ],
        [['s', 'a']],
      ),
      catalogue,
    )
      .filter(({ code }) => code === 'unknown_input')
      .map(({ severity, message, path }) => [severity, path?.join('.'), message]);
  const orders = [{ id: 'o', name: 'orders', type: 'file' }];

  it.each([
    ['input.file', ['file']],
    ['input["file"]', ['file']],
    ['input.order.size()', ['order']],
    ['has(input.file) ? input.file : input.orders', ['file']],
    ['[1].map(x, input.nope + x)', ['nope']],
    ['input.orders', []],
    ['input', []],
    ['[{"a": 1}].map(input, input.a)', []],
    ['steps.s.output.input', []],
    ['"input.file"', []],
    ['input.a + input.', ['a']],
  ])('are checked against those of the start step: %s', (expression, unknown) => {
    expect(using(expression, orders)).toEqual(
      unknown.map((name) => [
        'error',
        'expression',
        `There is no input "${name}": the start step has orders.`,
      ]),
    );
  });
  it('are checked in templates, in rows and in the field of a file too', () => {
    expect(using('', orders, 'read-file', { file: '{{ input.file }}' })).toHaveLength(1);
    expect(using('', orders, 'read-file', { file: '{{ input.orders }}' })).toEqual([]);
    const fields = [{ id: 'f', name: 'f', expression: 'input.order' }];
    expect(using('', orders, 'transform', { fields })[0]?.[1]).toBe('fields.0.expression');
  });
  it('are only warned about where a start step declares none, and left alone without one', () => {
    expect(using('input.any', [])[0]?.[0]).toBe('warning');
    for (const given of triggerInputs) expect(using(`input.${given}`, [])).toEqual([]);
    const alone = workflow([{ id: 'a', config: { expression: 'input.any' } }], []);
    expect(findProblems(alone, catalogue)).toEqual([]);
  });
});

describe('compile', () => {
  it('carries ports, kinds, retry and the ways into each step', () => {
    const plan = compile(
      workflow(
        [
          { id: 's', type: 'switch', config: { cases: [{ id: 'big', condition: 'input.n > 3' }] } },
          { id: 'a' },
          {
            id: 'b',
            policy: { retry: { attempts: 1, backoffMs: 0, maxBackoffMs: 0 }, timeoutMs: 500 },
          },
        ],
        [
          ['s', 'a', 'big'],
          ['s', 'b', 'else'],
        ],
      ),
      catalogue,
    );
    expect(plan.outputs).toEqual(['a', 'b']);
    expect(plan.steps).toMatchObject([
      {
        id: 's',
        kind: 'switch',
        ports: ['big', 'else'],
        incoming: [],
        retry: { attempts: 3 },
        timeoutMs: 300_000,
      },
      { id: 'a', incoming: [{ from: 's', port: 'big' }], ports: ['out'] },
      { id: 'b', incoming: [{ from: 's', port: 'else' }], retry: { attempts: 1 }, timeoutMs: 500 },
    ]);
  });

  it('passes through disabled nodes', () => {
    const plan = compile(
      workflow(
        [
          { id: 'a' },
          { id: 'x', disabled: true, config: {} },
          { id: 'y', disabled: true },
          { id: 'b' },
          { id: 'c' },
        ],
        [
          ['a', 'x'],
          ['x', 'y'],
          ['y', 'b'],
          ['a', 'b'],
          ['y', 'c'],
        ],
      ),
      catalogue,
    );
    expect(plan.steps.map((step) => [step.id, step.incoming.map((edge) => edge.from)])).toEqual([
      ['a', []],
      ['b', ['a']],
      ['c', ['a']],
    ]);
  });

  it('prefers output nodes for the output of the run', () => {
    const plan = compile(
      workflow(
        [{ id: 'a' }, { id: 'o', type: 'output', config: { template: 'x' } }, { id: 'z' }],
        [
          ['a', 'o'],
          ['a', 'z'],
        ],
      ),
      catalogue,
    );
    expect(plan.outputs).toEqual(['o']);
  });

  it('refuses what cannot run', () => {
    expect(() => compile(workflow([{ id: 'a', config: {} }], []), catalogue)).toThrow(
      'Add a field or enter an expression.',
    );
    expect(() => compile(workflow([{ id: 'a', type: 'nope' }], []), catalogue)).toThrow(
      'There is no node type "nope".',
    );
    expect(() => compile(workflow([{ id: 'a' }], [['a', 'a']]), catalogue)).toThrow('form a cycle');
  });
});

describe('graph', () => {
  const graphs = fc.integer({ min: 1, max: 12 }).chain((count) =>
    fc.record({
      nodes: fc.constant(Array.from({ length: count }, (_, index) => ({ id: `${index}` }))),
      edges: fc.array(
        fc
          .tuple(fc.nat(count), fc.nat(count))
          .map(([a, b]) => ({ source: `${a}`, target: `${b}` })),
        { maxLength: 25 },
      ),
    }),
  );
  it('either orders every node after its sources or names a real cycle', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const order = topologicalOrder(graph);
        const cycle = findCycle(graph);
        const has = (source?: string, target?: string) =>
          graph.edges.some((edge) => edge.source === source && edge.target === target);
        if (cycle) {
          expect(cycle.length).toBeGreaterThan(0);
          for (const [index, id] of cycle.entries())
            expect(has(id, cycle[(index + 1) % cycle.length])).toBe(true);
          return;
        }
        expect(order.toSorted()).toEqual(graph.nodes.map((node) => node.id).toSorted());
        const known = graph.edges.filter(
          (edge) => order.includes(edge.source) && order.includes(edge.target),
        );
        for (const { source, target } of known)
          expect(order.indexOf(source)).toBeLessThan(order.indexOf(target));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a workflow full of faults', () => {
  it('tells as many as people read, and how many more there are', () => {
    const names = Array.from({ length: 1_900 }, (_, index) => `a${index}`).join('+');
    const steps = Array.from({ length: 300 }, (_, index) => `steps.s${index}.output`).join(' + ');
    const definition = definitionSchema.parse({
      name: 'Full',
      nodes: Array.from({ length: 30 }, (_, index) => ({
        id: `n${index}`,
        key: `n${index}`,
        type: 'transform',
        name: `N${index}`,
        position: { x: 0, y: 0 },
        config: { expression: index === 0 ? steps : names },
      })),
      edges: [],
    });
    const found = findProblems(definition, catalogue);
    expect(found).toHaveLength(maxProblems + 1);
    expect(found.at(-1)?.message).toMatch(/^And at least \d+ more problems\.$/);
    expect(found.filter(({ nodeId }) => nodeId === 'n1').length).toBeLessThanOrEqual(21);
    expect(found.filter(({ nodeId }) => nodeId === 'n0').length).toBeLessThanOrEqual(21);
    expect(JSON.stringify(found).length).toBeLessThan(100_000);
  });
});
