'use client';

import { useMemo } from 'react';
import { StepDetail } from '@/components/runs/step-detail';
import { EmptyState } from '@/components/ui/empty-state';
import type { StepView } from '@/lib/runs/contract';
import type { RunState, StepState } from '@/lib/runs/schema';
import { useCell } from '../cell';
import { stepIdOf, useSession } from '../session';

const iso = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());

/** A step of a followed run in the shape of the REST view, which the run pages draw. */
export function stepView(state: RunState, stepId: string): StepView | undefined {
  const plan = state.plan.steps.find((step) => step.id === stepId);
  if (!plan) return undefined;
  const step: StepState = state.steps[stepId] ?? { status: 'pending', attempt: 0 };
  const { status, attempt, input, output, error, reason, calls } = step;
  return {
    id: stepId,
    nodeId: plan.nodeId,
    key: plan.key,
    name: plan.name,
    type: plan.type,
    status,
    attempt,
    startedAt: iso(step.startedAt),
    finishedAt: iso(step.finishedAt),
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
    ...(error ? { error } : {}),
    ...(reason ? { reason } : {}),
    ...(calls ? { calls } : {}),
  };
}

type RunStepProps = { stepId: string; part?: 'output'; beside?: boolean };

/** All about one step of the run that the canvas shows. */
export function RunStep({ stepId, part, beside }: RunStepProps) {
  const { run } = useSession();
  const state = useCell(run, (shown) => shown?.state);
  const stream = useCell(run, (shown) => shown?.streams[stepId]);
  const step = useMemo(() => (state ? stepView(state, stepId) : undefined), [state, stepId]);
  if (!state || !step) return null;
  const retryAt = step.status === 'retrying' ? state.steps[stepId]?.retryAt : undefined;
  return (
    <StepDetail
      step={step}
      attempts={[]}
      stream={stream}
      retryAt={retryAt}
      beside={beside}
      hideInput={part === 'output'}
    />
  );
}

/** A node's resolved input and its output in the run that is shown. */
export function StepTab({ nodeId }: { nodeId: string | undefined }) {
  const { run } = useSession();
  const state = useCell(run, (shown) => shown?.state);
  if (!state) {
    return (
      <EmptyState title="No run is shown">
        Run or rehearse the workflow, or choose one of its runs, to see what goes in and comes out.
      </EmptyState>
    );
  }
  if (nodeId === undefined) {
    return (
      <EmptyState title="Select a step">Its input and output of this run show here.</EmptyState>
    );
  }
  const stepId = stepIdOf(state, nodeId);
  if (stepId === undefined) {
    return (
      <EmptyState title="Not in this run">This step was added after the run’s version.</EmptyState>
    );
  }
  return <RunStep stepId={stepId} />;
}
