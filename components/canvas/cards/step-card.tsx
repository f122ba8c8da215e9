'use client';

import type { Node, NodeProps } from '@xyflow/react';
import { CircleAlert, CircleDashed, TriangleAlert } from 'lucide-react';
import { memo, useState } from 'react';
import { BreakpointMark } from '@/components/debugger/breakpoint-mark';
import { NodeIcon } from '@/components/icons/node-icon';
import { StatusDot } from '@/components/icons/status-dot';
import { LockBadge } from '@/components/locks/lock-marks';
import { StepSubtitle } from '@/components/nodes/step-subtitle';
import { useObservable } from '@/components/observable/use-observable';
import { useOccupants } from '@/components/presence/people';
import { costOfCalls } from '@/components/runs/calls';
import { ChildrenProgress } from '@/components/runs/children-progress';
import {
  useLocal,
  useNodeProblems,
  useNodeToDos,
  useSession,
  useStep,
} from '@/components/session/session';
import { TriggerChip } from '@/components/triggers/trigger-chip';
import { cn } from '@/components/ui/cn';
import { Tooltip } from '@/components/ui/controls/tooltip';
import { formatDuration } from '@/components/ui/format';
import { cardHeight, cardWidth } from '@/lib/canvas/geometry';
import type { DraftNode } from '@/lib/canvas/graph';
import { drawingOf, typeOf } from '@/lib/canvas/node-types';
import { stepIdOf } from '@/lib/canvas/run-steps';
import type { StepState } from '@/lib/runs/schema';
import { placeOfChild } from '@/lib/runs/view/child-place';
import { triesOf } from '@/lib/runs/view/view';
import { HoverBar } from './hover-bar';
import { InputPort, OutputPort } from './port';
import { RenameStep } from './rename-field';
import { StepMarks } from './step-marks';

export type StepNode = Node<{ node: DraftNode }, 'step'>;

const borders: Partial<Record<StepState['status'], string>> = {
  running: 'border-info',
  retrying: 'border-warning',
  waiting: 'border-warning',
  succeeded: 'border-success/60',
  failed: 'border-danger',
};

/** One step on the canvas. Its size never changes while a run fills it in. */
export const StepCard = memo(function StepCard({
  id,
  data,
  selected,
  dragging,
}: NodeProps<StepNode>) {
  const { node } = data;
  const type = typeOf(node.type);
  const { accepts, ports, subtitle } = drawingOf(node);
  const step = useStep(id);
  const renaming = useLocal((local) => local.renaming === id && !local.renamingIn);
  // Most cards are never pointed at: the actions are rendered on approach.
  const [near, setNear] = useState(false);
  const approach = () => setNear(true);
  const inside = useHeldPlace(id);
  const held = step?.wait?.kind === 'debugger' || inside !== undefined;
  const idle = step?.status === 'skipped' || step?.status === 'cancelled';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that somebody comes near
    <div
      data-step={node.type}
      data-held={held || undefined}
      onPointerEnter={approach}
      onFocus={approach}
      style={{ width: cardWidth, height: cardHeight(ports) }}
      className={cn(
        'group/card relative rounded-lg border bg-surface transition-[border-color,opacity] duration-100',
        step ? (borders[step.status] ?? 'border-border-strong') : 'border-border-strong',
        selected && 'border-accent ring-1 ring-accent',
        !selected && 'hover:border-faint',
        idle && 'opacity-60',
        node.disabled && 'border-dashed opacity-60',
        dragging && 'cursor-grabbing',
        held && 'border-danger outline-2 outline-offset-2 outline-danger',
      )}
    >
      <Occupants nodeId={id} />
      <LockBadge nodeId={id} />
      <StepMarks node={node} />
      {node.type === 'start' ? <TriggerChip /> : null}
      <div className="flex h-[62px] items-center gap-2.5 pr-3 pl-3">
        <NodeIcon icon={type?.icon} group={type?.group} />
        <div className="min-w-0 flex-1">
          {renaming ? (
            <RenameStep nodeId={id} name={node.name} />
          ) : (
            <div
              className={cn(
                'step-title truncate text-sm leading-5 font-medium',
                node.disabled && 'line-through',
              )}
            >
              {node.name || type?.title || 'Untitled step'}
            </div>
          )}
          {step?.spawned ? (
            <RunsOfCard nodeId={id} status={step.status} />
          ) : (
            <div className="step-setting truncate text-xs text-muted">
              <StepSubtitle text={subtitle} otherwise={type?.title} />
            </div>
          )}
        </div>
        {step && step.status !== 'pending' ? (
          <StatusDot status={step.status} className="size-4" />
        ) : null}
      </div>
      {accepts ? <InputPort /> : null}
      {ports.map((port, index) => (
        <OutputPort key={port.id} nodeId={id} port={port} index={index} ports={ports} step={step} />
      ))}
      <ProblemMark nodeId={id} />
      <BreakpointMark node={node} near={near && !dragging} />
      {inside === undefined ? null : (
        <div className="pointer-events-none absolute top-full left-1 mt-1.5 text-2xs font-medium whitespace-nowrap text-danger tabular">
          {inside}
        </div>
      )}
      {step ? <Figures step={step} aside={type?.contains !== undefined} /> : null}
      {near && !dragging ? <HoverBar node={node} /> : null}
    </div>
  );
});

/** In which items the debugger holds a step that stands inside a container; undefined in none. */
function useHeldPlace(nodeId: string): string | undefined {
  return useObservable(useSession().run, (shown) => {
    const held = shown?.heldInside.filter(({ step }) => step.nodeId === nodeId) ?? [];
    const own = held[0]?.place.at(-1);
    if (!own) return undefined;
    const more = held.length > 1 ? ` and ${held.length - 1} more` : '';
    return `Paused in ${placeOfChild(own.type, own).toLowerCase()}${more}`;
  });
}

/** How far the runs are that a step started, where its main setting stands at other times. */
function RunsOfCard({ nodeId, status }: { nodeId: string; status: StepState['status'] }) {
  const { run } = useSession();
  const shown = useObservable(run, (now) => now);
  const stepId = shown?.state && stepIdOf(shown.state, nodeId);
  if (!shown || stepId === undefined) return null;
  const step = { id: stepId, status, spawned: true as const };
  return <ChildrenProgress runId={shown.runId} step={step} className="h-4" />;
}

/** Names above a card; of a crowd the first ones. */
const namesShown = 3;

function Occupants({ nodeId }: { nodeId: string }) {
  const occupants = useOccupants(nodeId);
  const first = occupants[0];
  if (!first) return null;
  return (
    <>
      <span
        aria-hidden
        className="pointer-events-none absolute -inset-[4px] rounded-[11px] border-2"
        style={{ borderColor: first.color }}
      />
      <span className="pointer-events-none absolute right-[-4px] bottom-full left-[-4px] mb-1.5 flex gap-0.5">
        {occupants.slice(0, namesShown).map((occupant) => (
          <span
            key={occupant.clientId}
            className="min-w-0 max-w-28 truncate rounded-sm px-1.5 text-2xs leading-4 font-medium text-white"
            style={{ backgroundColor: occupant.color }}
          >
            {occupant.name}
          </span>
        ))}
        {occupants.length > namesShown ? (
          <span className="shrink-0 rounded-sm bg-muted px-1 text-2xs leading-4 font-medium text-surface">
            +{occupants.length - namesShown}
          </span>
        ) : null}
      </span>
    </>
  );
}

/** Something is still to be filled in: said quietly, until somebody was at it or asks for a run. */
function ToDoMark({ message }: { message: string }) {
  return (
    <Tooltip label={`To do: ${message}`}>
      <span
        role="img"
        aria-label={`To do: ${message}`}
        className="absolute -top-2 -right-2 flex size-4 items-center justify-center rounded-full bg-surface text-muted"
      >
        <CircleDashed aria-hidden className="size-3.5" strokeWidth={2} />
      </span>
    </Tooltip>
  );
}

function ProblemMark({ nodeId }: { nodeId: string }) {
  const problems = useNodeProblems(nodeId);
  const [toDo] = useNodeToDos(nodeId);
  const worst = problems.find((problem) => problem.severity === 'error') ?? problems[0];
  if (!worst) return toDo ? <ToDoMark message={toDo.message} /> : null;
  const isError = worst.severity === 'error';
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return (
    <Tooltip label={`${worst.message}${more}`}>
      <span
        role="img"
        aria-label={`${isError ? 'Problem' : 'Warning'}: ${worst.message}${more}`}
        className={cn(
          'absolute -top-2 -right-2 flex size-[18px] items-center justify-center rounded-full border-2 border-bg',
          isError ? 'bg-danger text-surface' : 'bg-warning text-surface',
        )}
      >
        {isError ? (
          <CircleAlert className="size-3" strokeWidth={2.5} />
        ) : (
          <TriangleAlert className="size-3" strokeWidth={2.5} />
        )}
      </span>
    </Tooltip>
  );
}

/** Duration, cost and attempts under the card: outside its box, so that nothing moves. */
function Figures({ step, aside }: { step: StepState; aside: boolean }) {
  const parts: string[] = [];
  if (step.startedAt !== undefined && step.finishedAt !== undefined && step.status !== 'skipped') {
    parts.push(formatDuration(step.finishedAt - step.startedAt));
  }
  const calls = step.calls ?? [];
  if (calls.length > 0) {
    parts.push(costOfCalls(calls));
  }
  if (calls.some((call) => call.rehearsed)) parts.push('made up');
  const tries = triesOf(step);
  if (tries > 1) parts.push(`attempt ${tries}`);
  if (parts.length === 0) return null;
  return (
    <div
      className={cn(
        'pointer-events-none absolute top-full mt-1 text-2xs whitespace-nowrap text-faint tabular',
        // Where a frame hangs on the card, beside the line that joins them.
        aside ? 'left-10' : 'left-1',
      )}
    >
      {parts.join(' · ')}
    </div>
  );
}
