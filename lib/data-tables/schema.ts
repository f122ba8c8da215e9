import { z } from 'zod';
import { nameSchema } from '@/lib/names/schema';

export const columnTypes = ['text', 'number', 'boolean', 'date', 'json'] as const;
export type ColumnType = (typeof columnTypes)[number];

/** Tables of a workspace, columns and rows of one, and what a row may weigh as JSON. */
export const maxTables = 100;
export const maxColumns = 50;
export const maxTableRows = 50_000;
export const maxRowCharacters = 64_000;
/** Rows in one request. */
export const maxRowsAtOnce = 1_000;

/** What each row has besides its columns. */
export const reservedColumns = ['id', 'createdAt', 'updatedAt'] as const;
const reserved: ReadonlySet<string> = new Set([
  ...reservedColumns,
  ...['__proto__', 'constructor', 'prototype'],
]);

/** A column to make, or, with its id, one that is there already. */
const columnInputSchema = z.strictObject({
  id: z.string().min(1).max(40).optional(),
  name: nameSchema(60),
  type: z.enum(columnTypes),
});
export const columnInputsSchema = z
  .array(columnInputSchema)
  .min(1, 'add at least one column')
  .max(maxColumns)
  .superRefine((columns, to) => {
    const seen = new Set<string>();
    for (const [index, { name }] of columns.entries()) {
      if (seen.has(name.toLowerCase())) {
        const message = 'another column has this name';
        to.addIssue({ code: 'custom', path: [index, 'name'], message });
      }
      if (reserved.has(name)) {
        const message = 'this name is reserved: choose another one';
        to.addIssue({ code: 'custom', path: [index, 'name'], message });
      }
      seen.add(name.toLowerCase());
    }
  });
export type ColumnInput = z.infer<typeof columnInputSchema>;

export type Column = { id: string; name: string; type: ColumnType };

/** A value as it is kept: what its column's type says, or nothing. */
export type Cell = z.core.util.JSONType;
/** Cells by the id of their column. */
export type Cells = Record<string, Cell>;

/** A row as people and steps see it: cells by the name of their column. */
export type TableRow = { id: string; createdAt: string; updatedAt: string } & Record<string, Cell>;
