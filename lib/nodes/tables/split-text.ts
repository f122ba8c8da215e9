import { z } from 'zod';
import { defineNode } from '../node-type/define-node';
import { operateOn, requiredField, rowsSetting } from './rows-setting';

export default defineNode({
  type: 'split-text',
  kind: 'task',
  title: 'Text to rows',
  summary: 'Makes a row of each line or part of a text, or of each match of a pattern.',
  group: 'Data',
  icon: 'list',
  aliases: [
    'split',
    'lines',
    'regex',
    'regular expression',
    'delimiter',
    'tokenize',
    'extract',
    'separate',
  ],
  config: z
    .strictObject({
      text: rowsSetting().min(1, 'Choose a text.').meta({
        title: 'Text',
        description: 'A text from an earlier step, such as steps.agent.output.text.',
        widget: 'expression',
        prefill: 'text',
      }),
      by: z
        .enum(['lines', 'text', 'pattern', 'found'])
        .default('lines')
        .meta({
          title: 'A row for each',
          help: 'Line, part between separators, or match of a pattern.',
          labels: {
            lines: 'Line',
            text: 'Part between separators',
            pattern: 'Part between matches of a pattern',
            found: 'Match of a pattern',
          },
        }),
      separator: z
        .string()
        .max(1_000)
        .default('')
        .meta({
          title: 'Separator',
          description: 'A text such as ; or a regular expression (RE2 syntax) such as [;,]\\s*',
          when: { field: 'by', is: ['text', 'pattern', 'found'] },
        }),
      field: requiredField({
        title: 'Field for the part',
        help: 'The name of the field of the new rows that holds the text.',
      }).default('text'),
      trim: z.boolean().default(true).meta({
        title: 'Remove spaces around each part',
        help: 'Takes blanks at both ends of each part away.',
      }),
      empty: z
        .enum(['drop', 'keep'])
        .default('drop')
        .meta({
          title: 'Empty parts',
          help: 'Whether a part with nothing in it makes a row.',
          labels: { drop: 'Leave out', keep: 'Keep' },
        }),
    })
    .check(({ value, issues }) => {
      if (value.by === 'lines' || value.separator !== '') return;
      const message = 'Enter a separator or a pattern.';
      issues.push({ code: 'custom', input: value, path: ['separator'], message });
    }),
  subtitle: (config) => (config.by === 'lines' ? 'lines' : config.separator),
  sample: { rows: [{ text: 'The first line.' }], rowCount: 1 },
  run: (context, { text, ...settings }) =>
    operateOn(context, { operation: 'splitText', lists: { text }, settings }),
});
