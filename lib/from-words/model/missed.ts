import type { Drafted } from '../drafted';
import { unsaid } from '../rules/unsaid';
import type { Known } from '../rules/weave';
import { readTrigger } from '../trigger/read-trigger';

/** What a model's draft does not do although the description says it, a sentence each: told to it once, and then to people. */
export function missed(
  description: string,
  { trigger, steps }: Pick<Drafted, 'trigger' | 'steps'>,
  known: Known,
): string[] {
  const said = readTrigger(description, known.timeZone);
  const wanted = said.trigger?.kind;
  return [
    ...(wanted === 'mail' && trigger?.kind !== 'mail'
      ? ['Left out: that emails which come in start it.']
      : []),
    ...unsaid(said.rest, steps, known),
  ];
}
