import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import { at } from '@/lib/values/unknown';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { ended, makeWorkspace } from '@/server/runs/testing/harness';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { startWorker } from './worker';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  worker = await startWorker(services);
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

type Step = [id: string, type: string, config: object];

/** A run of steps one after the other, to its end. */
async function run(steps: Step[], input: unknown) {
  const definition = definitionSchema.parse({
    name: 'Tables',
    nodes: steps.map(([id, type, config]) => ({
      id,
      key: id,
      type,
      name: id,
      position: { x: 0, y: 0 },
      config,
    })),
    edges: steps
      .slice(1)
      .map(([target], index) => ({ id: `e${index}`, source: steps[index]?.[0], target })),
  });
  const { id } = await services.engine.start({
    workspaceId: await makeWorkspace(services.pool),
    name: definition.name,
    mode: 'live',
    trigger: 'manual',
    plan: compile(definition, catalogue),
    definitionHash: 'test',
    input,
  });
  return ended(services, id);
}

const chain: Step[] = [
  ['start', 'start', {}],
  [
    'set',
    'set-fields',
    {
      rows: 'input.rows',
      changes: [
        { id: 'a', action: 'set', name: 'total', expression: 'row.price * row.quantity' },
        { id: 'b', action: 'rename', name: 'who', to: 'customer' },
        { id: 'c', action: 'remove', name: 'quantity' },
      ],
    },
  ],
  ['filter', 'filter', { rows: 'steps.set.output', condition: 'row.total > input.least' }],
  [
    'group',
    'group',
    {
      rows: 'steps.filter.output.rows',
      keys: [{ id: 'a', field: 'customer' }],
      summaries: [
        { id: 'a', summary: 'count' },
        { id: 'b', summary: 'sum', field: 'price' },
      ],
    },
  ],
  [
    'sort',
    'sort',
    {
      rows: 'steps.group.output.rows',
      keys: [{ id: 'a', field: 'sum_price', direction: 'descending' }],
    },
  ],
];

test('a few rows go through set fields, filter, group and sort, and digits stay', async () => {
  const rows = [
    { who: 'Ada', price: 0.1, quantity: 30 },
    { who: 'Ben', price: 10, quantity: 1 },
    { who: 'Ada', price: 0.2, quantity: 40 },
    { who: 'Cy', price: 1, quantity: 1 },
  ];
  const state = await run(chain, { rows, least: 2 });
  expect(at(state.steps, 'sort', 'output')).toEqual({
    rows: [
      { customer: 'Ben', count: 1, sum_price: 10 },
      { customer: 'Ada', count: 2, sum_price: 0.3 },
    ],
    rowCount: 2,
  });
  expect(at(state.steps, 'filter', 'reason')).toBe('Kept 3 of 4 rows.');
});

test('5,000 rows go through them on a thread', async () => {
  const rows = Array.from({ length: 5_000 }, (_, index) => ({
    who: `Customer ${index % 10}`,
    price: (index % 100) + 0.01,
    quantity: 2,
  }));
  const state = await run(chain, { rows, least: 100 });
  expect(state.status).toBe('succeeded');
  const sum = rows
    .filter(({ price }) => price * 2 > 100)
    .filter(({ who }) => who === 'Customer 9')
    .reduce((cents, { price }) => cents + Math.round(price * 100), 0);
  expect(at(state.steps, 'sort', 'output', 'rows', 0)).toEqual({
    customer: 'Customer 9',
    count: 250,
    sum_price: sum / 100,
  });
});

test('a row that does not fit fails the step with its number and field', async () => {
  const rows = [
    { who: 'Ada', price: 1, quantity: 1 },
    { who: 'Ben', price: 1 },
  ];
  const state = await run(chain, { rows, least: 1 });
  expect(at(state.steps, 'set', 'error')).toMatchObject({
    code: 'invalid_rows',
    message: 'Row 2: row has no field "quantity". (in "row.quantity")',
  });
});
