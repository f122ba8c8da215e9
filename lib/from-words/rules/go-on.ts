import type { DraftedStep } from '../drafted';
import { act } from './by-rules';
import { type ActionKind, findActions } from './find-actions';
import { inOrder } from './in-order';
import { type Known, newWeaving, type Value } from './weave';

/** What a workflow that is there cannot simply be given behind one of its steps. */
const notHere: ReadonlySet<ActionKind> = new Set([
  'each',
  'otherwise',
  'file',
  'unique',
  'filter',
  'group',
  'sort',
  'other',
]);

export type From = {
  /** What the new steps come after: a key, or `key:port`. */
  after: string;
  /** What they work on. */
  value: Value | undefined;
  /** Keys that are there already. */
  taken: readonly string[];
};
export type WentOn = {
  steps: DraftedStep[];
  /** What the last of them made, where it made something new. */
  value: Value | undefined;
  /** Where the last of them goes on. */
  tails: string[];
  assumptions: string[];
};

/** Steps that do what a text says, behind a step of a workflow that is there: by its words alone, without any model. */
export function goOnByRules(text: string, title: string, known: Known, from: From): WentOn {
  const actions = inOrder(findActions(text)).filter(({ kind }) => !notHere.has(kind));
  const there = from.taken.map((id) => ({
    ...{ id, type: '', name: '', does: '', config: {}, after: [] },
  }));
  const weaving = {
    ...newWeaving(known),
    ...{ steps: [...there], tails: [from.after], results: from.value ? [from.value] : [] },
  };
  for (const [at, action] of actions.entries()) {
    const next = actions[at + 1]?.clause;
    act(weaving, action, { title, next, rest: text });
  }
  // The other side of a condition is left to whoever draws it.
  weaving.branches.length = 0;
  const last = weaving.results.at(-1);
  return {
    steps: weaving.steps.slice(there.length),
    value: last === from.value ? undefined : last,
    tails: weaving.tails,
    assumptions: [...weaving.assumptions],
  };
}
