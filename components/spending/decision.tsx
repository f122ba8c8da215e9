import { Check, CornerDownRight, Minus } from 'lucide-react';
import Link from 'next/link';
import type { AnswerUse, Decision } from '@/lib/spending/schema';

/** Why a model answered: one sentence, and each model that was looked at with what spoke against it. */
export function DecisionView({ decision }: { decision: Decision }) {
  const { reason, candidates, more, policy, hops = [], cache, experiment } = decision;
  const tried = new Set(hops.map(({ provider, model }) => `${provider} ${model}`));
  const others = candidates.filter(({ provider, model }) => !tried.has(`${provider} ${model}`));
  return (
    <div className="space-y-2 text-xs">
      <p>
        {reason} <span className="text-faint">Asked for: {policy}.</span>
      </p>
      {experiment === undefined ? null : (
        <p className="text-muted">
          Variant {experiment.variant} ({experiment.variantName}) of the experiment{' '}
          <Link className="text-accent hover:underline" href={`/experiments/${experiment.id}`}>
            {experiment.name}
          </Link>
          .
        </p>
      )}
      {cache === undefined ? null : <p className="text-muted">{cacheText(cache)}</p>}
      {hops.length === 0 ? null : (
        <ol className="space-y-1" aria-label="Models that were to answer first">
          {hops.map(({ provider, model, why }) => (
            <li key={`${provider} ${model}`} className="flex gap-2">
              <CornerDownRight
                className="mt-0.5 size-3 shrink-0 text-warning"
                aria-label="Did not answer"
              />
              <span className="min-w-0">{why}</span>
            </li>
          ))}
        </ol>
      )}
      <ul className="max-h-60 space-y-1 overflow-y-auto" aria-label="Models that were looked at">
        {others.map(({ provider, model, why }) => (
          <li key={`${provider} ${model}`} className="flex gap-2">
            {why === undefined ? (
              <Check className="mt-0.5 size-3 shrink-0 text-success" aria-label="Taken" />
            ) : (
              <Minus className="mt-0.5 size-3 shrink-0 text-faint" aria-label="Not taken" />
            )}
            <span className="min-w-0">
              <span className="font-mono">{model}</span>
              {why === undefined ? null : <span className="text-muted"> {why}</span>}
            </span>
          </li>
        ))}
      </ul>
      {more === undefined ? null : <p className="text-faint">And {more} more.</p>}
    </div>
  );
}

const cacheText = ({ use, why }: AnswerUse) => {
  if (use === 'hit') return 'The answer came from the answer cache: no model was asked.';
  if (use === 'miss') return 'The answer cache had no answer to this, so the model was asked.';
  return `The answer cache was not used. ${why ?? ''}`;
};
