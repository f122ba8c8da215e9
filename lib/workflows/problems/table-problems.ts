import { columnNamed } from '@/lib/data-tables/cells';
import { reservedColumns } from '@/lib/data-tables/schema';
import { shapeOf } from '@/lib/values/zod-parts';
import { configFields } from '../config-fields';
import { type Catalogue, typeNamed } from '../node-catalogue';
import type { Definition, Problem } from '../schema';

/** A table of the workspace, as steps name it and its columns. */
export type KnownTable = { name: string; columns: readonly string[] };

export const knownTableOf = (table: {
  name: string;
  columns: readonly { name: string }[];
}): KnownTable => ({ name: table.name, columns: table.columns.map(({ name }) => name) });

/** Whether a step of the workflow names a table at all. */
export function namesTables({ nodes }: Definition, catalogue: Catalogue): boolean {
  return nodes.some((node) => {
    const type = typeNamed(catalogue, node.type);
    return type !== undefined && tableOf(configFields(type, node.config)) !== undefined;
  });
}

/** Steps that name a table which is not there, or a column that it does not have. */
export function tableProblems(
  { nodes }: Definition,
  catalogue: Catalogue,
  known: readonly KnownTable[],
): Problem[] {
  return nodes.flatMap((node) => {
    const type = typeNamed(catalogue, node.type);
    if (type === undefined || node.disabled) return [];
    const fields = configFields(type, node.config);
    const named = tableOf(fields);
    if (named === undefined) return [];
    const problem = (path: (string | number)[], code: string, message: string): Problem => ({
      ...{ severity: 'error', code, message, nodeId: node.id, path },
    });
    const table = known.find(({ name }) => name === named.value);
    if (table === undefined) {
      const message = `There is no table "${named.value}" in this workspace. Make it under Tables, or choose another one.`;
      return [problem(named.path, 'unknown_table', message)];
    }
    const { source, values } = node.config;
    const writesNothing =
      'values' in shapeOf(type.config) &&
      source !== 'list' &&
      !(Array.isArray(values) && values.length > 0);
    const nothing: Problem = {
      ...problem(['values'], 'no_values', 'No column gets a value: an empty row is written.'),
      severity: 'warning',
    };
    const wrong = fields.flatMap(({ path, value, columns }) => {
      if (columns !== 'table' || typeof value !== 'string' || value === '') return [];
      // What the product itself keeps of each row can be searched and sorted by.
      const others = path[0] === 'values' ? [] : reservedColumns;
      const all = [...table.columns, ...others].map((name) => ({ name }));
      if (columnNamed(all, value) !== undefined) return [];
      const message = `The table "${table.name}" has no column "${value}". It has ${listed(table.columns)}.`;
      return [problem(path, 'unknown_column', message)];
    });
    return writesNothing ? [...wrong, nothing] : wrong;
  });
}

function tableOf(fields: ReturnType<typeof configFields>) {
  const found = fields.find(({ widget }) => widget === 'table');
  return found !== undefined && typeof found.value === 'string' && found.value !== ''
    ? { path: found.path, value: found.value }
    : undefined;
}

const shown = 8;
const listed = (names: readonly string[]): string =>
  names.length > shown
    ? `${names.slice(0, shown).join(', ')} and ${names.length - shown} more`
    : new Intl.ListFormat('en').format(names);
