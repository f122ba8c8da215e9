'use client';

import {
  AlignHorizontalDistributeCenter,
  Copy,
  CopyPlus,
  Group,
  Link2,
  Pencil,
  Pin,
  PinOff,
  Power,
  PowerOff,
  Scissors,
  StickyNote,
  Trash2,
  Ungroup,
  Workflow,
} from 'lucide-react';
import { CommentItem } from '@/components/comments/comment-menu-item';
import { DebugItems } from '@/components/debugger/debug-items';
import { LockItem } from '@/components/locks/lock-items';
import { useLocal, useSession } from '@/components/session/session';
import { ContextMenuItem, ContextMenuSeparator } from '@/components/ui/overlays/context-menu';
import { idsOf } from '@/lib/canvas/flow-ids';
import type { DraftNode } from '@/lib/canvas/graph';
import { AskItem } from './ask-item';
import { copyLink } from './hover-bar';
import { MenuColors } from './menu-colors';

/** What can be done with the steps that are selected. */
export function StepItems({ ids, canEdit }: { ids: string[]; canEdit: boolean }) {
  const { actions, graph } = useSession();
  const nodes = ids.flatMap((id) => graph.get().nodes.get(id) ?? []);
  const [first] = nodes;
  if (!first) return null;
  const one = nodes.length === 1 ? first : undefined;
  return (
    <>
      <ContextMenuItem keys={['Mod', 'C']} onSelect={() => void actions.copyToClipboard()}>
        <Copy /> {one ? 'Copy step' : `Copy ${nodes.length} steps`}
      </ContextMenuItem>
      {one ? (
        <ContextMenuItem onSelect={() => void copyLink(one.id)}>
          <Link2 /> Copy link
        </ContextMenuItem>
      ) : null}
      {one ? <CommentItem nodeId={one.id} /> : null}
      <AskItem />
      {one ? <DebugItems node={one} /> : null}
      {canEdit ? (
        <>
          <ContextMenuItem
            keys={['Mod', 'X']}
            onSelect={() => void actions.copyToClipboard().then(() => actions.removeSelected())}
          >
            <Scissors /> Cut
          </ContextMenuItem>
          <ContextMenuItem keys={['Mod', 'D']} onSelect={() => actions.duplicate(ids)}>
            <CopyPlus /> Duplicate
          </ContextMenuItem>
          <ContextMenuSeparator />
          {one ? <OneStepItems node={one} /> : null}
          <ContextMenuItem keys={['D']} onSelect={() => actions.toggleDisabled(ids)}>
            {first.disabled ? <Power /> : <PowerOff />} {first.disabled ? 'Enable' : 'Disable'}
          </ContextMenuItem>
          <ContextMenuItem onSelect={() => actions.toggleFixed(ids)}>
            {first.fixed ? <PinOff /> : <Pin />} {first.fixed ? 'Unpin position' : 'Pin position'}
          </ContextMenuItem>
          <LockItem ids={ids} />
          <MenuColors value={first.color} />
          <ContextMenuSeparator />
          <GroupItems nodes={nodes} />
          {one ? null : <ArrangeItems />}
          <ContextMenuSeparator />
          <ContextMenuItem danger keys={['Backspace']} onSelect={() => actions.removeSelected()}>
            <Trash2 /> Delete
          </ContextMenuItem>
        </>
      ) : null}
    </>
  );
}

function OneStepItems({ node }: { node: DraftNode }) {
  const { actions } = useSession();
  return (
    <>
      <ContextMenuItem keys={['F2']} onSelect={() => actions.startRenaming(node.id)}>
        <Pencil /> Rename
      </ContextMenuItem>
      <ContextMenuItem onSelect={() => setTimeout(() => actions.editPin(node.id), 0)}>
        <Pin /> {node.pinnedOutput === undefined ? 'Pin output…' : 'Edit pinned output…'}
      </ContextMenuItem>
    </>
  );
}

function GroupItems({ nodes }: { nodes: DraftNode[] }) {
  const { actions } = useSession();
  const grouped = nodes.some((node) => node.group !== undefined);
  return (
    <>
      <ContextMenuItem
        keys={['Mod', 'G']}
        // The menu returns the focus as it closes: the name field opens after that.
        onSelect={() => setTimeout(actions.group, 0)}
      >
        <Group /> Group
      </ContextMenuItem>
      {grouped ? (
        <ContextMenuItem keys={['Mod', 'Shift', 'G']} onSelect={actions.ungroup}>
          <Ungroup /> Ungroup
        </ContextMenuItem>
      ) : null}
    </>
  );
}

function ArrangeItems() {
  const { actions } = useSession();
  return (
    <>
      <ContextMenuItem
        keys={['Alt', 'Shift', 'H']}
        onSelect={() => actions.distribute('horizontal')}
      >
        <AlignHorizontalDistributeCenter /> Distribute
      </ContextMenuItem>
      <ContextMenuItem keys={['Shift', 'L']} onSelect={() => void actions.tidy()}>
        <Workflow /> Tidy these
      </ContextMenuItem>
    </>
  );
}

/** What can be done with notes alone. */
export function ObjectItems({ canEdit }: { canEdit: boolean }) {
  const { actions, graph } = useSession();
  const notes = idsOf(
    useLocal((local) => local.objects),
    'note',
  );
  const [first] = notes;
  const note = graph.get().notes.get(first ?? '');
  return (
    <>
      <ContextMenuItem keys={['Mod', 'C']} onSelect={() => void actions.copyToClipboard()}>
        <Copy /> {notes.length === 1 ? 'Copy note' : `Copy ${notes.length} notes`}
      </ContextMenuItem>
      {canEdit ? (
        <>
          <ContextMenuItem keys={['Mod', 'D']} onSelect={() => actions.duplicate()}>
            <CopyPlus /> Duplicate
          </ContextMenuItem>
          {notes.length === 1 && first !== undefined ? (
            <ContextMenuItem
              keys={['Enter']}
              onSelect={() => setTimeout(() => actions.write(first), 0)}
            >
              <StickyNote /> Write
            </ContextMenuItem>
          ) : null}
          <MenuColors value={note?.color} />
          <ContextMenuSeparator />
          <ContextMenuItem danger keys={['Backspace']} onSelect={() => actions.removeSelected()}>
            <Trash2 /> Delete
          </ContextMenuItem>
        </>
      ) : null}
    </>
  );
}
