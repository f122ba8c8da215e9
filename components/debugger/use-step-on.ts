'use client';

import { useState } from 'react';
import { ApiError, call } from '@/components/data/call';
import { toastError } from '@/components/ui/controls/toast';
import { moveOn, type PausedStepView } from '@/lib/runs/debug-contract';
import type { DebuggerAction } from '@/lib/runs/debugging';

/** Continues a debugged run from a held step; one request at a time. */
export function useStepOn(runId: string, from: PausedStepView | undefined) {
  const [busy, setBusy] = useState(false);
  const move = async (how: DebuggerAction) => {
    if (busy || !from) return;
    setBusy(true);
    try {
      await call(moveOn, {
        params: { id: runId },
        body: { move: how, from: { runId: from.runId, stepId: from.step.id } },
      });
    } catch (error) {
      // Somebody else was first: their action counts.
      const late = ApiError.isInstance(error) && error.code === 'conflict';
      if (!late) toastError('The run was not continued', error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, move: (how: DebuggerAction) => void move(how) };
}
