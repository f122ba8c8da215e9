'use client';

import { ArrowUpRight, Pin } from 'lucide-react';
import Link from 'next/link';
import { useMemo } from 'react';
import { pinOutput } from '@/components/pins/pin-output';
import { useRun } from '@/components/realtime/use-run';
import { StepDetail } from '@/components/run-page/step-detail';
import { stepView } from '@/components/run-page/step-view';
import { ranWhatBy } from '@/components/runs/ran-what';
import { RunMark } from '@/components/runs/run-marks';
import { useCanEdit, useSession } from '@/components/session/session';
import { Button } from '@/components/ui/controls/button';
import { Skeleton } from '@/components/ui/display/skeleton';
import { formatCost } from '@/components/ui/format';
import type { DraftNode } from '@/lib/canvas/graph';
import { typeOf } from '@/lib/canvas/node-types';
import { stepIdOf } from '@/lib/canvas/run-steps';
import type { RunSummary } from '@/lib/runs/contract';

/** What came of the last test of a step, live, with who ran it and when. */
export function TestResult({ run, node }: { run: RunSummary; node: DraftNode }) {
  const { state, streams } = useRun(run.id);
  const stepId = state && stepIdOf(state, node.id);
  const step = useMemo(
    () => (state && stepId !== undefined ? stepView(state, stepId) : undefined),
    [state, stepId],
  );
  return (
    <div className="max-h-[45vh] overflow-y-auto border-b">
      <header className="flex flex-wrap items-center gap-x-2 gap-y-1 px-4 pt-2.5 text-xs text-muted">
        <span className="font-medium text-fg">One step</span>
        <span>{ranWhatBy(run)}</span>
        <RunMark run={run} />
        {run.usage.costUsd > 0 ? (
          <span className="tabular">{formatCost(run.usage.costUsd)}</span>
        ) : null}
        <span className="flex-1" />
        <PinResult node={node} output={step?.status === 'succeeded' ? step.output : undefined} />
        <Button asChild size="sm" variant="ghost">
          <Link href={`/runs/${run.id}`}>
            Run page <ArrowUpRight aria-hidden />
          </Link>
        </Button>
      </header>
      {step === undefined || stepId === undefined ? (
        <div role="status" aria-label="Loading" className="p-4">
          <Skeleton className="h-4 w-40" />
        </div>
      ) : (
        <StepDetail
          step={step}
          attempts={[]}
          stream={streams[stepId]}
          retryAt={step.status === 'retrying' ? state?.steps[stepId]?.retryAt : undefined}
          runId={run.id}
        />
      )}
    </div>
  );
}

/** Keeps what came out as the step's sample: one press. */
function PinResult({ node, output }: { node: DraftNode; output: unknown }) {
  const session = useSession();
  const canEdit = useCanEdit();
  if (!canEdit || output === undefined || typeOf(node.type)?.kind === 'switch') return null;
  const pinned = JSON.stringify(node.pinnedOutput) === JSON.stringify(output);
  return (
    <Button
      size="sm"
      variant="ghost"
      disabled={pinned}
      onClick={() => pinOutput(session, node.id, output)}
    >
      <Pin aria-hidden /> {pinned ? 'Pinned as sample' : 'Pin as sample'}
    </Button>
  );
}
