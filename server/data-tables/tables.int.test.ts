import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TableCall } from '@/lib/data-tables/calls';
import { maxTableRows } from '@/lib/data-tables/schema';
import type { Actor } from '@/lib/people/schema';
import { at } from '@/lib/values/unknown';
import { definitionSchema } from '@/lib/workflows/schema';
import { none, openWorld } from '@/server/connections/testing/world';
import { addWorkflow } from '@/server/workflows/create-workflow';
import { addTableRows } from './add-rows';
import { callTable } from './call-table';
import { createTable } from './create-table';
import { deleteTableRow } from './delete-row';
import { deleteTable } from './delete-table';
import { getTable } from './get-table';
import { listTableRows } from './list-rows';
import { listTables } from './list-tables';
import { updateTableRow } from './update-row';
import { updateTable } from './update-table';

type World = Awaited<ReturnType<typeof openWorld>>;
let world: World;
let made = 0;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());

const columns = [
  { name: 'email', type: 'text' as const },
  { name: 'orders', type: 'number' as const },
  { name: 'since', type: 'date' as const },
];
async function table(actor: Actor = world.ada) {
  made += 1;
  return createTable(world.services, actor, {
    ...none,
    body: { name: `Customers ${made}`, columns },
  });
}
const params = ({ id }: { id: string }) => ({ id });
const rowsIn = async (of: { id: string }, query: object = {}) =>
  listTableRows(world.services, world.ada, {
    ...{ params: params(of), body: undefined, query: { limit: 100, ...query } },
  });
const valuesIn = async (of: { id: string }) =>
  (await rowsIn(of)).items.map(({ values: { email, orders } }) => [email, orders]);
const add = (of: { id: string }, rows: Record<string, string | number>[]) =>
  addTableRows(world.services, world.ada, { params: params(of), query: {}, body: { rows } });
const ask = (key: string, call: TableCall) =>
  callTable(world.services, { workspaceId: world.ada.workspaceId, key, outside: false }, call);

test('rows are added, read in pages, found by a text, changed and deleted', async () => {
  const made = await table();
  await add(made, [{ email: 'ada@example.com', orders: '3' }, { email: 'ben@example.com' }]);
  const [first] = (await rowsIn(made)).items;
  expect(first?.values).toEqual({ email: 'ada@example.com', orders: 3, since: null });
  const page = await rowsIn(made, { limit: 1 });
  expect(page.items).toHaveLength(1);
  expect((await rowsIn(made, { cursor: page.nextCursor })).items).toHaveLength(1);
  expect((await rowsIn(made, { q: 'BEN@' })).items).toHaveLength(1);
  expect((await rowsIn(made, { q: '%' })).items).toHaveLength(0);
  const place = { id: made.id, rowId: first?.id ?? '' };
  const change = (values: Record<string, string>) =>
    updateTableRow(world.services, world.ada, { params: place, query: {}, body: { values } });
  expect(await change({ orders: '4' })).toMatchObject({ values: { orders: 4 } });
  await expect(change({ orders: 'many' })).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(add(made, [{ email: 'x' }, { phone: '1' }])).rejects.toThrow('Row 2');
  await deleteTableRow(world.services, world.ada, { params: place, query: {}, body: undefined });
  expect(await valuesIn(made)).toEqual([['ben@example.com', null]]);
  const after = await getTable(world.services, world.ada, { ...none, params: params(made) });
  expect(after.rowCount).toBe(1);
});

test('columns are renamed, added and dropped; values follow their column', async () => {
  const made = await table();
  await add(made, [{ email: 'ada@example.com', orders: 3 }]);
  const [email, orders] = made.columns;
  const update = (body: object) =>
    updateTable(world.services, world.ada, { params: params(made), query: {}, body });
  await update({
    columns: [
      { ...email, name: 'Mail' },
      { name: 'note', type: 'text' },
    ],
  });
  expect((await rowsIn(made)).items[0]?.values).toEqual({ Mail: 'ada@example.com', note: null });
  await expect(update({ columns: [{ ...orders, name: 'orders' }] })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  await expect(update({ columns: [{ ...email, type: 'number' }] })).rejects.toThrow('type');
});

test('a write of a step happens once, however often and however at once it is asked for', async () => {
  const { id, name } = await table();
  const call: TableCall = {
    ...{ do: 'add', table: name, extra: 'fail' },
    rows: [{ email: 'ada@example.com' }, { email: 'ben@example.com' }],
  };
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask('one-step', call)));
  expect(await valuesIn({ id })).toHaveLength(2);
  expect(answers.filter(({ before }) => before === undefined)).toHaveLength(1);
  expect(new Set(answers.map(({ rows }) => rows.map((row) => row.id).join())).size).toBe(1);
  await ask('another-step', call);
  expect(await valuesIn({ id })).toHaveLength(4);
});

test('many steps that count on one row at once lose none of their writes', async () => {
  const { id, name } = await table();
  await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      ask(`count-${n}`, {
        ...{ do: 'update', table: name, key: 'email', add: true, extra: 'fail' },
        rows: [{ email: 'same@example.com', orders: n }],
      }),
    ),
  );
  // However they came, there is one row for one key.
  expect(await valuesIn({ id })).toHaveLength(1);
});

test('update finds rows by a column, adds what is missing, and refuses a row without a key', async () => {
  const { id, name } = await table();
  await add({ id }, [{ email: 'ada@example.com', orders: 1 }]);
  const update = (rows: Record<string, unknown>[], key: string, more: boolean) =>
    ask(key, { do: 'update', table: name, key: 'email', add: more, extra: 'ignore', rows });
  const rows = [
    { email: 'ada@example.com', orders: '2', unknown: true },
    { email: 'ben@example.com', orders: 5 },
  ];
  expect(await update(rows, 'a', false)).toMatchObject({ updated: 1, added: 0 });
  expect(await update(rows, 'b', true)).toMatchObject({ updated: 1, added: 1 });
  expect(await valuesIn({ id })).toEqual([
    ['ada@example.com', 2],
    ['ben@example.com', 5],
  ]);
  await expect(update([{ orders: 1 }], 'c', true)).rejects.toMatchObject({ code: 'invalid_rows' });
});

test('rows are found by conditions, sorted and limited; hostile values find and change nothing', async () => {
  const { id, name } = await table();
  await add({ id }, [
    { email: 'ada@example.com', orders: 10, since: '2026-01-01' },
    { email: 'ben@example.com', orders: 9, since: '2026-06-01' },
    { email: "o'hara@example.com" },
  ]);
  const find = async (conditions: object[], more: object = {}) => {
    const call = {
      ...{ do: 'find', table: name, sort: [], limit: 10 },
      ...{ select: { match: 'all', conditions }, ...more },
    } as unknown as TableCall;
    return (await ask('', call)).rows.map((row) => row.email);
  };
  const [ada, ben, hara] = ['ada@example.com', 'ben@example.com', "o'hara@example.com"];
  expect(await find([{ column: 'orders', op: 'more', value: '9' }])).toEqual([ada]);
  expect(await find([{ column: 'orders', op: 'less', value: '10' }])).toEqual([ben]);
  expect(await find([{ column: 'since', op: 'more', value: '2026-03-01' }])).toEqual([ben]);
  expect(await find([{ column: 'Email', op: 'is', value: hara }])).toEqual([hara]);
  expect(await find([{ column: 'orders', op: 'empty', value: '' }])).toEqual([hara]);
  expect(await find([{ column: 'email', op: 'contains', value: 'EXAMPLE' }])).toHaveLength(3);
  const sort = [{ column: 'orders', descending: false }];
  expect(await find([], { sort })).toEqual([ben, ada, hara]);
  expect(await find([], { sort, limit: 1 })).toEqual([ben]);
  await expect(find([{ column: 'x', op: 'is', value: '' }])).rejects.toMatchObject({
    code: 'unknown_column',
  });
  const hostile = [
    "' or 1=1 --",
    "'; drop table data_row; --",
    '$1',
    '%',
    '\\',
    '"}',
    "') or ('1'='1",
  ];
  let tried = 0;
  for (const value of hostile) {
    for (const op of ['is', 'contains', 'starts', 'more', 'less']) {
      await find([{ column: 'email', op, value }]);
      if (op !== 'more' && op !== 'less') {
        expect(await find([{ column: 'email', op, value }])).toEqual([]);
      }
      await expect(find([{ column: value, op, value: 'x' }])).rejects.toMatchObject({
        code: 'unknown_column',
      });
      tried += 1;
    }
  }
  expect(tried).toBe(35);
  expect(await valuesIn({ id })).toHaveLength(3);
});

test('steps write and read a table in runs; a rehearsal changes nothing', async () => {
  const { id, name } = await table();
  const values = [
    { id: 'a', column: 'email', value: '{{ input.email }}' },
    { id: 'b', column: 'orders', value: '{{ 1 + 1 }}' },
  ];
  const run = (type: string, config: object, more: object = {}) =>
    world.run({ table: name, ...config }, { type, input: { email: 'ada@example.com' }, ...more });
  const rehearsed = await run('add-table-rows', { values }, { mode: 'rehearsal' });
  expect(rehearsed.step?.reason).toContain('1 row was not added');
  expect(await valuesIn({ id })).toEqual([]);
  const added = await run('add-table-rows', { values });
  expect(added.step?.output).toMatchObject({ added: 1, rows: [{ orders: 2 }] });
  const found = await run('find-table-rows', {
    conditions: [{ id: 'c', column: 'email', op: 'is', value: '{{ input.email }}' }],
  });
  expect(at(found.step?.output, 'rowCount')).toBe(1);
  const none = await run('delete-table-rows', {});
  expect(none.error?.code).toBe('no_conditions');
  const gone = await run('delete-table-rows', {
    conditions: [{ id: 'c', column: 'orders', op: 'is', value: '2' }],
  });
  expect(gone.step?.output).toMatchObject({ deleted: 1 });
  const missing = await world.run({ table: 'Nothing' }, { type: 'find-table-rows' });
  expect(missing.error).toMatchObject({ code: 'table_missing', retryable: false });
});

test('a table that steps name is not renamed or deleted by mistake', async () => {
  const { id, name } = await table();
  const definition = definitionSchema.parse({
    name: 'Uses it',
    nodes: [
      {
        ...{ id: 'f', key: 'f', type: 'find-table-rows', name: 'Find', position: { x: 0, y: 0 } },
        config: { table: name },
      },
    ],
    edges: [],
  });
  await addWorkflow(world.services, world.ada, definition);
  const rename = (query: { force?: '' }) =>
    updateTable(world.services, world.ada, {
      params: { id },
      query,
      body: { name: `${name} new` },
    });
  await expect(rename({})).rejects.toMatchObject({ code: 'conflict' });
  const remove = (query: { force?: '' }) =>
    deleteTable(world.services, world.ada, { params: { id }, query, body: undefined });
  await expect(remove({})).rejects.toMatchObject({ code: 'conflict' });
  expect(await remove({ force: '' })).toEqual({ id });
});

test('a full table takes no more, and names are taken once', async () => {
  const full = await table();
  await world.services.pool.query('update data_table set row_count = $2 where id = $1', [
    full.id,
    maxTableRows,
  ]);
  await expect(add(full, [{}])).rejects.toMatchObject({ code: 'conflict' });
  const again = { ...none, body: { name: full.name, columns } };
  await expect(createTable(world.services, world.ada, again)).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('another workspace sees and changes nothing', async () => {
  const theirs = await table(world.stranger);
  const id = { params: params(theirs) };
  const rowId = '00000000-0000-4000-8000-000000000001';
  const attempts = [
    () => getTable(world.services, world.ada, { ...none, ...id }),
    () => rowsIn(theirs),
    () => add(theirs, [{}]),
    () => updateTable(world.services, world.ada, { ...id, query: {}, body: { name: 'Mine' } }),
    () => deleteTable(world.services, world.ada, { ...id, query: { force: '' }, body: undefined }),
    () =>
      deleteTableRow(world.services, world.ada, {
        ...{ params: { ...id.params, rowId }, query: {}, body: undefined },
      }),
  ];
  for (const attempt of attempts) {
    await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
  }
  const { items } = await listTables(world.services, world.ada, none);
  expect(items.map((one) => one.id)).not.toContain(theirs.id);
  const { error } = await world.run({ table: theirs.name }, { type: 'find-table-rows' });
  expect(error?.code).toBe('table_missing');
});
