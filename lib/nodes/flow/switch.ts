import { z } from 'zod';
import { elementIdSchema } from '@/lib/workflows/schema';
import { defineNode } from '../node-type/define-node';
import { holds } from './condition';

const caseSchema = z.strictObject({
  id: elementIdSchema.refine((id) => id !== 'else', '"else" is reserved.'),
  label: z
    .string()
    .max(100)
    .default('')
    .meta({ title: 'Label', help: 'The name of the output on the canvas.' }),
  condition: z
    .string({ error: 'Enter a condition.' })
    .min(1, 'Enter a condition.')
    .max(20_000)
    .meta({
      title: 'Condition',
      help: 'An expression that is true or false, such as input.amount > 100.',
      widget: 'expression',
      condition: true,
    }),
});

export default defineNode({
  type: 'switch',
  kind: 'switch',
  title: 'Switch',
  summary: 'Takes the first matching case.',
  group: 'Flow',
  icon: 'split',
  aliases: [
    'case',
    'branch',
    'cases',
    'route',
    'choose',
    'multiple',
    'condition',
    'otherwise',
    'path',
  ],
  config: z.strictObject({
    cases: z.array(caseSchema).min(1, 'Add a case.').max(50).meta({
      title: 'Cases',
      description: 'Checked from top to bottom; “Else” if none matches.',
      widget: 'rows',
    }),
    mode: z.enum(['first', 'all']).default('first').meta({
      title: 'Take',
      description: 'The first matching case, or all of them.',
    }),
  }),
  ports: (config) => [
    // A half-written config has no cases yet: what is left is "else".
    ...(config.cases ?? []).map((row, index) => ({
      id: row.id,
      label: row.label || `Case ${index + 1}`,
    })),
    { id: 'else', label: 'Else' },
  ],
  subtitle: (config) => config.cases.map((row) => row.label || row.condition).join(' · '),
  sample: { taken: ['Case 1'] },
  async choose(context, config) {
    const taken: { id: string; label: string; condition: string }[] = [];
    for (const [index, row] of config.cases.entries()) {
      if (!(await holds(context, row.condition))) continue;
      taken.push({ id: row.id, label: row.label || `Case ${index + 1}`, condition: row.condition });
      if (config.mode === 'first') break;
    }
    if (taken.length === 0)
      return { ports: ['else'], output: { taken: ['Else'] }, reason: 'No case matched.' };
    return {
      ports: taken.map((row) => row.id),
      output: { taken: taken.map((row) => row.label) },
      reason: taken.map((row) => `${row.label}: ${row.condition} is true.`).join(' '),
    };
  },
});
