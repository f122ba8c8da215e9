'use client';

import Link from 'next/link';
import { useRun } from '@/components/realtime/use-run';
import { RunWaits } from '@/components/run-page/run-waits';
import { isOver, StatusText } from '@/components/runs/run-marks';
import { progressOf } from '@/lib/chat/answer';
import { waitsIn } from '@/lib/runs/view/waits';
import { RunProgress } from './run-progress';

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
