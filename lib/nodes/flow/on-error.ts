import { z } from 'zod';
import { defineNode } from '../node-type/define-node';

export default defineNode({
  type: 'on-error',
  kind: 'handler',
  title: 'On error',
  summary: 'Runs when the run is about to fail; “error” says what went wrong.',
  group: 'Flow',
  icon: 'shield-alert',
  aliases: ['error', 'catch', 'exception', 'failure', 'try', 'handler', 'retry', 'alert', 'fail'],
  accepts: false,
  config: z.strictObject({}),
  subtitle: () => 'when the run fails',
  sample: { code: 'timed_out', message: 'The step timed out after 300 s.', step: 'fetch' },
  async run(context) {
    return context.scope.names?.error ?? null;
  },
});
