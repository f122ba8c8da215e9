import { z } from 'zod';
import { forbiddenKeys } from '@/lib/expressions/values/values';
import type { TableAsk } from '@/lib/tables/operations';
import { elementIdSchema } from '@/lib/workflows/schema';
import type { NodeContext } from '../node-type/define-node';
import type { Columns } from '../node-type/form-fields';

/** The list that a step works on. */
export const rowsSetting = (title = 'Rows', more = '') =>
  z
    .string({ error: 'Choose a list.' })
    .min(1, 'Choose a list.')
    .max(20_000)
    .meta({
      title,
      description: `A list from an earlier step, such as steps.read_file.output.rows.${more}`,
      widget: 'expression',
      ...(title === 'Rows' ? { prefill: 'rows' } : {}),
    });

/** An expression that is worked out for each row. */
export const rowExpression = (meta: {
  title: string;
  description?: string;
  when?: object;
  condition?: true;
}) =>
  z
    .string({ error: 'Enter an expression.' })
    .max(20_000)
    .meta({ widget: 'expression', names: ['row', 'index'], ...meta });

/** The name of a field of rows. */
export const fieldName = (meta: {
  title: string;
  description?: string;
  help?: string;
  placeholder?: string;
  /** A field that the rows have, so that those can be offered. */
  columns?: Columns;
}) =>
  z
    .string({ error: 'Enter the name of a field.' })
    .max(200)
    .refine((name) => !forbiddenKeys.has(name), 'This name is reserved.')
    .meta(meta);

/** The same where it may not be empty. */
export const requiredField = (meta: Parameters<typeof fieldName>[0]) =>
  fieldName(meta).min(1, 'Enter the name of a field.');

export { elementIdSchema as rowId };

/** A table and its sample as expressions see it. */
export const sampleRows = { rows: [{ customer: 'Ada', amount: 120 }], rowCount: 1 };

/** Does it and says what happened. */
export async function operateOn(
  context: Pick<NodeContext, 'table' | 'note'>,
  asked: TableAsk,
): Promise<unknown> {
  const { output, note } = await context.table(asked);
  if (note !== undefined) context.note?.(note);
  return output;
}
