'use client';

import type { StepView } from '@/lib/runs/contract';
import { WaitBox } from './wait-box';

/** What people are asked by a run and by those below it: answered where they read of it. */
export function RunWaits({ runId, waits }: { runId: string; waits: readonly StepView[] }) {
  return waits.map((step) =>
    step.wait?.kind === 'person' || step.wait?.kind === 'children' ? (
      <WaitBox key={step.id} runId={runId} step={step} named={step.wait.kind === 'person'} />
    ) : null,
  );
}
