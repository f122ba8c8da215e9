'use client';

import Link from 'next/link';
import { useAgentEstimate, useSpendingBySubject } from '@/components/data/spending-queries';
import { useCan } from '@/components/shell/actor-context';
import { cn } from '@/components/ui/cn';
import { plural } from '@/components/ui/format';
import { dollarsText } from '@/lib/spending/estimate';
import { picoOf } from '@/lib/spending/pico';
import { IfModelsLine } from './if-models-line';
import { spendingOf } from './spending-view';
import { moneyText } from './words';

type Props = { by: 'workflow' | 'agent'; id: string; className?: string | undefined };

/** What a workflow or an agent cost in 30 days, leading to its calls; nothing for those who may not see costs. */
export function MonthCost(props: Props) {
  return useCan('spending.read') ? <Cost {...props} /> : null;
}

function Cost({ by, id, className }: Props) {
  const { data } = useSpendingBySubject({ by: 'model', days: 30, filter: { [by]: id } });
  if (data === undefined) return null;
  return (
    <p className={cn('text-xs text-muted tabular', className)}>
      {data.calls === 0 ? (
        'No cost in 30 days: no model was asked.'
      ) : (
        <>
          {moneyText(data.costUsd)} in 30 days for {plural(data.calls, 'model call')}.{' '}
          <Link href={spendingOf(by, id)} className="text-accent underline underline-offset-2">
            Show costs
          </Link>
        </>
      )}
    </p>
  );
}

/** What an agent costs: what it did, and what one answer would cost. */
export function AgentCost({ id }: { id: string }) {
  return (
    <section aria-label="Cost" className="max-w-[680px] space-y-1.5">
      <h2 className="font-medium">Cost</h2>
      <MonthCost by="agent" id={id} className="text-sm" />
      <AnswerCost id={id} />
    </section>
  );
}

function AnswerCost({ id }: { id: string }) {
  const { data } = useAgentEstimate(id);
  if (data === undefined) return null;
  if (data.ifModels.length > 0) {
    return <IfModelsLine models={data.ifModels} per="an answer" className="text-sm" />;
  }
  const cost = data.costUsd === null ? undefined : (picoOf(data.costUsd.p50) ?? 0n);
  const model = data.model.slice(data.model.indexOf('/') + 1);
  return (
    <p className="text-sm text-muted tabular">
      {cost === undefined
        ? 'The price of its model is unknown.'
        : cost === 0n
          ? `${model} would answer now, and costs nothing.`
          : `${model === 'none' ? 'An answer' : `An answer of ${model}`} costs about ${dollarsText(cost)}; each use of a tool is one more.`}
    </p>
  );
}
