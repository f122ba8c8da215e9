'use client';

import { Pause, Play } from 'lucide-react';
import { usePauseRun } from '@/components/data/queries';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { toastError } from '@/components/ui/controls/toast';
import type { RunStatus } from '@/lib/runs/schema';
import { isOver } from './run-marks';

type Props = {
  runId: string;
  status: RunStatus;
  /** On a phone only its sign is shown. */
  brief?: boolean;
};

/** Pauses a run that is under way, or lets a paused one go on. */
export function PauseButton({ runId, status, brief = false }: Props) {
  const change = usePauseRun();
  const allowed = useCan('runs.cancel');
  if (!allowed || isOver(status)) return null;
  const paused = status === 'paused';
  return (
    <Button
      size="sm"
      loading={change.isPending}
      onClick={() =>
        change.mutate(
          { id: runId, paused: !paused },
          {
            onError: (error) =>
              toastError(paused ? 'The run was not continued' : 'The run was not paused', error),
          },
        )
      }
    >
      {paused ? (
        <Play aria-hidden className="!size-3 fill-current" />
      ) : (
        <Pause aria-hidden className="!size-3 fill-current" />
      )}
      <span className={brief ? 'max-sm:sr-only' : undefined}>{paused ? 'Continue' : 'Pause'}</span>
    </Button>
  );
}
