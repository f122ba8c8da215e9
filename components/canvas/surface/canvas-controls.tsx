'use client';

import { useReactFlow, useStore } from '@xyflow/react';
import {
  Hand,
  Maximize,
  MessageCirclePlus,
  Minus,
  MousePointer2,
  Plus,
  Redo2,
  StickyNote,
  Undo2,
  Workflow,
} from 'lucide-react';
import { useCanEdit, useLocal, useSession } from '@/components/session/session';
import { motion } from '@/components/session/state/motion';
import { useCan } from '@/components/shell/actor-context';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Separator } from '@/components/ui/display/separator';

/** Bottom left: tools, history, zoom, fit and tidy. */
export function CanvasControls() {
  const { actions } = useSession();
  const canEdit = useCanEdit();
  const mayComment = useCan('workflows.comment');
  const { zoomIn, zoomOut, zoomTo } = useReactFlow();
  const zoom = useStore((state) => Math.round(state.transform[2] * 100));
  const tool = useLocal((local) => local.tool);
  return (
    <div
      role="toolbar"
      aria-label="Canvas"
      className="absolute bottom-3 left-3 z-30 flex items-center gap-px rounded-lg border border-border-strong bg-raised p-0.5"
    >
      <IconButton
        label="Pointer"
        keys={['V']}
        side="top"
        aria-pressed={tool === 'pointer'}
        onClick={() => actions.pickTool('pointer')}
      >
        <MousePointer2 />
      </IconButton>
      <IconButton
        label="Hand"
        keys={['H']}
        side="top"
        aria-pressed={tool === 'hand'}
        onClick={() => actions.pickTool('hand')}
      >
        <Hand />
      </IconButton>
      {mayComment ? (
        <IconButton
          label="Comment"
          keys={['C']}
          side="top"
          aria-pressed={tool === 'comment'}
          onClick={() => actions.pickTool(tool === 'comment' ? 'pointer' : 'comment')}
        >
          <MessageCirclePlus />
        </IconButton>
      ) : null}
      {canEdit ? (
        <>
          <Bar />
          <IconButton label="Undo" keys={['Mod', 'Z']} side="top" onClick={actions.undo}>
            <Undo2 />
          </IconButton>
          <IconButton label="Redo" keys={['Mod', 'Shift', 'Z']} side="top" onClick={actions.redo}>
            <Redo2 />
          </IconButton>
        </>
      ) : null}
      <div className="flex items-center gap-px max-sm:hidden">
        <Bar />
        <IconButton label="Zoom out" side="top" onClick={() => void zoomOut(motion)}>
          <Minus />
        </IconButton>
        <button
          type="button"
          aria-label={`Zoom ${zoom} percent, reset to 100`}
          onClick={() => void zoomTo(1, motion)}
          className="h-7 w-11 rounded-md text-center text-xs text-muted tabular hover:bg-hover hover:text-fg"
        >
          {zoom}%
        </button>
        <IconButton label="Zoom in" side="top" onClick={() => void zoomIn(motion)}>
          <Plus />
        </IconButton>
      </div>
      <IconButton label="Fit" keys={['1']} side="top" onClick={actions.fit}>
        <Maximize />
      </IconButton>
      {canEdit ? (
        <IconButton
          label="Add note"
          keys={['Shift', 'N']}
          side="top"
          onClick={() => actions.addNote()}
        >
          <StickyNote />
        </IconButton>
      ) : null}
      {canEdit ? (
        <IconButton
          label="Tidy layout"
          keys={['Shift', 'L']}
          side="top"
          onClick={() => void actions.tidy()}
        >
          <Workflow />
        </IconButton>
      ) : null}
    </div>
  );
}

function Bar() {
  return <Separator vertical className="mx-0.5 my-1.5" />;
}
