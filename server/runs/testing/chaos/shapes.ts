import type { ChaosOperation } from './operations';

/** Workflows that a chaos runs over the REST interface: every step that counts tells the effect server. */
export type ChaosShape = {
  name: string;
  /** Given the workflows made before, by name. */
  definition(workflows: ReadonlyMap<string, string>): object;
  operation?: ChaosOperation;
  output?: unknown;
  debug?: object;
  /** Started by webhook, which answers at once or with the result. */
  hook?: 'now' | 'wait';
  /** Forked from this step when it has ended; the other steps keep their results. */
  fork?: { from: string; kept: readonly string[] };
};

type Way = [source: string, target: string, port?: string];
type Node = { id: string };

/** What workflows are made of here. */
function kitOf(effects: string) {
  const node = (id: string, type: string, config: object, more: object = {}) => {
    const at = { position: { x: 0, y: 0 } };
    return { id, key: id, name: id, type, config, ...at, ...more };
  };
  const retry = { attempts: 6, backoffMs: 200, maxBackoffMs: 1_000 };
  const call = (id: string, more: { policy?: object; group?: string } = {}) =>
    node(
      id,
      'http',
      { method: 'POST', url: `${effects}/{{ run.id }}/${id}`, timeoutMs: 10_000 },
      { ...more, policy: { retry, ...more.policy } },
    );
  const value = (id: string, expression: string) => node(id, 'transform', { expression });
  const flow = (name: string, nodes: Node[], ways: Way[]) => () => ({
    name,
    nodes,
    edges: ways.map(([source, target, sourcePort = 'out'], i) => ({
      id: `e${i}`,
      ...{ source, target, sourcePort },
    })),
  });
  const line = [call('a'), call('slow'), call('c'), value('end', '"chained"')];
  const lineWays = chain(['a', 'slow', 'c', 'end']);
  const lined = (name: string, more: Partial<ChaosShape> = {}): ChaosShape => ({
    name,
    definition: flow(name, line, lineWays),
    output: 'chained',
    ...more,
  });
  return { node, call, value, flow, lined };
}
type Kit = ReturnType<typeof kitOf>;

const chain = (ids: string[]): Way[] =>
  ids.slice(1).map((id, n) => [ids[n] ?? '', id] satisfies Way);

/** Workflows that a chaos runs; those that others name come first. */
export function chaosShapes(effects: string): ChaosShape[] {
  const kit = kitOf(effects);
  const { lined } = kit;
  return [
    lined('chain'),
    lined('cancelled', { operation: 'cancel', output: undefined }),
    lined('paused', { operation: 'pause' }),
    lined('debugged', { operation: 'release', debug: { breakpoints: { c: '' }, stepping: false } }),
    lined('forked', { fork: { from: 'c', kept: ['a', 'slow'] } }),
    lined('hook', { hook: 'now' }),
    lined('hook that waits', { hook: 'wait' }),
    ...parentShapes(kit),
    ...waits(kit),
  ];
}

/** Steps beside each other, and runs inside runs. */
function parentShapes({ node, call, value, flow }: Kit): ChaosShape[] {
  const leaves = ['f1', 'f2', 'f3', 'f4', 'f5'];
  const each = [
    node('each', 'map', { items: '[1, 2, 3, 4]', concurrency: 2 }),
    call('item', { group: 'each' }),
    value('end', 'steps.each.output.count'),
  ];
  const eachWays = chain(['each', 'end']);
  return [
    {
      name: 'fan-out',
      definition: flow(
        'fan-out',
        [call('a'), ...leaves.map((id) => call(id)), value('end', '"joined"')],
        leaves.flatMap((id): Way[] => [
          ['a', id],
          [id, 'end'],
        ]),
      ),
      output: 'joined',
    },
    { name: 'map', definition: flow('map', each, eachWays), output: 4 },
    {
      name: 'map cancelled',
      definition: flow('map cancelled', each, eachWays),
      operation: 'cancel',
    },
    {
      name: 'map paused',
      definition: flow('map paused', each, eachWays),
      operation: 'pause',
      output: 4,
    },
    {
      name: 'inside',
      definition: (workflows) =>
        flow(
          'inside',
          [
            node('sub', 'workflow', { workflowId: workflows.get('chain'), inputs: [] }),
            value('end', 'steps.sub.output'),
          ],
          chain(['sub', 'end']),
        )(),
      output: 'chained',
    },
  ];
}

/** What waits, for time, people and programs, and what goes wrong by itself. */
function waits({ node, call, value, flow }: Kit): ChaosShape[] {
  const once = call('once', { policy: { sideEffects: 'once', onError: 'continue' } });
  return [
    {
      name: 'event',
      definition: flow(
        'event',
        [
          call('a'),
          node('go', 'wait-event', { event: 'go/{{ run.id }}' }),
          value('end', 'steps.go.output'),
        ],
        chain(['a', 'go', 'end']),
      ),
      operation: 'event',
      output: 'gone',
    },
    {
      name: 'wait',
      definition: flow(
        'wait',
        [call('a'), node('nap', 'delay', { amount: 1, unit: 'seconds' }), value('end', '"rested"')],
        chain(['a', 'nap', 'end']),
      ),
      output: 'rested',
    },
    {
      name: 'retry',
      definition: flow('retry', [call('flaky'), value('end', '1')], chain(['flaky', 'end'])),
    },
    {
      name: 'once',
      definition: flow('once', [once, value('end', '1')], chain(['once', 'end'])),
      output: 1,
    },
    {
      name: 'approval',
      definition: flow(
        'approval',
        [node('ask', 'approval', { question: 'Ship it?' }), value('end', '"shipped"')],
        [['ask', 'end', 'approved']],
      ),
      operation: 'answer',
      output: 'shipped',
    },
  ];
}
