import { z } from 'zod';
import { conditionOps } from '@/lib/data-tables/calls';
import { type Column, maxRowsAtOnce } from '@/lib/data-tables/schema';
import { defineTool, type Tool } from './define-tool';
import { toolName } from './tool-name';

type Table = { id: string; name: string; columns: readonly Column[] };

/** The two tools of a table of the workspace: find rows, and add some. */
export function tableTools({ id, name, columns }: Table): Tool[] {
  const names = columns.map((column) => column.name);
  const listed = columns.map((column) => `${column.name} (${column.type})`).join(', ');
  const column = z.string().describe(`One of: ${names.join(', ')}`);
  const find = defineTool({
    name: toolName('table', name, 'find'),
    ref: `table:${id}:find`,
    source: 'table',
    title: `Find rows of ${name}`,
    description: `Finds rows of the table "${name}". Columns: ${listed}.`,
    input: z.strictObject({
      conditions: z
        .array(
          z.strictObject({
            column,
            op: z.enum(conditionOps),
            value: z.string().max(2_000).default(''),
          }),
        )
        .max(20)
        .default([]),
      match: z.enum(['all', 'any']).default('all'),
      sort: z
        .array(z.strictObject({ column, descending: z.boolean().default(false) }))
        .max(3)
        .default([]),
      limit: z.int().min(1).max(500).default(50),
    }),
    effect: 'read',
    risk: 0,
    approval: 'never',
    permission: 'tables.read',
    private: true,
    async run({ conditions, match, sort, limit }, context) {
      const select = { conditions, match };
      const asked = { do: 'find' as const, table: name, select, sort, limit };
      const { rows, rowCount } = await context.service('table', asked);
      return { rows, rowCount };
    },
  });
  const add = defineTool({
    name: toolName('table', name, 'add'),
    ref: `table:${id}:add`,
    source: 'table',
    title: `Add rows to ${name}`,
    description: `Adds rows to the table "${name}". Columns: ${listed}.`,
    input: z.strictObject({
      rows: z.array(z.record(z.string(), z.unknown())).min(1).max(Math.min(200, maxRowsAtOnce)),
    }),
    // The rows are written under the call's key: once, however often they are sent.
    effect: 'idempotent',
    risk: 1,
    approval: 'policy',
    permission: 'tables.write',
    async run({ rows }, context) {
      const asked = { do: 'add' as const, table: name, rows, extra: 'fail' as const };
      const { added } = await context.service('table', asked);
      return { added };
    },
  });
  return [find, add];
}
