import { type NodeContext, StepError } from '../node-type/define-node';

/**
 * For what reaches others: an answer that the built-in scripted model made up, since no model is set up, is not passed
 * on to them. Throws `StepError` `made_up_answer`.
 */
export async function refuseMadeUp({ madeUp }: Pick<NodeContext, 'madeUp'>): Promise<void> {
  const names = (await madeUp?.()) ?? [];
  if (names.length === 0) return;
  throw new StepError(madeUpCode, madeUpText(names), { noEffect: true });
}

export const madeUpCode = 'made_up_answer';

/** Why nothing was sent, after answers of these steps. */
export function madeUpText(names: readonly string[]): string {
  const list = new Intl.ListFormat('en').format(names.slice(0, 3).map((name) => `“${name}”`));
  return `Nothing was sent: no model is set up, so the answer of ${list} is made up. Add a model under Settings → Models and run again from the start, or rehearse, which sends nothing.`;
}
