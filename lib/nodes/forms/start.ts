import { z } from 'zod';
import { elementIdSchema } from '@/lib/workflows/schema';
import { defineNode, StepError } from '../node-type/define-node';
import { inputTypes } from './input-types';
import { checkInput } from './run-input';

const inputSchema = z.strictObject({
  id: elementIdSchema,
  label: z.string().max(200).default('').meta({
    title: 'Label',
    placeholder: 'Your name',
    help: 'What people read above the field. Empty: the name.',
  }),
  name: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'Use letters, digits and _ only, such as your_name.')
    .meta({
      title: 'Name',
      placeholder: 'your_name',
      help: 'Later steps name the value by it: letters, digits and underscores. Made from the label until you write it.',
      follows: 'label',
    }),
  type: z
    .enum(inputTypes)
    .default('text')
    .meta({
      title: 'Type',
      help: 'What kind of value is asked for; others are refused with a sentence.',
      labels: { longtext: 'Long text', boolean: 'Yes/No', json: 'JSON' },
    }),
  choices: z
    .string()
    .max(5_000)
    .default('')
    .meta({
      title: 'Choices',
      help: 'What can be chosen, separated by commas.',
      placeholder: 'Small, Medium, Large',
      when: { field: 'type', is: 'choice' },
    }),
  required: z
    .boolean()
    .default(false)
    .meta({ title: 'Required', help: 'Whether a run can start without it.' }),
  default: z
    .string()
    .max(10_000)
    .default('')
    .meta({ title: 'Default', help: 'The value when nothing is entered.' }),
  description: z
    .string()
    .max(500)
    .default('')
    .meta({ title: 'Description', help: 'Shown below the field to whoever starts a run.' }),
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
