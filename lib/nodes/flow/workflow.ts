import { z } from 'zod';
import { elementIdSchema } from '@/lib/workflows/schema';
import { defineNode, StepError, suspend } from '../node-type/define-node';

const inputSchema = z.strictObject({
  id: elementIdSchema,
  name: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'Use letters, digits and _ only.')
    .meta({ title: 'Name', help: 'The name of the input of the other workflow.' }),
  expression: z
    .string({ error: 'Enter an expression.' })
    .min(1, 'Enter an expression.')
    .max(20_000)
    .meta({
      title: 'Value',
      help: 'An expression; its value is what the input gets.',
      widget: 'expression',
    }),
});

export default defineNode({
  type: 'workflow',
  kind: 'task',
  title: 'Run a workflow',
  summary: 'Runs another workflow and waits for its result.',
  group: 'Flow',
  outward: 'This runs the other workflow, with all that it does.',
  icon: 'workflow',
  aliases: [
    'subflow',
    'sub workflow',
    'call',
    'execute workflow',
    'subprocess',
    'child',
    'reuse',
    'module',
    'nested',
  ],
  config: z.strictObject({
    workflowId: z.uuid({ error: 'Choose a workflow.' }).meta({
      title: 'Workflow',
      description: 'Only published workflows can be run.',
      widget: 'workflow',
      merge: 'ask',
    }),
    version: z.int().min(1).max(2_147_483_647).optional().meta({
      title: 'Version',
      description: 'The version number. Empty: the version that is live when the step runs.',
    }),
    inputs: z
      .array(inputSchema)
      .max(50)
      .refine(
        (rows) => new Set(rows.map((row) => row.name)).size === rows.length,
        'Two inputs have the same name.',
      )
      .default([])
      .meta({ title: 'Inputs', description: 'The values it starts with.', widget: 'rows' }),
  }),
  subtitle: ({ version }) => (version === undefined ? 'live version' : `version ${version}`),
  sample: { format: 'markdown', text: '# Report' },
  async run(context, config) {
    const { workflowId, version, inputs } = config;
    if (context.memo === undefined) {
      const input = await context.evaluateAll(inputs);
      return suspend({
        kind: 'children',
        memo: {},
        children: {
          of: { kind: 'workflow', workflowId, ...(version === undefined ? {} : { version }) },
          inputs: [input],
          concurrency: 1,
          failFast: true,
          round: 0,
        },
      });
    }
    const [outcome] = await context.children(0);
    if (outcome?.ok) return outcome.output;
    const { code = 'not_run', message = 'The workflow was not run.' } = outcome?.error ?? {};
    throw new StepError(code, message);
  },
});
