import { z } from 'zod';
import type { FieldChange } from '@/lib/tables/operations/set-fields';
import { defineNode } from '../node-type/define-node';
import {
  fieldName,
  operateOn,
  requiredField,
  rowExpression,
  rowId,
  rowsSetting,
  sampleRows,
} from './rows-setting';

const changeSchema = z
  .strictObject({
    id: rowId,
    action: z
      .enum(['set', 'rename', 'remove'])
      .default('set')
      .meta({
        title: 'Action',
        help: 'Set a field, rename it, or remove it.',
        labels: { set: 'Set a field', rename: 'Rename a field', remove: 'Remove a field' },
      }),
    name: requiredField({
      title: 'Field',
      help: 'The name of the field that is set, renamed or removed.',
    }),
    expression: rowExpression({
      title: 'Value',
      description: 'For each row, such as row.price * row.quantity. It sees the changes above it.',
      when: { field: 'action', is: 'set' },
    }).default(''),
    to: fieldName({ title: 'New name' })
      .default('')
      .meta({
        title: 'New name',
        help: 'What the field is called from now on.',
        when: { field: 'action', is: 'rename' },
      }),
  })
  .check(({ value, issues }) => {
    const wanted = value.action === 'set' ? 'expression' : value.action === 'rename' ? 'to' : null;
    if (wanted === null || value[wanted].trim() !== '') return;
    const message = wanted === 'to' ? 'Enter the new name.' : 'Enter the value.';
    issues.push({ code: 'custom', input: value, path: [wanted], message });
  });

export default defineNode({
  type: 'set-fields',
  kind: 'task',
  title: 'Set fields',
  summary: 'Adds, changes, renames or removes fields of each row.',
  group: 'Data',
  icon: 'table-properties',
  aliases: [
    'edit fields',
    'set',
    'add column',
    'rename',
    'column',
    'map',
    'field',
    'edit',
    'remove column',
    'calculate',
    'assign',
    'variable',
    'formula',
  ],
  config: z.strictObject({
    rows: rowsSetting(),
    changes: z.array(changeSchema).min(1, 'Add a field.').max(100).meta({
      title: 'Fields',
      description: 'Done from top to bottom.',
      widget: 'rows',
    }),
    keep: z
      .enum(['all', 'changed'])
      .default('all')
      .meta({
        title: 'Other fields',
        help: 'Keep the fields that are not named here, or leave them out.',
        labels: { all: 'Keep all', changed: 'Remove: keep only those set or renamed here' },
      }),
  }),
  subtitle: (config) => config.changes.map(({ name }) => name).join(', '),
  sample: sampleRows,
  run: (context, { rows, changes, keep }) =>
    operateOn(context, {
      operation: 'setFields',
      lists: { rows },
      settings: { changes: changes.map(changeOf), keep },
    }),
});

function changeOf({ action, name, expression, to }: z.infer<typeof changeSchema>): FieldChange {
  if (action === 'set') return { action, name, expression };
  return action === 'rename' ? { action, name, to } : { action, name };
}
