import { ExpressionError } from '@/lib/expressions/values/expression-error';
import { counted, type Given, type Made } from '../operation';
import { conditionPerRow } from '../per-row';
import { listIn } from '../rows';

export type FilterSettings = {
  condition: string;
  /** Rows for which it holds, or the others. */
  keep: 'matching' | 'others';
  /** What happens where it cannot be worked out for a row. */
  onProblem: 'fail' | 'drop';
};

/** The rows for which a condition holds, in their order. */
export function filter(given: Given, { condition, keep, onProblem }: FilterSettings): Made {
  const rows = listIn(given.values.rows);
  const holds = conditionPerRow(condition, given);
  let unclear = 0;
  const kept = rows.filter((row, index) => {
    try {
      return holds(row, index) === (keep === 'matching');
    } catch (error) {
      if (onProblem === 'fail' || !ExpressionError.isInstance(error) || error.fatal) throw error;
      unclear += 1;
      return false;
    }
  });
  const left = unclear === 0 ? '' : ` ${counted(unclear)} could not be checked.`;
  return {
    output: { rows: kept, rowCount: kept.length, removed: rows.length - kept.length },
    note: `Kept ${kept.length} of ${counted(rows.length)}.${left}`,
  };
}
