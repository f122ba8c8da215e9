import { z } from 'zod';
import { defineNode } from '../node-type/define-node';

export default defineNode({
  type: 'output',
  kind: 'task',
  title: 'Output',
  summary: 'Sets the run’s result.',
  group: 'Flow',
  icon: 'flag',
  aliases: [
    'result',
    'return',
    'end',
    'finish',
    'respond',
    'response',
    'answer',
    'report',
    'format',
    'template',
    'text',
  ],
  config: z
    .strictObject({
      format: z
        .enum(['text', 'markdown', 'json'])
        .default('markdown')
        .meta({
          title: 'Format',
          help: 'Plain text, Markdown that is shown with its layout, or JSON for programs.',
          labels: { json: 'JSON' },
        }),
      template: z
        .string()
        .max(100_000)
        .default('')
        .meta({
          title: 'Text',
          description:
            'For text and Markdown. {{ steps.name.output.text }} inserts an earlier answer.',
          widget: 'template',
          when: { field: 'format', is: ['text', 'markdown'] },
        }),
      expression: z
        .string()
        .max(20_000)
        .default('')
        .meta({
          title: 'Value',
          description: 'For JSON: an expression; its value is the result.',
          widget: 'expression',
          when: { field: 'format', is: 'json' },
        }),
    })
    .check((check) => {
      const field = check.value.format === 'json' ? 'expression' : 'template';
      if (check.value[field].trim() !== '') return;
      const message =
        field === 'template'
          ? 'Enter the text of the result.'
          : 'Enter the expression of the result.';
      check.issues.push({ code: 'custom', input: check.value, path: [field], message });
    }),
  subtitle: (config) => config.format,
  sample: { format: 'markdown', text: '# Report' },
  async run(context, config) {
    if (config.format === 'json') return context.evaluate(config.expression);
    return { format: config.format, text: await context.render(config.template) };
  },
});
