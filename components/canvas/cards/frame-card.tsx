'use client';

import type { Node, NodeProps } from '@xyflow/react';
import { Ungroup } from 'lucide-react';
import { memo } from 'react';
import { useCanEdit, useLocal, useSession } from '@/components/session/session';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/controls/icon-button';
import { plural } from '@/components/ui/format';
import type { WorkflowGroup } from '@/lib/workflows/schema';
import { ColorRow } from './colors';
import { RenameField } from './rename-field';

export type FrameNode = Node<{ group: WorkflowGroup; steps: number }, 'frame'>;

/** The frame of a group. Its header moves all; the rest lets the pointer through to what is below. */
export const FrameCard = memo(function FrameCard({
  id,
  data,
  selected,
  width,
  height,
}: NodeProps<FrameNode>) {
  const { group, steps } = data;
  const { actions } = useSession();
  const canEdit = useCanEdit();
  const renaming = useLocal((local) => local.renaming === id);
  const target = useLocal((local) => local.dropGroup === group.id);
  const alone = useLocal((local) => local.objects.size === 1 && local.objects.has(id));
  return (
    <div
      data-tint={group.color ?? 'grey'}
      style={{ width, height }}
      className={cn(
        'pointer-events-none rounded-xl border border-(--edge) bg-(--wash) transition-colors duration-100',
        selected && 'border-accent ring-1 ring-accent',
        target && 'border-accent bg-accent-soft/60',
      )}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter and F2 on the frame do the same by keyboard */}
      <div
        className={cn(
          'frame-header pointer-events-auto flex h-9 items-center gap-2 rounded-t-xl pr-1.5 pl-3',
          canEdit && 'cursor-grab active:cursor-grabbing',
        )}
        onPointerDownCapture={(event) => {
          if (event.button === 0 && !selected && !renaming) {
            actions.selectGroup(group.id, event.shiftKey || event.metaKey || event.ctrlKey);
          }
        }}
        onDoubleClick={() => canEdit && actions.startRenaming(id)}
      >
        <span aria-hidden className="size-2 shrink-0 rounded-full bg-(--tint)" />
        {renaming && canEdit ? (
          <RenameField
            name={group.name}
            label="Group name"
            className="h-6 w-48 max-w-full min-w-0"
            onRename={(name) => actions.renameGroup(group.id, name)}
          />
        ) : (
          <span className="min-w-0 truncate text-sm font-medium text-muted">
            {group.name || 'Group'}
          </span>
        )}
        <span className="shrink-0 text-xs text-faint tabular">{steps}</span>
        {canEdit && selected && alone ? (
          <span className="nodrag ml-auto flex items-center gap-2 rounded-md border border-border-strong bg-raised py-px pr-px pl-2">
            <ColorRow value={group.color} onChoose={(color) => actions.colorOnly(id, color)} />
            <IconButton
              label="Ungroup"
              keys={['Mod', 'Shift', 'G']}
              size="sm"
              side="top"
              onClick={actions.ungroup}
            >
              <Ungroup className="!size-3.5" />
            </IconButton>
          </span>
        ) : null}
      </div>
    </div>
  );
});

/** What screen readers hear of a frame. */
export const frameLabel = ({ name }: WorkflowGroup, steps: number) =>
  `Group ${name || 'without a name'}, ${plural(steps, 'step')}`;
