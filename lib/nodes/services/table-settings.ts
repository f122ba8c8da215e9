import { z } from 'zod';
import {
  type Condition,
  conditionOps,
  type Selection,
  type TableAnswer,
  type TableCall,
} from '@/lib/data-tables/calls';
import { maxRowsAtOnce } from '@/lib/data-tables/schema';
import { isRecord } from '@/lib/values/unknown';
import { elementIdSchema } from '@/lib/workflows/schema';
import { type NodeContext, StepError } from '../node-type/define-node';

/** The table that a step works on, by its name. */
export const tableSetting = () =>
  z.string({ error: 'Choose a table.' }).min(1, 'Choose a table.').max(100).meta({
    title: 'Table',
    description: 'A table of this workspace. New ones are made under Tables.',
    widget: 'table',
  });

const column = z
  .string({ error: 'Enter the name of a column.' })
  .min(1, 'Enter the name of a column.')
  .max(60)
  .meta({ title: 'Column', help: 'The name of a column of the table.', columns: 'table' });

/** Where the rows that are written come from. */
export const rowsSettings = {
  source: z
    .enum(['values', 'list'])
    .default('values')
    .meta({
      title: 'Write',
      help: 'One row that is entered here, or a list of rows from an earlier step.',
      labels: { values: 'One row', list: 'A list of rows' },
    }),
  values: z
    .array(
      z.strictObject({
        id: elementIdSchema,
        column,
        value: z.string().max(20_000).default('').meta({
          title: 'Value',
          help: 'What stands in the column; {{ }} inserts earlier values.',
          widget: 'template',
        }),
      }),
    )
    .max(50)
    .default([])
    .meta({
      title: 'Values',
      help: 'A value for each column that is written.',
      widget: 'rows',
      when: { field: 'source', is: 'values' },
    }),
  rows: z
    .string()
    .max(20_000)
    .default('')
    .meta({
      title: 'Rows',
      description:
        'A list from an earlier step, such as steps.read_file.output.rows. Its fields are the columns.',
      widget: 'expression',
      prefill: 'rows',
      when: { field: 'source', is: 'list' },
    }),
  extra: z
    .enum(['fail', 'ignore'])
    .default('fail')
    .meta({
      title: 'Fields without a column',
      help: 'What happens with a field of a row for which the table has no column.',
      labels: { fail: 'Fail the step', ignore: 'Leave out' },
      when: { field: 'source', is: 'list' },
    }),
};

/** Which rows are meant. */
export const selectionSettings = {
  conditions: z
    .array(
      z.strictObject({
        id: elementIdSchema,
        column,
        op: z
          .enum(conditionOps)
          .default('is')
          .meta({
            title: 'Condition',
            help: 'How the value of the column is compared.',
            labels: {
              is: 'is',
              'is-not': 'is not',
              contains: 'contains',
              starts: 'starts with',
              more: 'is more than, or after',
              less: 'is less than, or before',
              empty: 'is empty',
              'not-empty': 'is not empty',
            },
          }),
        value: z
          .string()
          .max(8_000)
          .default('')
          .meta({
            title: 'Value',
            help: 'What the column is compared with; {{ }} inserts earlier values.',
            widget: 'template',
            when: { field: 'op', is: ['is', 'is-not', 'contains', 'starts', 'more', 'less'] },
          }),
      }),
    )
    .max(20)
    .default([])
    .meta({
      title: 'Conditions',
      help: 'Which rows are meant. Without any, all of them.',
      widget: 'rows',
    }),
  match: z
    .enum(['all', 'any'])
    .default('all')
    .meta({
      title: 'Match',
      help: 'Whether a row must meet all conditions or one of them.',
      labels: { all: 'All conditions', any: 'Any condition' },
    }),
};

type RowsConfig = {
  source: 'values' | 'list';
  values: { column: string; value: string }[];
  rows: string;
};
type Asking = Pick<NodeContext, 'render' | 'evaluate'>;

/** The rows of the settings. Throws `StepError` `invalid_rows`. */
export async function rowsOf(
  context: Asking,
  { source, values, rows }: RowsConfig,
): Promise<Record<string, unknown>[]> {
  if (source === 'values') {
    const row: Record<string, unknown> = {};
    for (const { column: name, value } of values) row[name] = await context.render(value);
    if (values.length === 0) throw new StepError('invalid_rows', 'Enter at least one value.');
    return [row];
  }
  if (rows.trim() === '') throw new StepError('invalid_rows', 'Choose the list of rows.');
  const list = await context.evaluate(rows);
  if (!Array.isArray(list)) throw new StepError('invalid_rows', '“Rows” is not a list.');
  if (list.length > maxRowsAtOnce) {
    const message = `There are ${list.length} rows; a step writes at most ${maxRowsAtOnce}. Split the list with For each or Limit.`;
    throw new StepError('invalid_rows', message);
  }
  return list.map((row: unknown, index) => {
    if (isRecord(row)) return row;
    throw new StepError(
      'invalid_rows',
      `Row ${index + 1} of the list is not an object with fields.`,
    );
  });
}

type SelectionConfig = {
  conditions: { column: string; op: Condition['op']; value: string }[];
  match: 'all' | 'any';
};

export async function selectionOf(
  context: Asking,
  { conditions, match }: SelectionConfig,
): Promise<Selection> {
  const rendered: Condition[] = [];
  for (const { column: name, op, value } of conditions)
    rendered.push({ column: name, op, value: await context.render(value) });
  return { conditions: rendered, match };
}

/** Does it, or says what a live run would do. */
export async function writeTable(
  context: NodeContext,
  call: TableCall,
  rehearsed: string,
): Promise<Partial<TableAnswer> & { rehearsed?: true }> {
  if (context.scope.run.mode === 'rehearsal') {
    context.note?.(`Rehearsed: ${rehearsed}`);
    return { rows: [], rowCount: 0, added: 0, updated: 0, deleted: 0, rehearsed: true };
  }
  const { before, ...answer } = await context.service('table', call);
  if (before)
    context.note?.('An earlier attempt had done this already; nothing was written again.');
  return answer;
}

const sampleRow = { email: 'ada@example.com', orders: 3, id: 'row', createdAt: '', updatedAt: '' };
export const sampleWritten = { rows: [sampleRow], rowCount: 1, added: 1, updated: 0, deleted: 0 };
