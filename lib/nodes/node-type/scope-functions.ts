import { isCheap, namesIn, quickBudget } from '@/lib/computation/cheap';
import { type TableDone, type TableJob, workOutTable } from '@/lib/computation/tables';
import {
  type Text,
  type TextFailure,
  type TextsDone,
  type TextsJob,
  workOut,
} from '@/lib/computation/texts';
import { type Budget, newBudget } from '@/lib/expressions/values/budget';
import { type NodeContext, type Scope, StepError } from './define-node';
import { tableFunction } from './scope-tables';

/** Works things out where nobody else waits for the processor. Throws `StepError` when they take too much. */
export type Elsewhere = {
  texts(job: TextsJob): Promise<TextsDone>;
  table(job: TableJob): Promise<TableDone>;
};

const here: Elsewhere = {
  texts: async (job) => workOut(job),
  table: async (job) => workOutTable(job),
};

/** The result of each text, the failed ones included. */
export type Each = (texts: Text[]) => Promise<TextsDone['results']>;

type Functions = Pick<NodeContext, 'scope' | 'evaluate' | 'evaluateAll' | 'render' | 'table'> & {
  each: Each;
};

/**
 * `evaluate` and `render` of a node's context over one scope; their errors are `StepError` `expression_failed`. All
 * texts of the scope share one budget. What is cheap is worked out in place, all else `elsewhere`.
 */
export function scopeFunctions(scope: Scope, elsewhere: Elsewhere = here): Functions {
  const { names, ...common } = scope;
  const entries = { ...names, ...common };
  let budget = newBudget();

  const pay = (given: Budget, left: Budget) => {
    budget = {
      left: budget.left - (given.left - left.left),
      bytes: budget.bytes - (given.bytes - left.bytes),
    };
  };
  const work = async (job: Omit<TextsJob, 'budget'>): Promise<TextsDone['results']> => {
    const asked = { ...job, names: namesIn(job.texts, job.names) };
    if (isCheap(asked)) {
      const part = quickBudget(budget);
      const done = workOut({ ...asked, budget: part });
      if (Math.min(done.budget.left, done.budget.bytes) >= 0) {
        pay(part, done.budget);
        return done.results;
      }
    }
    const whole = budget;
    try {
      const done = await elsewhere.texts({ ...asked, budget: whole });
      pay(whole, done.budget);
      return done.results;
    } catch (error) {
      const stopped = stoppedBy(error);
      // Nobody knows which of them it was.
      return job.texts.map(() => ({ ok: false, error: stopped }));
    }
  };
  const values = async (job: Omit<TextsJob, 'budget' | 'each'>): Promise<unknown[]> => {
    const results = await work(job);
    return results.map((result, index) => {
      if (result.ok) return result.value;
      throw failed(job.texts[index]?.text ?? '', result.error);
    });
  };
  return {
    scope,
    async evaluate(expression, extra) {
      const texts = [{ as: 'expression' as const, text: expression }];
      const [value] = await values({ texts, names: { ...entries, ...extra } });
      return value;
    },
    async evaluateAll(rows, together) {
      const texts = rows.map(({ name, expression }) => ({
        as: 'expression' as const,
        text: expression,
        name,
      }));
      const found = await values({ texts, names: entries, ...(together ? { together } : {}) });
      return Object.fromEntries(rows.map(({ name }, index) => [name, found[index]]));
    },
    async render(template) {
      const texts = [{ as: 'template' as const, text: template }];
      const [text] = await values({ texts, names: entries });
      return String(text);
    },
    table: tableFunction(entries, elsewhere.table),
    each: (texts) => work({ texts, names: entries, each: true }),
  };
}

/** What stopped the work, for whoever wrote the text. What may do later is no fault of the text, and thrown on. */
function stoppedBy(error: unknown): TextFailure {
  const { retryable, code, message } = error as Partial<StepError>;
  if (retryable !== false || typeof code !== 'string') throw error;
  return { message: String(message), range: { start: 0, end: 0 }, fatal: true };
}

function failed(source: string, { message, range }: TextFailure): StepError {
  const part = source.slice(range.start, Math.min(range.end, range.start + 80)).trim();
  return new StepError('expression_failed', part ? `${message} (in "${part}")` : message);
}
