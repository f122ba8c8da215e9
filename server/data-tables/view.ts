import { AppError } from '@/lib/api/errors';
import { namedCells } from '@/lib/data-tables/cells';
import type { DataRow, DataTable } from '@/lib/data-tables/contract';
import type { Column, TableRow } from '@/lib/data-tables/schema';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { findTable, type RowRecord, type TableRecord } from './store';

export function viewTable({
  id,
  name,
  columns,
  rowCount,
  createdAt,
  updatedAt,
}: TableRecord): DataTable {
  return {
    ...{ id, name, columns, rowCount },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

const timesOf = ({ id, createdAt, updatedAt }: RowRecord) => ({
  id,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

export const viewRow = (columns: readonly Column[], row: RowRecord): DataRow => ({
  ...timesOf(row),
  values: namedCells(columns, row.cells),
});

/** A row as steps see it: one object. */
export const flatRow = (columns: readonly Column[], row: RowRecord): TableRow => ({
  ...namedCells(columns, row.cells),
  ...timesOf(row),
});

export const noTable = () => new AppError('not_found', 'This table does not exist.');
export const noRow = () => new AppError('not_found', 'This row does not exist.');
export const nameTaken = (name: string) =>
  new AppError('conflict', `There is already a table "${name}". Choose another name.`);

/** A table of the actor's workspace. Throws `not_found` for any other. */
export async function requireTable(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  id: string,
): Promise<TableRecord> {
  const table = await findTable(pool, workspaceId, { id });
  if (table === undefined) throw noTable();
  return table;
}
