'use client';

import { useReactFlow } from '@xyflow/react';
import { ClipboardPaste, Plus, SquareDashed, StickyNote, Trash2, Workflow } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { CommentItem } from '@/components/comments/comment-menu-item';
import { useCanEdit, useLocal, useSession } from '@/components/session/session';
import {
  ContextMenu,
  ContextMenuItem,
  ContextMenuSeparator,
} from '@/components/ui/overlays/context-menu';
import type { Point } from '@/lib/canvas/geometry';
import { AskItem } from '../cards/ask-item';
import { ObjectItems, StepItems } from '../cards/step-menu';

/** The menu of the right button: for what is selected, or for the empty canvas. */
export function CanvasMenu({ children }: { children: ReactNode }) {
  const canEdit = useCanEdit();
  const at = useRef<Point>({ x: 0, y: 0 });
  const nodes = useLocal((local) => local.nodes);
  const edges = useLocal((local) => local.edges);
  const objects = useLocal((local) => local.objects);
  const remember = (event: React.MouseEvent) => {
    at.current = { x: event.clientX, y: event.clientY };
  };
  return (
    <ContextMenu
      trigger={
        <div className="flex min-h-0 min-w-0 flex-1" onContextMenuCapture={remember}>
          {children}
        </div>
      }
    >
      {nodes.size > 0 ? (
        <StepItems ids={[...nodes]} canEdit={canEdit} />
      ) : objects.size > 0 ? (
        <ObjectItems canEdit={canEdit} />
      ) : edges.size > 0 ? (
        <EdgeItems ids={[...edges]} canEdit={canEdit} />
      ) : (
        <PaneItems at={at} canEdit={canEdit} />
      )}
    </ContextMenu>
  );
}

function EdgeItems({ ids, canEdit }: { ids: string[]; canEdit: boolean }) {
  const { actions } = useSession();
  return (
    <>
      {ids.length === 1 ? <CommentItem edgeId={ids[0]} /> : null}
      <ContextMenuItem
        danger
        disabled={!canEdit}
        keys={['Backspace']}
        onSelect={() => actions.remove([], ids)}
      >
        <Trash2 /> Delete wire
      </ContextMenuItem>
    </>
  );
}

function PaneItems({ at, canEdit }: { at: React.RefObject<Point>; canEdit: boolean }) {
  const { actions } = useSession();
  const { screenToFlowPosition: toCanvas } = useReactFlow();
  return (
    <>
      {canEdit ? (
        <>
          <ContextMenuItem
            keys={['N']}
            onSelect={() => {
              const screen = at.current;
              // The menu gives the focus back as it closes: the palette opens after that.
              setTimeout(() => actions.openPalette({ screen, drop: screen }), 0);
            }}
          >
            <Plus /> Add step
          </ContextMenuItem>
          <ContextMenuItem
            keys={['Shift', 'N']}
            onSelect={() => setTimeout(() => actions.addNote(toCanvas(at.current)), 0)}
          >
            <StickyNote /> Add note
          </ContextMenuItem>
          <ContextMenuItem
            keys={['Mod', 'V']}
            onSelect={() => void actions.pasteFromClipboard(at.current)}
          >
            <ClipboardPaste /> Paste
          </ContextMenuItem>
          <ContextMenuSeparator />
        </>
      ) : null}
      <CommentItem at={at} />
      <AskItem />
      <ContextMenuItem keys={['Mod', 'A']} onSelect={actions.selectAll}>
        <SquareDashed /> Select all
      </ContextMenuItem>
      {canEdit ? (
        <ContextMenuItem keys={['Shift', 'L']} onSelect={() => void actions.tidy()}>
          <Workflow /> Tidy layout
        </ContextMenuItem>
      ) : null}
    </>
  );
}
