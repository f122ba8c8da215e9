import { z } from 'zod';
import { elementIdSchema } from '@/lib/workflows/schema';
import { defineNode, StepError } from '../node-type/define-node';
import { checkInput, inputTypes } from './run-input';

const inputSchema = z.strictObject({
  id: elementIdSchema,
  name: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'Use letters, digits and _ only.')
    .meta({ title: 'Name' }),
  type: z
    .enum(inputTypes)
    .default('text')
    .meta({ title: 'Type', labels: { boolean: 'Yes/No', json: 'JSON' } }),
  required: z.boolean().default(false).meta({ title: 'Required' }),
  default: z.string().max(10_000).default('').meta({ title: 'Default' }),
  description: z.string().max(500).default('').meta({ title: 'Description' }),
});

/** What a start step declares: the inputs that a run takes. */
export const startConfig = z.strictObject({
  inputs: z
    .array(inputSchema)
    .max(50)
    .refine(
      (rows) => new Set(rows.map((row) => row.name)).size === rows.length,
      'Two inputs have the same name.',
    )
    .default([])
    .meta({
      title: 'Inputs',
      description: 'What people and programs enter to start a run. Use it as input.name.',
      widget: 'rows',
    }),
});

export default defineNode({
  type: 'start',
  kind: 'task',
  title: 'Start',
  summary: 'Starts the run and validates its input.',
  group: 'Triggers',
  icon: 'play',
  aliases: ['trigger', 'begin', 'manual', 'input', 'parameters', 'form', 'entry', 'run'],
  accepts: false,
  config: startConfig,
  subtitle: (config) => config.inputs.map((row) => row.name).join(', '),
  sample: {},
  async run({ scope }, config) {
    const checked = checkInput(config.inputs, scope.input ?? {});
    if (!checked.ok) throw new StepError('invalid_input', checked.problems.join(' '));
    return checked.value;
  },
});
