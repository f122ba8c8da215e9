import type { Condition, Selection } from '@/lib/data-tables/calls';
import { readCell } from '@/lib/data-tables/cells';
import type { Column } from '@/lib/data-tables/schema';
import { StepError } from '@/lib/nodes/node-type/define-node';

/**
 * The conditions of a selection over `cells`, and their parameters from number `from` on. Nothing that a person wrote stands in
 * the SQL: columns and values are parameters. Throws `StepError` `unknown_column`, `invalid_value`.
 */
export function conditionsSql(
  columns: readonly Column[],
  { conditions, match }: Selection,
  from: number,
): { where: string; values: unknown[] } {
  const values: unknown[] = [];
  const parameter = (value: unknown) => {
    values.push(value);
    return `$${from + values.length - 1}`;
  };
  const parts = conditions.map((condition) => {
    const column = columnNamed(columns, condition.column);
    return conditionSql(column, condition, parameter);
  });
  const joined = parts.map((part) => `(${part})`).join(match === 'all' ? ' and ' : ' or ');
  return { where: joined === '' ? 'true' : joined, values };
}

/** The column of that name. Throws `StepError` `unknown_column`. */
export function columnNamed(columns: readonly Column[], name: string): Column {
  const wanted = name.trim();
  const found =
    columns.find((column) => column.name === wanted) ??
    columns.find((column) => column.name.toLowerCase() === wanted.toLowerCase());
  if (found !== undefined) return found;
  const known = columns.map((column) => `"${column.name}"`).join(', ');
  throw new StepError(
    'unknown_column',
    `There is no column "${wanted.slice(0, 60)}". There are ${known}.`,
  );
}

function conditionSql(
  { id, name, type }: Column,
  { op, value }: Condition,
  parameter: (value: unknown) => string,
): string {
  const cell = parameter(id);
  const kept = `coalesce(cells -> ${cell}, 'null'::jsonb)`;
  const text = `coalesce(cells ->> ${cell}, '')`;
  const json = () => {
    const read = readCell(type, value);
    if (!read.ok) throw new StepError('invalid_value', `Condition on "${name}": ${read.problem}.`);
    return `${parameter(JSON.stringify(read.cell))}::jsonb`;
  };
  const pattern = () => value.replace(/[\\%_]/g, '\\$&');
  switch (op) {
    case 'is':
      return `${kept} = ${json()}`;
    case 'is-not':
      return `${kept} <> ${json()}`;
    case 'contains':
      return `${text} ilike ${parameter(`%${pattern()}%`)}`;
    case 'starts':
      return `${text} ilike ${parameter(`${pattern()}%`)}`;
    case 'more':
      return `${kept} <> 'null'::jsonb and ${kept} > ${json()}`;
    case 'less':
      return `${kept} <> 'null'::jsonb and ${kept} < ${json()}`;
    case 'empty':
      return `${text} = ''`;
    case 'not-empty':
      return `${text} <> ''`;
  }
}
