'use client';

import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { NodeIcon } from '@/components/icons/node-icon';
import { StepSubtitle } from '@/components/nodes/step-subtitle';
import { useReview } from '@/components/suggestions/use-review';
import { cn } from '@/components/ui/cn';
import { portMiddle } from '@/lib/canvas/geometry';
import { drawingOf, typeOf } from '@/lib/canvas/node-types';
import type { WorkflowNode } from '@/lib/workflows/schema';

export type GhostNode = Node<
  { key: string; node?: WorkflowNode; text?: string; by?: string | undefined },
  'ghost'
>;

const dot = '!size-2 !min-h-0 !min-w-0 !rounded-full !border-0 !bg-success !pointer-events-none';

/** A step or a note that a suggestion would add. A click goes to it in the list. */
export const GhostCard = memo(function GhostCard({ data, width, height }: NodeProps<GhostNode>) {
  const { key, node, text, by } = data;
  const { focus, current } = useReview();
  const type = node && typeOf(node.type);
  const drawing = node && drawingOf(node);
  return (
    <>
      <button
        type="button"
        data-ghost={key}
        aria-label={`Suggested: ${node?.name ?? text ?? 'note'}`}
        style={{ width, height }}
        onContextMenu={(event) => event.stopPropagation()}
        onDoubleClick={(event) => event.stopPropagation()}
        onClick={(event) => {
          event.stopPropagation();
          focus(key);
        }}
        className={cn(
          'nodrag nopan relative block rounded-lg border border-dashed border-success bg-success-soft text-left',
          current === key && 'outline-2 outline-offset-2 outline-success',
        )}
      >
        <span className="absolute bottom-full left-0 mb-1 rounded-sm bg-success-soft px-1.5 text-2xs leading-4 font-medium text-success">
          {by === undefined ? 'Added' : `${by} adds`}
        </span>
        {node ? (
          <span className="flex h-[62px] items-center gap-2.5 px-3">
            <NodeIcon icon={type?.icon} group={type?.group} />
            <span className="min-w-0 flex-1">
              <span className="block truncate text-sm leading-5 font-medium">
                {node.name || type?.title}
              </span>
              <span className="block truncate text-xs text-muted">
                <StepSubtitle text={drawing?.subtitle ?? ''} otherwise={type?.title} />
              </span>
            </span>
          </span>
        ) : (
          <span className="block h-full overflow-hidden p-2.5 text-xs whitespace-pre-wrap text-muted">
            {text}
          </span>
        )}
      </button>
      {drawing?.accepts ? (
        <Handle
          id="in"
          type="target"
          position={Position.Left}
          className={dot}
          style={{ top: 31 }}
          isConnectable={false}
        />
      ) : null}
      {drawing?.ports.map((port, index) => (
        <Handle
          key={port.id}
          id={port.id}
          type="source"
          position={Position.Right}
          className={dot}
          style={{ top: portMiddle(drawing.ports, index) - 1 }}
          isConnectable={false}
        />
      ))}
    </>
  );
});
