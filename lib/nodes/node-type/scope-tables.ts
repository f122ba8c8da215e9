import { isCheap, namesIn, quickBudget } from '@/lib/computation/cheap';
import { type TableDone, type TableJob, textsOf, workOutTable } from '@/lib/computation/tables';
import type { Budget } from '@/lib/expressions/values/budget';
import type { Entries } from '@/lib/expressions/values/values';
import { tableBudget } from '@/lib/tables/limits';
import type { TableAsk } from '@/lib/tables/operations';
import { type NodeContext, StepError } from './define-node';

/**
 * `table` of a node's context. What is cheap is done in place, all else `elsewhere`; one budget serves all calls of a
 * step.
 */
export function tableFunction(
  entries: Entries,
  elsewhere: (job: TableJob) => Promise<TableDone>,
): NodeContext['table'] {
  let budget = tableBudget();
  const pay = (given: Budget, left: Budget) => {
    budget = {
      left: budget.left - (given.left - left.left),
      bytes: budget.bytes - (given.bytes - left.bytes),
    };
  };
  return async (asked) => {
    const texts = textsOf(asked);
    const job = { ...asked, names: namesIn(texts, entries) };
    if (!hasPattern(asked) && isCheap({ texts, names: job.names })) {
      const part = quickBudget(budget);
      const done = workOutTable({ ...job, budget: part });
      if (Math.min(done.budget.left, done.budget.bytes) >= 0) {
        pay(part, done.budget);
        return madeOf(done);
      }
    }
    const done = await elsewhere({ ...job, budget });
    pay(budget, done.budget);
    return madeOf(done);
  };
}

/** Nobody knows beforehand what it takes to read a pattern. */
function hasPattern(asked: TableAsk): boolean {
  return asked.operation === 'splitText' && ['pattern', 'found'].includes(asked.settings.by);
}

function madeOf(done: TableDone) {
  if (done.ok) return done.made;
  const { message, range } = done.error;
  if (done.source === undefined) throw new StepError('invalid_rows', message);
  const part = done.source.slice(range.start, Math.min(range.end, range.start + 80)).trim();
  throw new StepError('expression_failed', part ? `${message} (in "${part}")` : message);
}
