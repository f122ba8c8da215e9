import type { PoolClient } from 'pg';
import type { TableAnswer, TableCall } from '@/lib/data-tables/calls';
import type { Cells } from '@/lib/data-tables/schema';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { isRecord } from '@/lib/values/unknown';
import { transaction } from '@/server/db/transaction';
import type { Services } from '@/server/services';
import { checkedRows, roomProblem } from './checked-rows';
import { columnNamed, conditionsSql } from './conditions-sql';
import {
  byNumber,
  changeRows,
  findTable,
  findWrite,
  insertRows,
  insertWrite,
  type RowRecord,
  removeRows,
  rowsWhere,
  rowsWithCell,
  type TableRecord,
} from './store';
import { flatRow } from './view';

const nothing: TableAnswer = { rows: [], rowCount: 0, added: 0, updated: 0, deleted: 0 };
/** Characters of rows that a write keeps for its answer: enough to go on with, little enough to keep. */
const maxAnswered = 1_000_000;
const maxDeleted = 50_000;

/** `outside`: whoever writes had read content from outside. */
type Asked = { workspaceId: string; key: string; outside: boolean };

/**
 * What a step asks of a table. What it writes is committed with a note under `key`: another attempt of the same step finds
 * that and writes nothing again. Throws `StepError`, of which none would go away by itself.
 */
export async function callTable(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  { workspaceId, key, outside }: Asked,
  call: TableCall,
): Promise<TableAnswer> {
  if (call.do === 'find')
    return find(
      pool,
      requireFound(await findTable(pool, workspaceId, { name: call.table }), call.table),
      call,
    );
  const { id, answer } = await transaction(pool, async (client) => {
    const held = await findTable(client, workspaceId, { name: call.table }, true);
    const table = requireFound(held, call.table);
    const before = await findWrite(client, table, key);
    if (isRecord(before))
      return { id: undefined, answer: { ...nothing, ...before, before: true as const } };
    const done = await write(client, table, call, outside);
    await insertWrite(client, table, key, done);
    return { id: table.id, answer: done };
  });
  if (id !== undefined) bus.publish(`workspace:${workspaceId}`, { kind: 'table', id });
  return answer;
}

type FindCall = Extract<TableCall, { do: 'find' }>;
type WriteCall = Exclude<TableCall, { do: 'find' }>;

async function find(
  pool: Services['pool'],
  table: TableRecord,
  call: FindCall,
): Promise<TableAnswer> {
  const { where, values } = conditionsSql(table.columns, call.select, 4);
  const order = call.sort.map(({ column, descending }) => {
    values.push(columnNamed(table.columns, column).id);
    return `nullif(cells -> $${3 + values.length}, 'null'::jsonb) ${descending ? 'desc' : 'asc'} nulls last`;
  });
  const found = await rowsWhere(pool, table, {
    ...{ where, values, limit: call.limit },
    order: [...order, byNumber].join(', '),
  });
  const rows = found.map((row) => flatRow(table.columns, row));
  const outside = found.some((row) => row.outside) ? { outside: true as const } : {};
  return { ...nothing, rows, rowCount: rows.length, ...outside };
}

async function write(
  client: PoolClient,
  table: TableRecord,
  call: WriteCall,
  outside: boolean,
): Promise<TableAnswer> {
  if (call.do === 'update') return update(client, table, call, outside);
  if (call.do === 'add') {
    const rows = await add(client, table, cellsOf(table, call), outside);
    return answerOf(table, rows, { added: rows.length });
  }
  const { where, values } = conditionsSql(table.columns, call.select, 4);
  const asked = { where, values, order: byNumber, limit: maxDeleted };
  const found = await rowsWhere(client, table, asked);
  const ids = found.map((row) => row.id);
  return answerOf(table, found, { deleted: await removeRows(client, table, ids) });
}

async function update(
  client: PoolClient,
  table: TableRecord,
  call: Extract<TableCall, { do: 'update' }>,
  outside: boolean,
): Promise<TableAnswer> {
  const key = columnNamed(table.columns, call.key);
  const given = cellsOf(table, call);
  for (const [index, cells] of given.entries()) {
    if ((cells[key.id] ?? null) !== null) continue;
    throw new StepError(
      'invalid_rows',
      `Row ${index + 1} has no value for "${key.name}", by which rows are found.`,
    );
  }
  const keyOf = (cells: Cells) => JSON.stringify(cells[key.id]);
  const there = await rowsWithCell(
    client,
    table,
    key.id,
    given.map((cells) => cells[key.id]),
  );
  const known = Map.groupBy(there, ({ cells }) => keyOf(cells));
  const changes = new Map<string, Cells>();
  // The last of several rows with one key counts, as when they were written one after another.
  const fresh = new Map<string, Cells>();
  for (const cells of given) {
    const found = known.get(keyOf(cells));
    if (found === undefined) fresh.set(keyOf(cells), { ...fresh.get(keyOf(cells)), ...cells });
    for (const { id } of found ?? []) changes.set(id, { ...changes.get(id), ...cells });
  }
  const changed = await changeRows(
    client,
    table,
    [...changes].map(([id, cells]) => ({ id, cells })),
    outside,
  );
  const added = call.add ? await add(client, table, [...fresh.values()], outside) : [];
  return answerOf(table, [...changed, ...added], { updated: changed.length, added: added.length });
}

async function add(
  client: PoolClient,
  table: TableRecord,
  rows: Cells[],
  outside: boolean,
): Promise<RowRecord[]> {
  const full = roomProblem(table, rows.length);
  if (full !== undefined) throw new StepError('table_full', full);
  return insertRows(client, table, rows, outside);
}

function cellsOf(
  table: TableRecord,
  { rows, extra }: { rows: Record<string, unknown>[]; extra: 'fail' | 'ignore' },
): Cells[] {
  const checked = checkedRows(table, rows, extra);
  if (checked.ok) return checked.rows;
  throw new StepError(
    'invalid_rows',
    `${checked.problem} The table "${table.name}" was not changed.`,
  );
}

function answerOf(
  table: TableRecord,
  rows: RowRecord[],
  counts: Partial<TableAnswer>,
): TableAnswer {
  const shown: TableAnswer['rows'] = [];
  let characters = 0;
  for (const row of rows) {
    characters += JSON.stringify(row.cells).length + 100;
    if (characters > maxAnswered) break;
    shown.push(flatRow(table.columns, row));
  }
  return { ...nothing, rows: shown, rowCount: rows.length, ...counts };
}

function requireFound(table: TableRecord | undefined, name: string): TableRecord {
  if (table !== undefined) return table;
  throw new StepError(
    'table_missing',
    `There is no table "${name}" in this workspace. Add it under Tables, or choose another one in the step.`,
  );
}
