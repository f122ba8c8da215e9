'use client';

import {
  ClipboardPaste,
  Copy,
  CopyPlus,
  Pencil,
  Plus,
  Power,
  PowerOff,
  Scissors,
  SquareDashed,
  Trash2,
  Workflow,
} from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { ContextMenu, ContextMenuItem, ContextMenuSeparator } from '@/components/ui/context-menu';
import type { Point } from './local-state';
import { useCanEdit, useLocal, useSession } from './session';

/** The menu of the right button: for what is selected, or for the empty canvas. */
export function CanvasMenu({ children }: { children: ReactNode }) {
  const canEdit = useCanEdit();
  const at = useRef<Point>({ x: 0, y: 0 });
  const nodes = useLocal((local) => local.nodes);
  const edges = useLocal((local) => local.edges);
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
        <StepItems ids={[...nodes]} edges={[...edges]} canEdit={canEdit} />
      ) : edges.size > 0 ? (
        <EdgeItems ids={[...edges]} canEdit={canEdit} />
      ) : (
        <PaneItems at={at} canEdit={canEdit} />
      )}
    </ContextMenu>
  );
}

function StepItems({ ids, edges, canEdit }: { ids: string[]; edges: string[]; canEdit: boolean }) {
  const { actions, graph } = useSession();
  const [first] = ids;
  const disabled = first !== undefined && graph.get().nodes.get(first)?.disabled;
  const one = ids.length === 1;
  return (
    <>
      <ContextMenuItem keys={['Mod', 'C']} onSelect={() => void actions.copyToClipboard()}>
        <Copy /> {one ? 'Copy step' : `Copy ${ids.length} steps`}
      </ContextMenuItem>
      {canEdit ? (
        <>
          <ContextMenuItem
            keys={['Mod', 'X']}
            onSelect={() => void actions.copyToClipboard().then(() => actions.remove(ids, edges))}
          >
            <Scissors /> Cut
          </ContextMenuItem>
          <ContextMenuItem keys={['Mod', 'D']} onSelect={() => actions.duplicate(ids)}>
            <CopyPlus /> Duplicate
          </ContextMenuItem>
          <ContextMenuSeparator />
          {one && first !== undefined ? (
            <ContextMenuItem keys={['F2']} onSelect={() => actions.startRenaming(first)}>
              <Pencil /> Rename
            </ContextMenuItem>
          ) : null}
          <ContextMenuItem keys={['D']} onSelect={() => actions.toggleDisabled(ids)}>
            {disabled ? <Power /> : <PowerOff />} {disabled ? 'Enable' : 'Disable'}
          </ContextMenuItem>
          <ContextMenuSeparator />
          <ContextMenuItem danger keys={['Backspace']} onSelect={() => actions.remove(ids, edges)}>
            <Trash2 /> Delete
          </ContextMenuItem>
        </>
      ) : null}
    </>
  );
}

function EdgeItems({ ids, canEdit }: { ids: string[]; canEdit: boolean }) {
  const { actions } = useSession();
  return (
    <ContextMenuItem
      danger
      disabled={!canEdit}
      keys={['Backspace']}
      onSelect={() => actions.remove([], ids)}
    >
      <Trash2 /> Delete connection
    </ContextMenuItem>
  );
}

function PaneItems({ at, canEdit }: { at: React.RefObject<Point>; canEdit: boolean }) {
  const { actions } = useSession();
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
            keys={['Mod', 'V']}
            onSelect={() => void actions.pasteFromClipboard(at.current)}
          >
            <ClipboardPaste /> Paste
          </ContextMenuItem>
          <ContextMenuSeparator />
        </>
      ) : null}
      <ContextMenuItem keys={['Mod', 'A']} onSelect={actions.selectAll}>
        <SquareDashed /> Select all
      </ContextMenuItem>
      {canEdit ? (
        <ContextMenuItem keys={['Shift', 'L']} onSelect={actions.tidy}>
          <Workflow /> Tidy layout
        </ContextMenuItem>
      ) : null}
    </>
  );
}
