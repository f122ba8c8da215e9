import { expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import { definitionSchema } from '../schema';
import { findProblems } from './problems';

const tables = [{ name: 'Events', columns: ['action', 'repository'] }];

function found(config: Record<string, unknown>, type = 'add-table-rows') {
  const definition = definitionSchema.parse({
    name: 'Store events',
    nodes: [{ id: 'add', key: 'add', type, name: 'Add', position: { x: 0, y: 0 }, config }],
    edges: [],
  });
  return findProblems(definition, catalogue, { tables })
    .filter(({ code }) => ['unknown_table', 'unknown_column', 'no_values'].includes(code))
    .map(({ code, path }) => `${code} ${path?.join('.')}`);
}

const value = (column: string) => ({ id: `c_${column.trim()}`, column, value: 'x' });

test('a column that the table does not have is a problem before the run', () => {
  const values = [value('action'), value('Repo')];
  expect(found({ table: 'Events', values })).toEqual(['unknown_column values.1.column']);
});

test('names that differ in case or blanks alone fit, as they do in the run', () => {
  expect(found({ table: 'Events', values: [value('Action '), value('REPOSITORY')] })).toEqual([]);
});

test('a row without any value is warned of, a list of rows is not', () => {
  expect(found({ table: 'Events' })).toEqual(['no_values values']);
  expect(found({ table: 'Events', values: [] }, 'update-table-rows')).toEqual(['no_values values']);
  expect(found({ table: 'Events', source: 'list', rows: 'input.rows' })).toEqual([]);
});

test('a table that is not there is the only problem of its step', () => {
  expect(found({ table: 'Gone', values: [value('Repo')] })).toEqual(['unknown_table table']);
  expect(found({ table: '', values: [value('Repo')] })).toEqual([]);
});

test('what the product keeps of each row can be sorted by, but not written', () => {
  const sort = [{ id: 's', column: 'createdAt', order: 'down' }];
  expect(found({ table: 'Events', sort }, 'find-table-rows')).toEqual([]);
  expect(found({ table: 'Events', values: [value('createdAt')] })).toEqual([
    'unknown_column values.0.column',
  ]);
});

test('a bare name where rows are worked on is answered with the right form', () => {
  const definition = definitionSchema.parse({
    name: 'Large orders',
    nodes: [
      {
        ...{ id: 'f', key: 'f', type: 'filter', name: 'F', position: { x: 0, y: 0 } },
        config: { rows: 'input.orders', condition: 'amount > 100' },
      },
    ],
    edges: [],
  });
  const messages = findProblems(definition, catalogue, {}).map(({ message }) => message);
  expect(messages).toContain(
    'There is no value named "amount" here. For a field of the row write row.amount.',
  );
});
