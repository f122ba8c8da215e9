import { z } from 'zod';
import { elementIdSchema } from '@/lib/workflows/schema';
import { defineNode } from '../node-type/define-node';

const fieldSchema = z.strictObject({
  id: elementIdSchema,
  name: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'Use letters, digits and _ only.')
    .refine(
      (name) => !['__proto__', 'constructor', 'prototype'].includes(name),
      'This name is reserved.',
    )
    .meta({ title: 'Name', help: 'Later steps read it as output.name.' }),
  expression: z
    .string({ error: 'Enter an expression.' })
    .min(1, 'Enter an expression.')
    .max(20_000)
    .meta({
      title: 'Expression',
      help: 'How the value is worked out, such as input.price * input.quantity.',
      widget: 'expression',
      names: ['fields'],
    }),
});

export default defineNode({
  type: 'transform',
  kind: 'task',
  title: 'Transform',
  summary: 'Computes new values from earlier ones.',
  group: 'Data',
  icon: 'shuffle',
  aliases: [
    'calculate',
    'compute',
    'formula',
    'expression',
    'code',
    'variable',
    'edit',
    'convert',
    'math',
    'number',
    'function',
  ],
  config: z
    .strictObject({
      fields: z
        .array(fieldSchema)
        .max(100)
        .refine(
          (rows) => new Set(rows.map((row) => row.name)).size === rows.length,
          'Two fields have the same name.',
        )
        .default([])
        .meta({
          title: 'Fields',
          description: 'Calculated in order; later fields can use earlier ones as fields.name',
          widget: 'rows',
        }),
      expression: z.string().max(20_000).default('').meta({
        title: 'Single expression',
        description: 'Replaces the fields: its value is the whole output.',
        widget: 'expression',
      }),
    })
    .refine(
      (config) => config.fields.length > 0 || config.expression.trim() !== '',
      'Add a field or enter an expression.',
    ),
  subtitle: (config) => config.fields.map((row) => row.name).join(', ') || config.expression,
  sample: {},
  async run(context, config) {
    if (config.fields.length === 0) return context.evaluate(config.expression);
    return context.evaluateAll(config.fields, 'fields');
  },
});
