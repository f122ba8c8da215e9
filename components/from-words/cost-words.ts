import { plural } from '@/components/ui/format';
import type { FromWords } from './use-describe';

/** What a run of a draft takes, in one sentence. */
export function costWords({ costUsd, modelCalls }: FromWords['estimate']): string {
  if (modelCalls === 0) return 'A run calls no model.';
  const calls = `A run takes ${plural(modelCalls, 'model call')}`;
  if (costUsd === null) return `${calls}; no price of its model is known.`;
  if (Number(costUsd.p95) === 0) return `${calls}; the model that would answer now costs nothing.`;
  const dollars = (text: string) => {
    const value = Number(text);
    return value < 0.01 ? `$${value.toPrecision(1)}` : `$${value.toFixed(2)}`;
  };
  return `${calls}, about ${dollars(costUsd.p50)} and at most ${dollars(costUsd.p95)} as a guess.`;
}
