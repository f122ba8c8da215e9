import { z } from 'zod';
import { defineTool } from '../define-tool';

export default defineTool({
  name: 'calculate',
  title: 'Calculator',
  description:
    'Works out an expression exactly: numbers with + - * / %, comparisons, lists, texts and dates, such as (1250.0 * 0.19) or [3, 1, 2].sort(). Use it for every figure that has to be right.',
  input: z.strictObject({
    expression: z.string().min(1).max(2_000),
    values: z
      .record(z.string().regex(/^[a-z][A-Za-z0-9_]{0,40}$/), z.unknown())
      .default({})
      .describe('Values that the expression names.'),
  }),
  effect: 'read',
  risk: 0,
  approval: 'never',
  permission: 'runs.read',
  run: async ({ expression, values }, context) => ({
    value: await context.evaluate(expression, values),
  }),
});
