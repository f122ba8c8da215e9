'use client';

import { useStepChildren } from '@/components/data/queries';
import { cn } from '@/components/ui/cn';
import type { StepView } from '@/lib/runs/contract';
import type { RunStatus } from '@/lib/runs/schema';
import { isOver } from './run-marks';

type Props = {
  runId: string;
  step: Pick<StepView, 'id' | 'spawned' | 'status'>;
};

type Counts = Partial<Record<RunStatus, number>>;

const overIn = (counts: Counts) =>
  Object.entries(counts).reduce(
    (sum, [status, count]) => sum + (isOver(status as RunStatus) ? count : 0),
    0,
  );

/** How far a step's runs are, in a few characters. */
function useChildrenProgress({ runId, step }: Props) {
  const going = step.status === 'waiting';
  const { data } = useStepChildren({ runId, stepId: step.id }, { going, limit: 1 });
  const page = data?.pages[0];
  if (!page) return undefined;
  return { done: overIn(page.counts), total: page.total, failed: page.counts.failed ?? 0 };
}

/** A thin bar with “12 of 40”. Rendered for steps that started runs. */
export function ChildrenProgress({ runId, step, className }: Props & { className?: string }) {
  const progress = useChildrenProgress({ runId, step });
  if (!progress) return null;
  return <ProgressBar {...progress} className={className} />;
}

type BarProps = {
  done: number;
  total: number;
  failed: number;
  className?: string | undefined;
};

function ProgressBar({ done, total, failed, className }: BarProps) {
  const part = (count: number) => `${total === 0 ? 0 : (count / total) * 100}%`;
  return (
    <span className={cn('flex items-center gap-2', className)}>
      <span
        role="progressbar"
        aria-label="Finished runs of this step"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        className="flex h-1 min-w-6 flex-1 overflow-hidden rounded-full bg-border"
      >
        <span className="h-full bg-success" style={{ width: part(done - failed) }} />
        <span className="h-full bg-danger" style={{ width: part(failed) }} />
      </span>
      <span className="shrink-0 text-2xs text-muted tabular">
        {done} of {total}
      </span>
    </span>
  );
}
