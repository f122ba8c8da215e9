'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useStepChildren } from '@/components/data/queries';
import { useRun } from '@/components/realtime/use-run';
import type { StepView } from '@/lib/runs/contract';
import { waitsIn } from '@/lib/runs/view/waits';

/** Runs of one step whose questions are shown; more of them are counted. */
const maxShown = 3;
/** How deep questions are looked for below a step. */
const maxDepth = 4;

type Props = {
  runId: string;
  /** The step that started runs. */
  stepId: string;
  /** Draws what a step waits for that has no runs of its own. */
  draw: (runId: string, step: StepView) => ReactNode;
  depth?: number;
};

/** What people are asked in the runs that a step started, and in those below them. */
export function WaitsBelow({ runId, stepId, draw, depth = 1 }: Props) {
  const asked = { going: true, status: 'waiting', limit: maxShown } as const;
  const [page] = useStepChildren({ runId, stepId }, asked).data?.pages ?? [];
  const more = (page?.counts.waiting ?? 0) - (page?.items.length ?? 0);
  if (!page || page.items.length === 0) return null;
  return (
    <>
      {page.items.map((child) => (
        <WaitsOfRun key={child.id} runId={child.id} draw={draw} depth={depth} />
      ))}
      {more > 0 ? (
        <p className="text-xs text-muted">
          {more} more {more === 1 ? 'run waits' : 'runs wait'}:{' '}
          <Link href={`/runs/${runId}?step=${encodeURIComponent(stepId)}`} className="underline">
            Open run
          </Link>
        </p>
      ) : null}
    </>
  );
}

function WaitsOfRun({ runId, draw, depth }: Omit<Props, 'stepId'> & { depth: number }) {
  const { state } = useRun(runId);
  if (!state) return null;
  return waitsIn(state).map((step) =>
    step.wait?.kind !== 'children' ? (
      <div key={step.id}>{draw(runId, step)}</div>
    ) : depth < maxDepth ? (
      <WaitsBelow key={step.id} runId={runId} stepId={step.id} draw={draw} depth={depth + 1} />
    ) : null,
  );
}
