import { scopeFunctions } from '@/lib/nodes/node-type/scope-functions';
import type { TableAsk } from '@/lib/tables/operations';
import { createComputation } from '@/server/computation/computation';
import { elsewhereFor } from '@/server/computation/elsewhere';
import { median, percentile, rounded } from './figures';

const count = 50_000;
const lists = { rows: 'input.rows' };

/** Rows as an export of orders has them: eight fields of every kind. */
const rows = Array.from({ length: count }, (_, index) => ({
  order: index,
  customer: `Customer ${(index * 7_919) % 5_000}`,
  email: `person${(index * 31) % 5_000}@example.test`,
  date: new Date(Date.UTC(2026, 0, 1) + ((index * 104_729) % 31_536_000) * 1_000).toISOString(),
  amount: ((index * 7) % 100_000) / 100,
  quantity: index % 9,
  paid: index % 3 === 0,
  note: index % 5 === 0 ? '' : 'As agreed by telephone.',
}));

const others = Array.from({ length: 5_000 }, (_, index) => ({
  name: `Customer ${index}`,
  city: `City ${index % 200}`,
}));
const grouped = Array.from({ length: 5_000 }, (_, index) => ({
  order: index,
  items: rows.slice(index * 10, index * 10 + 10).map(({ note, amount }) => ({ note, amount })),
}));
const csv = [
  'order,customer,amount,quantity',
  ...rows.map((row) => `${row.order},${row.customer},${row.amount},${row.quantity}`),
].join('\n');
const input = {
  rows,
  others,
  lists: grouped,
  csv,
  json: JSON.stringify(rows.map(({ order, customer, amount }) => ({ order, customer, amount }))),
  mails: rows
    .slice(0, 5_000)
    .map(({ email }) => `to ${email}`)
    .join('\n'),
};

const writing = { delimiter: 'comma', heading: true, protect: true, indent: false } as const;
const reading = { delimiter: 'auto', headingRow: 1, numbers: 'plain', table: 1 } as const;

const steps: Record<string, TableAsk> = {
  Filter: {
    operation: 'filter',
    lists,
    settings: { condition: 'row.amount > 500 && row.paid', keep: 'matching', onProblem: 'fail' },
  },
  'Sort by text, then number': {
    operation: 'sort',
    lists,
    settings: {
      keys: [
        { field: 'customer', direction: 'ascending', as: 'auto' },
        { field: 'amount', direction: 'descending', as: 'auto' },
      ],
    },
  },
  'Sort by date': {
    operation: 'sort',
    lists,
    settings: { keys: [{ field: 'date', direction: 'ascending', as: 'auto' }] },
  },
  'Set fields (2 computed, 1 renamed)': {
    operation: 'setFields',
    lists,
    settings: {
      changes: [
        { action: 'set', name: 'total', expression: 'row.amount * row.quantity' },
        { action: 'set', name: 'who', expression: 'row.customer.upper() + " <" + row.email + ">"' },
        { action: 'rename', name: 'note', to: 'remark' },
      ],
      keep: 'all',
    },
  },
  'Group and summarise (5,000 groups)': {
    operation: 'group',
    lists,
    settings: {
      keys: ['customer'],
      summaries: [
        { summary: 'count', field: '', name: 'count' },
        { summary: 'sum', field: 'amount', name: 'sum' },
        { summary: 'average', field: 'amount', name: 'average' },
        { summary: 'max', field: 'date', name: 'latest' },
      ],
    },
  },
  'Join two lists (50,000 with 5,000)': {
    operation: 'join',
    lists: { rows: 'input.rows', others: 'input.others' },
    settings: {
      keys: [{ left: 'customer', right: 'name' }],
      keep: 'left',
      matches: 'all',
      compare: 'text',
      clash: 'suffix',
      suffix: '_2',
    },
  },
  'Unique by 2 fields': {
    operation: 'unique',
    lists,
    settings: { fields: ['customer', 'quantity'], keep: 'last', compare: 'exact' },
  },
  'Split out (50,000 rows of 5,000 lists)': {
    operation: 'splitOut',
    lists: { rows: 'input.lists' },
    settings: { field: 'items', as: 'item', spread: false, empty: 'drop' },
  },
  Limit: { operation: 'slice', lists, settings: { skip: 100, count: 1_000, from: 'end' } },
  'Aggregate into a text': {
    operation: 'aggregate',
    lists,
    settings: { into: 'text', expression: 'row.email', separator: '\n' },
  },
  'Write CSV': {
    operation: 'write',
    lists,
    settings: { ...writing, fields: [], format: 'csv' },
  },
  'Write JSON': {
    operation: 'write',
    lists,
    settings: { ...writing, fields: [], format: 'json' },
  },
  'Parse CSV (50,000 rows)': {
    operation: 'parse',
    lists: { text: 'input.csv' },
    settings: { ...reading, format: 'csv' },
  },
  'Parse JSON (50,000 rows)': {
    operation: 'parse',
    lists: { text: 'input.json' },
    settings: { ...reading, format: 'json' },
  },
  'Text to rows, lines': {
    operation: 'splitText',
    lists: { text: 'input.csv' },
    settings: { by: 'lines', separator: '', field: 'line', trim: true, empty: 'drop' },
  },
  'Text to rows, e-mail addresses by pattern': {
    operation: 'splitText',
    lists: { text: 'input.mails' },
    settings: { by: 'found', separator: '\\w+@\\w+', field: 'mail', trim: true, empty: 'drop' },
  },
};

/**
 * Each step that works on rows, on 50,000 rows of eight fields, as a worker does it: on a thread of the computation
 * pool, the way there and back included.
 */
export async function benchTables(repeats = Number(process.env.ROUNDS ?? 7)): Promise<object> {
  const log = { warn: console.warn, error: console.error };
  const computation = createComputation({ log });
  const found: Record<string, object> = {};
  for (const [name, asked] of Object.entries(steps)) {
    const times: number[] = [];
    const processor: number[] = [];
    let failure: string | undefined;
    // One more than counts: the first of a thread compiles.
    for (let round = 0; round <= repeats && failure === undefined; round += 1) {
      const scope = { input, steps: {}, run: { id: 'r', mode: 'live' as const, startedAt: '' } };
      const { table } = scopeFunctions(scope, elsewhereFor(computation, 'bench'));
      const [began, before] = [performance.now(), process.cpuUsage()];
      try {
        await table(asked);
        const { user, system } = process.cpuUsage(before);
        if (round === 0) continue;
        times.push(performance.now() - began);
        processor.push((user + system) / 1_000);
      } catch (error) {
        failure = String(error);
      }
    }
    found[name] = failure
      ? { failure }
      : {
          n: times.length,
          medianMs: rounded(median(times), 0),
          processorMs: rounded(median(processor), 0),
          maxMs: rounded(percentile(times, 1), 0),
        };
    console.log(name, found[name]);
  }
  await computation.close();
  return { what: 'steps on tables', rows: count, fields: 8, steps: found };
}
