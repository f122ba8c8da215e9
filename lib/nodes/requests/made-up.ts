import { type NodeContext, StepError } from '../node-type/define-node';

/**
 * For what reaches others: an answer that the built-in scripted model made up, since no model is set up, is not passed
 * on to them. Throws `StepError` `made_up_answer`.
 */
export async function refuseMadeUp({ madeUp }: Pick<NodeContext, 'madeUp'>): Promise<void> {
  const names = (await madeUp?.()) ?? [];
  if (names.length === 0) return;
  const list = new Intl.ListFormat('en').format(names.slice(0, 3).map((name) => `“${name}”`));
  throw new StepError(
    'made_up_answer',
    `Nothing was sent: no model is set up, so the answer of ${list} is made up. Add a model under Settings → Models and run again from the start, or rehearse, which sends nothing.`,
    { noEffect: true },
  );
}
