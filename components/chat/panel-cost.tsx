import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { call } from '@/components/data/call';
import { formatCost } from '@/components/ui/format';
import { estimatePanel, usualCapUsd } from '@/lib/chat/panel/contract';

type Props = { agents: readonly string[]; text: string };

/** What a panel would cost, before it is asked. */
export function PanelCost({ agents, text }: Props) {
  // By hundreds of characters: a letter more changes nothing.
  const length = Math.ceil(useDeferredValue(text).length / 400);
  const { data } = useQuery({
    queryKey: ['panel-estimate', ...agents, length],
    queryFn: ({ signal }) =>
      call(estimatePanel, { body: { agents: [...agents], text } }, { signal }),
    staleTime: 60_000,
  });
  if (data === undefined) return <span className="text-xs text-faint">Estimating…</span>;
  const { calls, costUsd, models } = data;
  const cost =
    costUsd === null
      ? 'cost unknown'
      : Number(costUsd.most) === 0
        ? 'no cost'
        : `${formatCost(Number(costUsd.least))} to ${formatCost(Math.min(Number(costUsd.most), usualCapUsd))}`;
  const alike = new Set(models).size === 1 ? ' All use one model, so agreeing proves little.' : '';
  return (
    <span className="text-xs text-muted tabular">
      {calls.least} to {calls.most} model calls, {cost}
      {cost === 'no cost' ? '' : `; stops at ${formatCost(usualCapUsd)}`}.{alike}
    </span>
  );
}
