import { evaluate } from '@/lib/expressions/evaluate';
import { render } from '@/lib/expressions/render';
import { type Budget, spend } from '@/lib/expressions/values/budget';
import { ExpressionError, type TextRange } from '@/lib/expressions/values/expression-error';
import { type Entries, measure, toJson } from '@/lib/expressions/values/values';

/** A text of a step's settings. */
export type Text = {
  as: 'expression' | 'template';
  text: string;
  /** What later texts of the same job call its value, below {@link TextsJob.together}. */
  name?: string;
  /** Wanted is what people see of the value: its text, or its JSON on several lines, up to so many characters. */
  shown?: number;
};

/** Texts to be worked out over the same names, with what is left of their step's budget. As plain data. */
export type TextsJob = {
  texts: Text[];
  names: Entries;
  budget: Budget;
  /** The name of an object with the values so far, which each text sees. */
  together?: string;
  /** Whether to go on after a text that fails. */
  each?: boolean;
};

export type TextFailure = { message: string; range: TextRange; fatal: boolean };
export type TextResult = { ok: true; value: unknown } | { ok: false; error: TextFailure };
/** Results in the order of the texts, up to the first that failed; and what is left of the budget. */
export type TextsDone = { results: TextResult[]; budget: Budget };

/** Works texts out, on whatever thread this runs. Never throws for what the texts hold. */
export function workOut({ texts, names, budget, together, each }: TextsJob): TextsDone {
  const left = { ...budget };
  const results: TextResult[] = [];
  const known: Entries = {};
  for (const { as, text, name, shown } of texts) {
    const extra = together === undefined ? undefined : { [together]: { ...known } };
    try {
      spend(left, 1 + Object.keys(known).length);
      const value =
        as === 'template' ? render(text, names, extra, left) : evaluate(text, names, extra, left);
      if (name !== undefined) known[name] = value;
      results.push({
        ok: true,
        value: shown === undefined ? value : show(as, value, shown, left),
      });
    } catch (error) {
      results.push({ ok: false, error: failureOf(error, text) });
      if (!each) break;
    }
  }
  return { results, budget: left };
}

function show(as: Text['as'], value: unknown, most: number, budget: Budget): string {
  if (as === 'template') return String(value).slice(0, most);
  const text = toJson(value, budget);
  // Lines and their beginnings may be many times the text.
  return (text.length > most ? text : toJson(value, budget, 2)).slice(0, most);
}

/** Pays for values that were brought to another thread: as large as they are, each time. */
export function payForBringing(names: Entries, budget: Budget): void {
  const { values, length } = measure(names);
  spend(budget, Math.ceil(values / 8 + length / 64));
}

/** What failed, as plain data. */
export function failureOf(error: unknown, text: string): TextFailure {
  if (ExpressionError.isInstance(error))
    return { message: error.message, range: error.range, fatal: error.fatal };
  const range = { start: 0, end: text.length };
  return { message: 'This expression is too complex.', range, fatal: true };
}
