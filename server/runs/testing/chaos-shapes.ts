/** Workflows that a chaos runs over the REST interface: every step that counts tells the effect server. */
type ChaosDeed = 'cancel' | 'pause' | 'answer';
export type ChaosShape = { name: string; definition: object; deed?: ChaosDeed; output?: unknown };

type Way = [source: string, target: string, port?: string];
type Node = { id: string };

export function chaosShapes(effects: string): ChaosShape[] {
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
  const flow = (name: string, nodes: Node[], ways: Way[]) => ({
    name,
    nodes,
    edges: ways.map(([source, target, sourcePort = 'out'], i) => ({
      id: `e${i}`,
      ...{ source, target, sourcePort },
    })),
  });
  const chain = (ids: string[]): Way[] =>
    ids.slice(1).map((id, n) => [ids[n] ?? '', id] satisfies Way);
  const line = [call('a'), call('slow'), call('c'), value('end', '"chained"')];
  const lineWays = chain(['a', 'slow', 'c', 'end']);
  const leaves = ['f1', 'f2', 'f3', 'f4', 'f5'];
  return [
    { name: 'chain', definition: flow('chain', line, lineWays), output: 'chained' },
    { name: 'cancelled', definition: flow('cancelled', line, lineWays), deed: 'cancel' },
    {
      name: 'paused',
      definition: flow('paused', line, lineWays),
      deed: 'pause',
      output: 'chained',
    },
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
    {
      name: 'map',
      definition: flow(
        'map',
        [
          node('each', 'map', { items: '[1, 2, 3, 4]', concurrency: 2 }),
          call('item', { group: 'each' }),
          value('end', 'steps.each.output.count'),
        ],
        chain(['each', 'end']),
      ),
      output: 4,
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
      definition: flow(
        'once',
        [call('once', { policy: { sideEffects: 'once', onError: 'continue' } }), value('end', '1')],
        chain(['once', 'end']),
      ),
      output: 1,
    },
    {
      name: 'approval',
      definition: flow(
        'approval',
        [node('ask', 'approval', { question: 'Ship it?' }), value('end', '"shipped"')],
        [['ask', 'end', 'approved']],
      ),
      deed: 'answer',
      output: 'shipped',
    },
  ];
}
