import { plural } from '@/components/ui/format';
import { dollarsText } from '@/lib/spending/estimate';
import { ifModelsWords } from '@/lib/spending/if-models';
import { picoOf } from '@/lib/spending/pico';
import type { FromWords } from './use-describe';

/** What a run of a draft takes, in one sentence. */
export function costWords({ costUsd, modelCalls, ifModels }: FromWords['estimate']): string {
  if (modelCalls === 0) return 'A run calls no model.';
  const calls = `A run takes ${plural(modelCalls, 'model call')}`;
  if (ifModels.length > 0) return `${calls}. ${ifModelsWords(ifModels, 'a run')}.`;
  if (costUsd === null) return `${calls}; no price of its model is known.`;
  if (Number(costUsd.p95) === 0) return `${calls} on this machine, which cost nothing.`;
  const dollars = (text: string) => dollarsText(picoOf(text) ?? 0n);
  return `${calls}, about ${dollars(costUsd.p50)} and at most ${dollars(costUsd.p95)} as a guess.`;
}
