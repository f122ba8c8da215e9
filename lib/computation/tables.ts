import { compileExpression } from '@/lib/expressions/evaluate';
import type { Budget } from '@/lib/expressions/values/budget';
import type { Entries } from '@/lib/expressions/values/values';
import type { Made } from '@/lib/tables/operation';
import { operate, type TableAsk } from '@/lib/tables/operations';
import { isRecord } from '@/lib/values/unknown';
import { failureOf, payForBringing, type TextFailure } from './texts';

/** One operation on lists, with what is left of its step's budget. As plain data. */
export type TableJob = TableAsk & { names: Entries; budget: Budget };

export type TableDone = ({ ok: true; made: Made } | { ok: false; error: TextFailure }) & {
  budget: Budget;
  /** The expression that failed; absent where the operation itself did. */
  source?: string;
};

/** Does it on whatever thread this runs. Never throws for what expressions and rows hold. */
export function workOutTable(job: TableJob): TableDone {
  const budget = { ...job.budget };
  let source: string | undefined;
  try {
    payForBringing(job.names, budget);
    const values: Entries = {};
    for (const [name, expression] of Object.entries(job.lists)) {
      source = expression;
      values[name] = compileExpression(expression, job.names, budget)();
    }
    source = undefined;
    const given = { values, names: job.names, budget };
    return { ok: true, made: operate(job.operation, given, job.settings), budget };
  } catch (error) {
    const failure = { ok: false as const, error: failureOf(error, source ?? ''), budget };
    return source === undefined ? failure : { ...failure, source };
  }
}

/** All texts of a job's settings: what they do not name need not be brought to a thread. */
export function textsOf({ lists, settings }: TableAsk): { text: string }[] {
  const texts: { text: string }[] = [];
  const collect = (value: unknown) => {
    if (typeof value === 'string') texts.push({ text: value });
    else if (Array.isArray(value)) value.forEach(collect);
    else if (isRecord(value)) Object.values(value).forEach(collect);
  };
  collect(lists);
  collect(settings);
  return texts;
}
