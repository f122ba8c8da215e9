import { z } from 'zod';
import { defineNode, StepError } from '../node-type/define-node';

export default defineNode({
  type: 'stop',
  kind: 'stop',
  title: 'Stop',
  summary: 'Ends the run immediately, as succeeded or failed.',
  group: 'Flow',
  icon: 'octagon-x',
  aliases: ['end', 'exit', 'abort', 'cancel', 'terminate', 'quit', 'finish', 'throw'],
  ports: [],
  config: z.strictObject({
    as: z.enum(['success', 'failure']).default('success').meta({
      title: 'End the run as',
      description: 'Everything still running is cancelled.',
    }),
    result: z.string().max(20_000).default('').meta({
      title: 'Result',
      description: 'The run’s result. Empty: null.',
      widget: 'expression',
    }),
    message: z.string().max(2_000).default('').meta({
      title: 'Message',
      description: 'Why the run failed.',
      widget: 'template',
    }),
  }),
  subtitle: (config) => (config.as === 'failure' ? config.message || 'as failed' : config.result),
  sample: 'The result.',
  async run(context, config) {
    if (config.as === 'failure') {
      throw new StepError(
        'stopped',
        (await context.render(config.message)) || 'The workflow stopped here.',
      );
    }
    return config.result.trim() === '' ? null : await context.evaluate(config.result);
  },
});
