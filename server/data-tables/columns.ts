import { randomBytes } from 'node:crypto';
import { AppError } from '@/lib/api/errors';
import type { Column, ColumnInput } from '@/lib/data-tables/schema';

/**
 * The columns that a table has from now on. Those with an id are there already and keep their type, since values were checked
 * against it. Throws `invalid_input`.
 */
export function newColumns(asked: readonly ColumnInput[], now: readonly Column[]): Column[] {
  const used = new Set<string>();
  return asked.map(({ id, name, type }, index) => {
    if (id === undefined) return { id: randomBytes(6).toString('hex'), name, type };
    const known = now.find((column) => column.id === id);
    const at = `columns.${index}`;
    if (known === undefined || used.has(id)) {
      throw new AppError('invalid_input', `${at}.id: this column is not in the table.`);
    }
    if (known.type !== type) {
      const message = `${at}.type: the type of "${known.name}" cannot be changed. Add a column of the other type.`;
      throw new AppError('invalid_input', message);
    }
    used.add(id);
    return { id, name, type };
  });
}
