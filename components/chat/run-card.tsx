'use client';

import Link from 'next/link';
import { useRun } from '@/components/realtime/use-run';
import { WaitBox } from '@/components/run-page/wait-box';
import { isOver, StatusText } from '@/components/runs/run-marks';
import { progressOf } from '@/lib/chat/answer';
import type { StepView } from '@/lib/runs/contract';
import { waitsIn } from '@/lib/runs/view/waits';
import { RunProgress } from './run-progress';

/** What people are asked by a run and by those below it: answered where they read of it. */
export function RunWaits({ runId, waits }: { runId: string; waits: readonly StepView[] }) {
  return waits.map((step) =>
    step.wait?.kind === 'person' || step.wait?.kind === 'children' ? (
      <WaitBox key={step.id} runId={runId} step={step} named={step.wait.kind === 'person'} />
    ) : null,
  );
}

/** A run that somebody started in a chat: how far it is, and what it asks. */
export function RunCard({ runId }: { runId: string }) {
  const { state } = useRun(runId);
  if (!state) return null;
  if (isOver(state.status))
    return (
      <p className="flex flex-wrap items-center gap-3 text-sm">
        <StatusText status={state.status} />
        <Link
          href={`/runs/${runId}`}
          className="rounded-sm text-accent underline-offset-4 hover:underline focus-visible:underline"
        >
          Open run
        </Link>
      </p>
    );
  return (
    <div className="my-2 space-y-2">
      <RunProgress runId={runId} progress={progressOf(state)} />
      <RunWaits runId={runId} waits={waitsIn(state)} />
    </div>
  );
}
