'use client';

import { useMemo } from 'react';
import { HeldInside } from '@/components/debugger/held-inside';
import { useObservable } from '@/components/observable/use-observable';
import { PinPanel } from '@/components/pins/pin-panel';
import { StepDetail } from '@/components/run-page/step-detail';
import { stepView } from '@/components/run-page/step-view';
import { useSession } from '@/components/session/session';
import { EmptyState } from '@/components/ui/display/empty-state';
import { containersIn } from '@/lib/canvas/layout/containers';
import { stepIdOf } from '@/lib/canvas/run-steps';

type RunStepProps = { stepId: string; part?: 'output'; beside?: boolean };

/** All about one step of the run that the canvas shows. */
export function RunStep({ stepId, part, beside }: RunStepProps) {
  const { run } = useSession();
  const state = useObservable(run, (shown) => shown?.state);
  const runId = useObservable(run, (shown) => shown?.runId);
  const stream = useObservable(run, (shown) => shown?.streams[stepId]);
  const step = useMemo(() => (state ? stepView(state, stepId) : undefined), [state, stepId]);
  if (!state || !step) return null;
  const retryAt = step.status === 'retrying' ? state.steps[stepId]?.retryAt : undefined;
  return (
    <StepDetail
      step={step}
      attempts={[]}
      stream={stream}
      retryAt={retryAt}
      runId={runId}
      beside={beside}
      hideInput={part === 'output'}
    />
  );
}

/** A node's resolved input and its output in the run that is shown. */
export function StepTab({ nodeId }: { nodeId: string | undefined }) {
  return (
    <>
      {nodeId === undefined ? null : <PinPanel nodeId={nodeId} />}
      <StepOfRun nodeId={nodeId} />
    </>
  );
}

function StepOfRun({ nodeId }: { nodeId: string | undefined }) {
  const { run, graph } = useSession();
  const state = useObservable(run, (shown) => shown?.state);
  useObservable(run, (shown) => shown?.heldInside);
  if (!state) {
    return (
      <EmptyState title="No run selected">
        Run or rehearse the workflow, or choose one of its runs, to see inputs and outputs.
      </EmptyState>
    );
  }
  if (nodeId === undefined) {
    return (
      <EmptyState title="Select a step">Its input and output in this run appear here.</EmptyState>
    );
  }
  const stepId = stepIdOf(state, nodeId);
  if (stepId === undefined && run.get()?.heldInside.some(({ step }) => step.nodeId === nodeId)) {
    return (
      <div className="p-4">
        <HeldInside runId={run.get()?.runId ?? ''} stepId={nodeId} />
      </div>
    );
  }
  if (stepId === undefined && containersIn(graph.get().nodes).has(nodeId)) {
    return (
      <EmptyState title="Runs once for each item">
        Select the surrounding step to see its items; each is a run of its own.
      </EmptyState>
    );
  }
  if (stepId === undefined) {
    return (
      <EmptyState title="Not in this run">
        This step was added after this run’s version was published.
      </EmptyState>
    );
  }
  return <RunStep stepId={stepId} />;
}
