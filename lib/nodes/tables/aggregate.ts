import { z } from 'zod';
import type { AggregateSettings } from '@/lib/tables/operations/aggregate';
import { keysOf } from '@/lib/values/keys-of';
import { defineNode } from '../node-type/define-node';
import { fieldName, operateOn, rowExpression, rowsSetting } from './rows-setting';

const separators = {
  line: '\n',
  comma: ', ',
  semicolon: '; ',
  space: ' ',
  blank: '\n\n',
  none: '',
};

const configSchema = z
  .strictObject({
    rows: rowsSetting(),
    into: z
      .enum(['list', 'text', 'object'])
      .default('text')
      .meta({
        title: 'Into',
        help: 'A list of single values, one text, or one object with a name for each value.',
        labels: {
          list: 'A list of values',
          text: 'One text',
          object: 'An object with a name for each row',
        },
      }),
    key: fieldName({ title: 'Field for the name' })
      .default('')
      .meta({
        title: 'Field for the name',
        help: 'The field whose value is the name under which the row’s value stands.',
        when: { field: 'into', is: 'object' },
      }),
    field: fieldName({ title: 'Field for the value' })
      .default('')
      .meta({
        title: 'Field for the value',
        description: 'Empty: the whole row.',
        when: { field: 'into', is: ['list', 'object'] },
      }),
    expression: rowExpression({
      title: 'Text for each row',
      description: 'Such as row.name + ": " + string(row.amount). Empty: the row itself.',
      when: { field: 'into', is: 'text' },
    }).default(''),
    separator: z
      .enum(keysOf(separators))
      .default('line')
      .meta({
        title: 'Between the texts',
        help: 'What stands between two texts: a line break, a comma, or nothing.',
        labels: {
          line: 'A new line',
          comma: 'A comma',
          semicolon: 'A semicolon',
          space: 'A space',
          blank: 'An empty line',
          none: 'Nothing',
        },
        when: { field: 'into', is: 'text' },
      }),
  })
  .check(({ value, issues }) => {
    if (value.into !== 'object' || value.key !== '') return;
    const message = 'Enter the name of a field.';
    issues.push({ code: 'custom', input: value, path: ['key'], message });
  });

export default defineNode({
  type: 'aggregate',
  kind: 'task',
  title: 'Aggregate',
  summary: 'Makes one list, text or object of all rows.',
  group: 'Data',
  icon: 'layers',
  aliases: ['collect', 'concatenate', 'concat', 'join texts', 'reduce', 'bundle', 'pluck'],
  config: configSchema,
  subtitle: (config) => config.into,
  sample: { text: 'Ada: 120', list: [120], object: { Ada: 120 }, count: 1 },
  run: (context, config) =>
    operateOn(context, {
      operation: 'aggregate',
      lists: { rows: config.rows },
      settings: settingsOf(config),
    }),
});

function settingsOf({
  into,
  key,
  field,
  expression,
  separator,
}: z.infer<typeof configSchema>): AggregateSettings {
  if (into === 'list') return { into, field };
  if (into === 'object') return { into, key, field };
  return { into, expression, separator: separators[separator] };
}
