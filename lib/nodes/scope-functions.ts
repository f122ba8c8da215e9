import { evaluate } from '@/lib/expressions/evaluate';
import { ExpressionError } from '@/lib/expressions/expression-error';
import { render } from '@/lib/expressions/render';
import { type NodeContext, type Scope, StepError } from './define-node';

/** `evaluate` and `render` of a node's context over one scope; their errors are `StepError` `expression_failed`. */
export function scopeFunctions(scope: Scope): Pick<NodeContext, 'scope' | 'evaluate' | 'render'> {
  const { names, ...common } = scope;
  const entries = { ...names, ...common };
  return {
    scope,
    evaluate: (expression, extra) =>
      failing(expression, () => evaluate(expression, entries, extra)),
    render: (template) => failing(template, () => render(template, entries)),
  };
}

function failing<Value>(source: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const part = source
      .slice(error.range.start, Math.min(error.range.end, error.range.start + 80))
      .trim();
    throw new StepError(
      'expression_failed',
      part ? `${error.message} (in "${part}")` : error.message,
      { cause: error },
    );
  }
}
