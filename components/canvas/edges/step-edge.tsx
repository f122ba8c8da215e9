'use client';

import {
  BaseEdge,
  type Edge,
  EdgeLabelRenderer,
  type EdgeProps,
  getBezierPath,
} from '@xyflow/react';
import { Plus, X } from 'lucide-react';
import { memo } from 'react';
import { useObservable } from '@/components/observable/use-observable';
import { useCanEdit, useLocal, useSession } from '@/components/session/session';
import { cn } from '@/components/ui/cn';
import { type EdgeState, edgeStateOf } from '@/lib/canvas/edge-state';
import { errorPort } from '@/lib/nodes/node-type/ports';

export type StepEdge = Edge<Record<string, never>, 'step'>;

const looks: Record<EdgeState, string> = {
  idle: '!stroke-faint/60',
  taken: '!stroke-success',
  dead: '!stroke-faint/50 [stroke-dasharray:3_5]',
  flowing: '!stroke-info flow-dash',
};

/** A wire. It moves only while the step that it leads to runs. */
export const StepEdgeLine = memo(function StepEdgeLine(props: EdgeProps<StepEdge>) {
  const { id, source, target, sourceHandleId, selected } = props;
  const session = useSession();
  const state = useObservable(session.run, (run) =>
    edgeStateOf(run?.state, source, sourceHandleId ?? 'out', target),
  );
  const hovered = useLocal((local) => local.hoveredEdge === id);
  const receives = useLocal((local) => local.dropEdge === id);
  const alone = useLocal(
    (local) => local.edges.size === 1 && local.nodes.size === 0 && local.edges.has(id),
  );
  const [path, labelX, labelY] = getBezierPath({
    sourceX: props.sourceX,
    sourceY: props.sourceY,
    targetX: props.targetX,
    targetY: props.targetY,
    sourcePosition: props.sourcePosition,
    targetPosition: props.targetPosition,
  });
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={22}
        className={cn(
          '!stroke-[1.75px]',
          looks[state],
          state === 'taken' && sourceHandleId === errorPort.id && '!stroke-danger',
          (hovered || selected) && '!stroke-accent',
          receives && '!stroke-accent !stroke-[4px]',
        )}
      />
      {hovered || alone ? <EdgeTools id={id} x={labelX} y={labelY} chosen={alone} /> : null}
    </>
  );
});

type ToolsProps = {
  id: string;
  x: number;
  y: number;
  /** The wire alone is selected: only then may a click delete it. */
  chosen: boolean;
};

/** They stand above the wire, not on it: a click on a wire, also on a short one, means the wire. */
function EdgeTools({ id, x, y, chosen }: ToolsProps) {
  const session = useSession();
  if (!useCanEdit()) return null;
  const button =
    'flex size-[22px] items-center justify-center text-muted hover:bg-hover hover:text-fg [&_svg]:size-3.5';
  return (
    <EdgeLabelRenderer>
      <div
        className="nodrag nopan pointer-events-auto absolute flex overflow-hidden rounded-md border border-border-strong bg-raised"
        style={{
          transform: `translate(-50%, calc(-100% - 8px)) translate(${x}px, ${y}px)`,
          zIndex: 10,
        }}
        onPointerEnter={() => session.actions.hoverEdge(id)}
        onPointerLeave={() => session.actions.hoverEdge(undefined)}
      >
        <button
          type="button"
          aria-label="Add a step here"
          className={button}
          onClick={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            session.actions.openPalette({
              screen: { x: box.left, y: box.bottom + 6 },
              edgeId: id,
            });
          }}
        >
          <Plus />
        </button>
        {chosen ? (
          <button
            type="button"
            aria-label="Delete this wire"
            className={button}
            onClick={() => session.actions.remove([], [id])}
          >
            <X />
          </button>
        ) : null}
      </div>
    </EdgeLabelRenderer>
  );
}
