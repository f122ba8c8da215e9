import { type NodeContext, StepError } from '../node-type/define-node';

/** Whether a condition holds. Throws `StepError` `expression_failed` where it is neither true nor false. */
export async function holds(
  context: Pick<NodeContext, 'evaluate'>,
  condition: string,
  extra?: Record<string, unknown>,
): Promise<boolean> {
  const value = await context.evaluate(condition, extra);
  if (typeof value === 'boolean') return value;
  const message = `The condition "${condition.slice(0, 80)}" must be true or false.`;
  throw new StepError('expression_failed', message);
}
