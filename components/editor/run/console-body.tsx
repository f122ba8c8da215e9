'use client';

import { useEffect, useRef, useState } from 'react';
import { NodeIcon } from '@/components/icons/node-icon';
import { StatusDot } from '@/components/icons/status-dot';
import { useObservable } from '@/components/observable/use-observable';
import { ChildrenProgress } from '@/components/runs/children-progress';
import { FailureBox } from '@/components/runs/failure-box';
import { OutputView } from '@/components/runs/result';
import { isOver } from '@/components/runs/run-marks';
import { useLocal, useSession } from '@/components/session/session';
import { cn } from '@/components/ui/cn';
import { useNow } from '@/components/ui/display/time-ago';
import { formatDuration } from '@/components/ui/format';
import { typeOf } from '@/lib/canvas/node-types';
import type { PlanStep, RunState, StepState } from '@/lib/runs/schema';
import { topologicalOrder } from '@/lib/workflows/graph';
import { RunStep } from '../inspector/step-tab';

const result = '';

/** Left the steps in their order, right what went into and came out of the chosen one. */
export function ConsoleBody({ state }: { state: RunState }) {
  const session = useSession();
  const runId = useObservable(session.run, (shown) => shown?.runId);
  const selected = useLocal((local) => (local.nodes.size === 1 ? [...local.nodes][0] : undefined));
  const [pinned, setPinned] = useState<string>();
  // Selecting a step on the canvas shows it here, whatever was chosen before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the selection is what it waits for
  useEffect(() => setPinned(undefined), [selected]);
  // What the debugger stops comes to the fore for everybody.
  const inside = useObservable(session.run, (shown) => shown?.heldInside[0]?.place[0]?.stepId);
  const held =
    state.plan.steps.find(({ id }) => state.steps[id]?.wait?.kind === 'debugger')?.id ?? inside;
  useEffect(() => {
    if (held !== undefined) setPinned(held);
  }, [held]);
  // What a run failed at is what one wants to see, whatever was chosen while it ran.
  const failed =
    state.status === 'failed'
      ? state.plan.steps.find(({ id }) => state.steps[id]?.status === 'failed')?.id
      : undefined;
  useEffect(() => {
    if (failed !== undefined) setPinned(failed);
  }, [failed]);
  const fromCanvas = state.plan.steps.find((step) => step.nodeId === selected)?.id;
  const chosen = pinned ?? fromCanvas ?? currentStep(state);
  const choose = (step: PlanStep) => {
    setPinned(undefined);
    if (session.graph.get().nodes.has(step.nodeId)) session.jumpTo([step.nodeId]);
    else setPinned(step.id);
  };
  return (
    <div className="flex min-h-0 flex-1 max-sm:flex-col">
      <ol
        aria-label="Steps"
        className="w-64 shrink-0 overflow-y-auto border-r p-1.5 max-sm:max-h-28 max-sm:w-full max-sm:border-r-0 max-sm:border-b"
      >
        <ResultRow state={state} current={chosen === result} onChoose={() => setPinned(result)} />
        {inRunOrder(state.plan).map((step) => (
          <StepRow
            key={step.id}
            step={step}
            state={state.steps[step.id]}
            current={chosen === step.id}
            onChoose={() => choose(step)}
          />
        ))}
      </ol>
      <div className="min-w-0 flex-1 overflow-y-auto">
        {chosen === result || chosen === undefined ? (
          <RunResult state={state} runId={runId} />
        ) : (
          <RunStep stepId={chosen} beside />
        )}
      </div>
    </div>
  );
}

const ordered = new WeakMap<RunState['plan'], readonly PlanStep[]>();

/** The steps of a plan, each after all that lead to it. */
function inRunOrder(plan: RunState['plan']): readonly PlanStep[] {
  let steps = ordered.get(plan);
  if (!steps) {
    const edges = plan.steps.flatMap((step) =>
      step.incoming.map(({ from }) => ({ source: from, target: step.id })),
    );
    const order = topologicalOrder({ nodes: plan.steps, edges });
    const byId = new Map(plan.steps.map((step) => [step.id, step]));
    steps = order.flatMap((id) => byId.get(id) ?? []);
    ordered.set(plan, steps);
  }
  return steps;
}

/** What happens now: the running step, else the one that waits for someone or something, else the failed one, else the result. */
function currentStep(state: RunState): string {
  const find = (status: StepState['status']) =>
    state.plan.steps.find((step) => state.steps[step.id]?.status === status)?.id;
  const now: StepState['status'][] = ['running', 'waiting', 'retrying', 'failed'];
  for (const status of now) {
    const step = find(status);
    if (step !== undefined) return step;
  }
  return result;
}

/** Brings an item of the list into sight when it becomes the current one. */
function useInSight(current: boolean) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) item.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return item;
}

const row = 'flex h-8 w-full items-center gap-2 rounded-md px-2 text-left text-sm';

function ResultRow({
  state,
  current,
  onChoose,
}: {
  state: RunState;
  current: boolean;
  onChoose: () => void;
}) {
  const item = useInSight(current);
  return (
    <li ref={item} className="scroll-my-1.5">
      <button
        type="button"
        aria-current={current || undefined}
        onClick={onChoose}
        className={cn(row, 'font-medium', current ? 'bg-hover' : 'hover:bg-hover')}
      >
        <StatusDot status={state.status} />
        Result
      </button>
    </li>
  );
}

type RowProps = {
  step: PlanStep;
  state: StepState | undefined;
  current: boolean;
  onChoose: () => void;
};

function StepRow({ step, state, current, onChoose }: RowProps) {
  const status = state?.status ?? 'pending';
  const type = typeOf(step.type);
  const item = useInSight(current);
  return (
    <li ref={item} className="scroll-my-1.5">
      <button
        type="button"
        aria-current={current || undefined}
        onClick={onChoose}
        className={cn(
          row,
          current ? 'bg-hover' : 'hover:bg-hover',
          status === 'skipped' && 'text-faint',
        )}
      >
        <StatusDot status={status} />
        <NodeIcon icon={type?.icon} group={type?.group} size="sm" />
        <span className="min-w-0 flex-1 truncate">{step.name}</span>
        {state?.spawned ? <RunsOf stepId={step.id} status={status} /> : null}
        {state?.startedAt === undefined || status === 'skipped' || state.spawned ? null : (
          <Took state={state} />
        )}
      </button>
    </li>
  );
}

function RunsOf({ stepId, status }: { stepId: string; status: StepState['status'] }) {
  const runId = useObservable(useSession().run, (shown) => shown?.runId);
  if (runId === undefined) return null;
  const step = { id: stepId, status, spawned: true as const };
  return <ChildrenProgress runId={runId} step={step} className="w-24 shrink-0" />;
}

function Took({ state }: { state: StepState }) {
  const now = useNow(state.finishedAt === undefined);
  const end = state.finishedAt ?? now;
  const took = end - (state.startedAt ?? end);
  return <span className="text-xs text-faint tabular">{formatDuration(took)}</span>;
}

function RunResult({ state, runId }: { state: RunState; runId: string | undefined }) {
  return (
    <div className="flex flex-col gap-4 p-4">
      {state.error ? <FailureBox failure={state.error} title="Why the run failed" /> : null}
      {state.output === undefined ? (
        state.error ? null : (
          <p className="text-sm text-muted">
            {state.status === 'cancelled'
              ? 'Cancelled before it had a result. Results of finished steps are kept.'
              : isOver(state.status)
                ? 'The run ended without a result.'
                : 'The result appears here when the run ends.'}
          </p>
        )
      ) : (
        <OutputView value={state.output} label="Result" runId={runId} />
      )}
    </div>
  );
}
