'use client';

import { useEstimate } from '@/components/data/spending-queries';
import { cn } from '@/components/ui/cn';
import { rangeText } from '@/lib/spending/estimate';
import { picoOf } from '@/lib/spending/pico';
import { IfModelsLine } from './if-models-line';

/** "About what it costs": what a run would cost, from earlier runs or from its texts and the prices. */
export function EstimateLine({
  workflowId,
  className,
}: {
  workflowId: string;
  className?: string;
}) {
  const estimate = useEstimate(workflowId, true).data;
  if (estimate === undefined || estimate.steps.length === 0) return null;
  const { p50, p95 } = estimate.costUsd;
  const range = { p50: picoOf(p50) ?? 0n, p95: picoOf(p95) ?? 0n };
  if (estimate.ifModels.length > 0) {
    return <IfModelsLine models={estimate.ifModels} per="a run" className={className} />;
  }
  const unknown = estimate.steps.filter(({ from }) => from === 'unknown');
  const learned = estimate.steps.every(({ from }) => from === 'history');
  if (range.p95 === 0n && unknown.length === 0) return null;
  return (
    <p className={cn('text-xs text-muted tabular', className)} role="note">
      Model calls: {rangeText(range)}{' '}
      <span className="text-faint">
        {learned ? 'as in earlier runs' : 'by texts and prices'}
        {unknown.length > 0
          ? `; without ${unknown.map(({ name }) => name).join(', ')}: the price is unknown`
          : ''}
        .
      </span>
    </p>
  );
}
