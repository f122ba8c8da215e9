import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { pageOf } from '@/lib/api/page';
import { nameSchema } from '@/lib/names/schema';
import { columnInputsSchema, columnTypes, maxRowsAtOnce } from './schema';

const tag = 'Tables';
const params = z.strictObject({ id: z.uuid() });
const rowParams = z.strictObject({ id: z.uuid(), rowId: z.uuid() });
const iso = z.iso.datetime();

const dataTableSchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  columns: z.array(z.strictObject({ id: z.string(), name: z.string(), type: z.enum(columnTypes) })),
  rowCount: z.int(),
  createdAt: iso,
  updatedAt: iso,
});
export type DataTable = z.infer<typeof dataTableSchema>;

/** Values by the name of their column. */
const valuesSchema = z.record(z.string().max(60), z.json());
const dataRowSchema = z.strictObject({
  id: z.uuid(),
  createdAt: iso,
  updatedAt: iso,
  values: valuesSchema,
});
export type DataRow = z.infer<typeof dataRowSchema>;

export const listTables = defineRoute({
  id: 'tables.list',
  method: 'GET',
  path: '/tables',
  summary: 'Tables of the workspace by name, with their columns and how many rows they have.',
  tag,
  permission: 'tables.read',
  result: z.strictObject({ items: z.array(dataTableSchema) }),
});
export const getTable = defineRoute({
  id: 'tables.get',
  method: 'GET',
  path: '/tables/{id}',
  summary: 'One table with its columns.',
  tag,
  permission: 'tables.read',
  params,
  result: dataTableSchema,
});
export const createTable = defineRoute({
  id: 'tables.create',
  method: 'POST',
  path: '/tables',
  summary: 'Create a table. Steps name it by its name.',
  tag,
  permission: 'tables.write',
  body: z.strictObject({ name: nameSchema(100), columns: columnInputsSchema }),
  result: dataTableSchema,
  status: 201,
});
/** What was read of a table before it is changed. */
export const tableRead = z
  .strictObject({ name: z.string(), columns: dataTableSchema.shape.columns })
  .partial();
export const updateTable = defineRoute({
  id: 'tables.update',
  method: 'PATCH',
  path: '/tables/{id}',
  summary:
    'Rename a table, or change its columns: those with an id stay, others are new, and what is left out is deleted with its values.',
  tag,
  permission: 'tables.write',
  params,
  /** With `force` also a name that steps use is changed. */
  query: z.strictObject({ force: z.enum(['', 'true']).optional() }),
  body: z.strictObject({
    name: nameSchema(100).optional(),
    columns: columnInputsSchema.optional(),
    /** What you read: where it is otherwise now, nothing is changed. */
    was: tableRead.optional(),
  }),
  result: dataTableSchema,
});
export const deleteTable = defineRoute({
  id: 'tables.delete',
  method: 'DELETE',
  path: '/tables/{id}',
  summary: 'Delete a table with all its rows. While steps name it, only with force.',
  tag,
  permission: 'tables.write',
  params,
  query: z.strictObject({ force: z.enum(['', 'true']).optional() }),
  result: z.strictObject({ id: z.uuid() }),
});
export const listTableRows = defineRoute({
  id: 'tables.list-rows',
  method: 'GET',
  path: '/tables/{id}/rows',
  summary: 'Rows of a table in the order in which they were added.',
  tag,
  permission: 'tables.read',
  params,
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(maxRowsAtOnce).default(100),
    cursor: z
      .string()
      .regex(/^\d{1,18}$/)
      .optional(),
    /** Only rows in which a value holds this text. */
    q: z.string().max(200).optional(),
  }),
  result: pageOf(dataRowSchema),
});
export const addTableRows = defineRoute({
  id: 'tables.add-rows',
  method: 'POST',
  path: '/tables/{id}/rows',
  summary: 'Add rows to a table, all or none.',
  tag,
  permission: 'tables.write',
  params,
  maxBytes: 8 * 1_048_576,
  body: z.strictObject({ rows: z.array(valuesSchema).min(1).max(maxRowsAtOnce) }),
  result: z.strictObject({ items: z.array(dataRowSchema) }),
  status: 201,
});
export const updateTableRow = defineRoute({
  id: 'tables.update-row',
  method: 'PATCH',
  path: '/tables/{id}/rows/{rowId}',
  summary: 'Change values of a row; those that are not named stay.',
  tag,
  permission: 'tables.write',
  params: rowParams,
  body: z.strictObject({ values: valuesSchema }),
  result: dataRowSchema,
});
export const deleteTableRow = defineRoute({
  id: 'tables.delete-row',
  method: 'DELETE',
  path: '/tables/{id}/rows/{rowId}',
  summary: 'Delete a row.',
  tag,
  permission: 'tables.write',
  params: rowParams,
  result: z.strictObject({ id: z.uuid() }),
});
export const dataTableContracts = [
  listTables,
  getTable,
  createTable,
  updateTable,
  deleteTable,
  listTableRows,
  addTableRows,
  updateTableRow,
  deleteTableRow,
];
