'use client';

import { RotateCw, Square, Workflow } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useCancelRun, useStartRun } from '@/components/data/queries';
import { ForkButtons } from '@/components/debugger/fork-buttons';
import { PauseButton } from '@/components/runs/pause-button';
import { isOver } from '@/components/runs/run-marks';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { toastError } from '@/components/ui/controls/toast';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import type { RunView } from '@/lib/runs/contract';

/** What one can do with a run: stop it, run it again, go to its workflow. */
export function RunActions({ run }: { run: RunView }) {
  return (
    <>
      {run.workflowId ? (
        <Button asChild size="sm" variant="ghost">
          <Link href={`/workflows/${run.workflowId}`}>
            <Workflow aria-hidden /> <span className="max-lg:sr-only">Open workflow</span>
          </Link>
        </Button>
      ) : null}
      <ForkButtons run={run} />
      <PauseButton runId={run.id} status={run.status} />
      {isOver(run.status) ? <RunAgain run={run} /> : <Cancel run={run} />}
    </>
  );
}

function RunAgain({ run }: { run: RunView }) {
  const router = useRouter();
  const start = useStartRun();
  const allowed = useCan('runs.start');
  const workflowId = run.workflowId;
  // One item or one step alone is no run of the workflow.
  if (!allowed || !workflowId || run.parent || run.only) return null;
  const version = run.draft === undefined ? run.version : 'draft';
  if (version === null) return null;
  return (
    <Button
      size="sm"
      loading={start.isPending}
      onClick={() =>
        start.mutate(
          {
            workflowId,
            input: run.input as Parameters<typeof start.mutate>[0]['input'],
            mode: run.mode,
            version,
          },
          {
            onSuccess: ({ id }) => router.push(`/runs/${id}`),
            onError: (error) => toastError('The run was not started', error),
          },
        )
      }
    >
      <RotateCw aria-hidden />
      {run.draft !== undefined ? (
        `${run.mode === 'rehearsal' ? 'Rehearse' : 'Run'} current draft`
      ) : run.mode === 'rehearsal' ? (
        'Rehearse again'
      ) : (
        <span>
          Run again<span className="max-lg:sr-only"> from start</span>
        </span>
      )}
    </Button>
  );
}

function Cancel({ run }: { run: RunView }) {
  const [asking, setAsking] = useState(false);
  const cancel = useCancelRun();
  if (!useCan('runs.cancel')) return null;
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)}>
        <Square aria-hidden /> Cancel
      </Button>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title="Cancel this run?"
        description="Running steps are stopped and no more steps start. Results of finished steps are kept."
        confirmLabel="Cancel run"
        cancelLabel="Keep running"
        pending={cancel.isPending}
        onConfirm={() =>
          cancel.mutateAsync(run.id).catch((error: unknown) => {
            toastError('The run was not cancelled', error);
            throw error;
          })
        }
      />
    </>
  );
}
