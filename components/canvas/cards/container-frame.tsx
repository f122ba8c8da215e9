'use client';

import type { Node, NodeProps } from '@xyflow/react';
import { Plus } from 'lucide-react';
import { memo } from 'react';
import { Joint } from '@/components/nodes/joint';
import { useCanEdit, useLocal, useSession } from '@/components/session/session';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/controls/icon-button';
import type { DraftNode } from '@/lib/canvas/graph';
import type { Box } from '@/lib/canvas/layout/box';
import { typeOf } from '@/lib/canvas/node-types';

/** `card`: where the card of the step stands, seen from the frame's corner. */
export type ContainerNode = Node<
  { node: DraftNode; title: string; steps: number; card: Box },
  'container'
>;

/** The frame around the steps inside a step, joined to its card. Its header moves all. */
export const ContainerFrame = memo(function ContainerFrame({
  data,
  selected,
  width = 0,
  height = 0,
}: NodeProps<ContainerNode>) {
  const { node, title, steps, card } = data;
  const { actions } = useSession();
  const canEdit = useCanEdit();
  const target = useLocal((local) => local.dropGroup === node.id);
  const names = typeOf(node.type)?.contains ?? [];
  const add = (event: React.MouseEvent) => {
    const { right, top } = event.currentTarget.getBoundingClientRect();
    actions.openPalette({ screen: { x: right + 6, y: top - 8 }, inside: node.id });
  };
  return (
    <div
      data-tint={node.color ?? 'grey'}
      data-container={node.id}
      style={{ width, height }}
      className={cn(
        'pointer-events-none relative rounded-xl border border-(--edge) bg-(--wash) transition-colors duration-100',
        steps === 0 && 'border-dashed',
        selected && 'border-accent ring-1 ring-accent',
        target && 'border-accent bg-accent-soft/60',
      )}
    >
      <Joint card={card} width={width} />
      <div
        className={cn(
          'frame-header pointer-events-auto flex h-9 items-center gap-2 rounded-t-xl pr-1.5 pl-3',
          canEdit && 'cursor-grab active:cursor-grabbing',
        )}
        onPointerDownCapture={(event) => {
          if (event.button === 0 && !selected) {
            actions.selectGroup(node.id, event.shiftKey || event.metaKey || event.ctrlKey);
          }
        }}
      >
        <span className="min-w-0 truncate text-sm font-medium text-muted">{title}</span>
        <span
          className="flex min-w-0 shrink gap-1 overflow-hidden"
          title="Available to steps inside"
        >
          {names.map((name) => (
            <span key={name} className="rounded-sm font-mono text-2xs text-faint">
              {name}
            </span>
          ))}
        </span>
        {canEdit && steps > 0 ? (
          <IconButton
            label={`Add a step inside ${node.name}`}
            size="sm"
            side="top"
            className="nodrag ml-auto"
            onClick={add}
          >
            <Plus className="!size-3.5" />
          </IconButton>
        ) : null}
      </div>
      {steps === 0 ? (
        <div className="absolute inset-x-0 top-12 flex h-16 items-center justify-center">
          {canEdit ? (
            <button
              type="button"
              onClick={add}
              aria-label={`Add a step inside ${node.name}`}
              className="nodrag nopan pointer-events-auto flex h-8 items-center gap-1.5 rounded-md border border-border-strong bg-surface px-2.5 text-sm text-muted hover:border-accent hover:bg-accent-soft hover:text-accent"
            >
              <Plus className="size-3.5" aria-hidden /> Add a step inside
            </button>
          ) : (
            <span className="text-xs text-faint">No steps inside</span>
          )}
        </div>
      ) : null}
    </div>
  );
});
