import type { Pool, PoolClient } from 'pg';
import type { Cells, Column } from '@/lib/data-tables/schema';
import { sqlState } from '@/server/db/transaction';

type Db = Pick<Pool | PoolClient, 'query'>;

export type TableRecord = {
  id: string;
  workspaceId: string;
  name: string;
  columns: Column[];
  rowCount: number;
  createdAt: Date;
  updatedAt: Date;
};
export type RowRecord = {
  id: string;
  number: string;
  cells: Cells;
  /** Who wrote to it had read content from outside. */
  outside: boolean;
  createdAt: Date;
  updatedAt: Date;
};

const columns = `id, workspace_id as "workspaceId", name, columns, row_count as "rowCount",
  created_at as "createdAt", updated_at as "updatedAt"`;
const rowColumns = `id, number::text as number, cells, outside, created_at as "createdAt", updated_at as "updatedAt"`;

export async function tablesOf(db: Db, workspaceId: string): Promise<TableRecord[]> {
  const { rows } = await db.query<TableRecord>(
    `select ${columns} from data_table where workspace_id = $1 order by lower(name), id`,
    [workspaceId],
  );
  return rows;
}

/** A table by id, or by the name that a step gives. With `hold` nobody else writes to it until the transaction ends. */
export async function findTable(
  db: Db,
  workspaceId: string,
  by: { id: string } | { name: string },
  hold = false,
): Promise<TableRecord | undefined> {
  const [column, value] = 'id' in by ? ['id', by.id] : ['name', by.name];
  const { rows } = await db.query<TableRecord>(
    `select ${columns} from data_table where workspace_id = $1 and ${column} = $2
     ${hold ? 'for update' : ''}`,
    [workspaceId, value],
  );
  return rows[0];
}

/** Lets one after another add a table to a workspace, so that they can be counted. */
export async function holdTableCount(client: PoolClient, workspaceId: string): Promise<number> {
  await client.query("select pg_advisory_xact_lock(hashtext('data_tables'), hashtext($1))", [
    workspaceId,
  ]);
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from data_table where workspace_id = $1',
    [workspaceId],
  );
  return rows[0]?.count ?? 0;
}

export async function insertTable(
  client: PoolClient,
  given: { id: string; workspaceId: string; name: string; columns: Column[]; createdBy: string },
): Promise<void> {
  await client.query(
    'insert into data_table (id, workspace_id, name, columns, created_by) values ($1, $2, $3, $4, $5)',
    [given.id, given.workspaceId, given.name, JSON.stringify(given.columns), given.createdBy],
  );
}

/** `dropped`: ids of columns whose values go with them. */
export async function updateTableRecord(
  client: PoolClient,
  { workspaceId, id, name, columns: next }: TableRecord,
  dropped: readonly string[],
): Promise<void> {
  await client.query(
    `update data_table set name = $3, columns = $4, updated_at = now()
     where workspace_id = $1 and id = $2`,
    [workspaceId, id, name, JSON.stringify(next)],
  );
  if (dropped.length === 0) return;
  await client.query(
    'update data_row set cells = cells - $3::text[] where workspace_id = $1 and table_id = $2',
    [workspaceId, id, dropped],
  );
}

export async function removeTable(
  client: PoolClient,
  workspaceId: string,
  id: string,
): Promise<void> {
  await client.query('delete from data_table where workspace_id = $1 and id = $2', [
    workspaceId,
    id,
  ]);
}

/** Rows behind a place, one more than `limit` where there are more. */
export async function rowsAfter(
  db: Db,
  { workspaceId, id }: Pick<TableRecord, 'workspaceId' | 'id'>,
  { after, limit, q }: { after: string; limit: number; q: string | undefined },
): Promise<RowRecord[]> {
  const { rows } = await db.query<RowRecord>(
    `select ${rowColumns} from data_row r where workspace_id = $1 and table_id = $2 and number > $3
       and ($5::text is null or exists (
         select 1 from jsonb_each_text(r.cells) cell where cell.value ilike $5))
     order by r.number limit $4`,
    [
      workspaceId,
      id,
      after,
      limit + 1,
      q === undefined ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`,
    ],
  );
  return rows;
}

/** Adds rows in their order; whoever calls holds the table. */
export async function insertRows(
  client: PoolClient,
  { workspaceId, id }: Pick<TableRecord, 'workspaceId' | 'id'>,
  cells: readonly Cells[],
  outside = false,
): Promise<RowRecord[]> {
  if (cells.length === 0) return [];
  const { rows } = await client.query<RowRecord>(
    `insert into data_row (id, workspace_id, table_id, cells, outside)
     select gen_random_uuid(), $1, $2, given.cells, $4
     from jsonb_array_elements($3::jsonb) with ordinality as given(cells, place) order by given.place
     returning ${rowColumns}`,
    [workspaceId, id, JSON.stringify(cells), outside],
  );
  await count(client, workspaceId, id, rows.length);
  return rows.sort((one, other) => Number(BigInt(one.number) - BigInt(other.number)));
}

/** Changes the given cells of rows and leaves the others. */
export async function changeRows(
  client: PoolClient,
  { workspaceId, id }: Pick<TableRecord, 'workspaceId' | 'id'>,
  changes: readonly { id: string; cells: Cells }[],
  outside = false,
): Promise<RowRecord[]> {
  if (changes.length === 0) return [];
  const { rows } = await client.query<RowRecord>(
    `update data_row r set cells = r.cells || (given.value -> 'cells'), outside = r.outside or $4, updated_at = now()
     from jsonb_array_elements($3::jsonb) given
     where r.workspace_id = $1 and r.table_id = $2 and r.id = (given.value ->> 'id')::uuid
     returning r.id, r.number::text as number, r.cells, r.outside, r.created_at as "createdAt",
       r.updated_at as "updatedAt"`,
    [workspaceId, id, JSON.stringify(changes), outside],
  );
  await count(client, workspaceId, id, 0);
  return rows;
}

export async function removeRows(
  client: PoolClient,
  { workspaceId, id }: Pick<TableRecord, 'workspaceId' | 'id'>,
  ids: readonly string[],
): Promise<number> {
  const { rowCount } = await client.query(
    'delete from data_row where workspace_id = $1 and table_id = $2 and id = any($3::uuid[])',
    [workspaceId, id, ids],
  );
  await count(client, workspaceId, id, -(rowCount ?? 0));
  return rowCount ?? 0;
}

async function count(client: PoolClient, workspaceId: string, id: string, more: number) {
  await client.query(
    `update data_table set row_count = row_count + $3, updated_at = now()
     where workspace_id = $1 and id = $2`,
    [workspaceId, id, more],
  );
}

/** Rows whose cell in a column has one of these values, the first added first. */
export async function rowsWithCell(
  client: PoolClient,
  { workspaceId, id }: Pick<TableRecord, 'workspaceId' | 'id'>,
  column: string,
  values: readonly unknown[],
): Promise<RowRecord[]> {
  const { rows } = await client.query<RowRecord>(
    `select ${rowColumns} from data_row where workspace_id = $1 and table_id = $2
       and cells -> $3 = any (select value from jsonb_array_elements($4::jsonb)) order by data_row.number`,
    [workspaceId, id, column, JSON.stringify(values)],
  );
  return rows;
}

/** The place of a row: written so, since a selected `number` is the text of it. */
export const byNumber = 'data_row.number';

/** Rows for which a condition holds, written by `conditionsSql` in terms of `cells` and of parameters from `$4` on. */
export async function rowsWhere(
  db: Db,
  { workspaceId, id }: Pick<TableRecord, 'workspaceId' | 'id'>,
  {
    where,
    order,
    values,
    limit,
  }: { where: string; order: string; values: unknown[]; limit: number },
): Promise<RowRecord[]> {
  const { rows } = await db.query<RowRecord>(
    `select ${rowColumns} from data_row where workspace_id = $1 and table_id = $2 and (${where})
     order by ${order} limit $3`,
    [workspaceId, id, limit, ...values],
  );
  return rows;
}

/** What was written under a key before; undefined for nothing. */
export async function findWrite(
  client: PoolClient,
  { workspaceId, id }: Pick<TableRecord, 'workspaceId' | 'id'>,
  key: string,
): Promise<unknown> {
  const { rows } = await client.query<{ result: unknown }>(
    'select result from data_write where workspace_id = $1 and table_id = $2 and key = $3',
    [workspaceId, id, key],
  );
  return rows[0]?.result;
}

export async function insertWrite(
  client: PoolClient,
  { workspaceId, id }: Pick<TableRecord, 'workspaceId' | 'id'>,
  key: string,
  result: unknown,
): Promise<void> {
  await client.query(
    'insert into data_write (workspace_id, table_id, key, result) values ($1, $2, $3, $4)',
    [workspaceId, id, key, JSON.stringify(result)],
  );
}

/** Forgets keys of runs that are not kept any more. */
export async function forgetWrites(pool: Pool, keepDays: number): Promise<void> {
  await pool.query('delete from data_write where created_at < now() - make_interval(days => $1)', [
    keepDays,
  ]);
}

/** Whether a statement failed since the workspace has another table of that name. */
export const isTaken = (error: unknown): boolean => sqlState(error) === '23505';
