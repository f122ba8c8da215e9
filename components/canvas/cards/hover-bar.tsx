'use client';

import {
  CopyPlus,
  Ellipsis,
  Link2,
  Palette,
  Pencil,
  Pin,
  PinOff,
  Power,
  PowerOff,
  Trash2,
} from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { HoverComment } from '@/components/comments/comment-menu-item';
import { LockButton } from '@/components/locks/lock-items';
import { useLockAgainst } from '@/components/locks/locks';
import { useCanEdit, useSession } from '@/components/session/session';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toast } from '@/components/ui/controls/toast';
import { DropdownMenu, DropdownMenuItem } from '@/components/ui/overlays/dropdown-menu';
import { Popover } from '@/components/ui/overlays/popover';
import type { DraftNode } from '@/lib/canvas/graph';
import { ColorRow } from './colors';
import { linkToStep } from './use-linked-step';

const small = '!size-3.5';

/** Quick actions above a card, on hover and while something in it has the focus. */
export function HoverBar({ node }: { node: DraftNode }) {
  const { actions } = useSession();
  const disabled = node.disabled === true;
  // What a lock of somebody else's forbids is not offered.
  const free = useLockAgainst(node.id) === undefined;
  if (!useCanEdit()) return null;
  return (
    <div
      role="toolbar"
      aria-label="Step actions"
      className="canvas-bar nodrag nopan pointer-events-none absolute right-2 bottom-full flex gap-0.5 pb-1 opacity-0 transition-opacity duration-100 group-focus-within/card:pointer-events-auto group-focus-within/card:opacity-100 group-hover/card:pointer-events-auto group-hover/card:opacity-100 has-data-[state=open]:pointer-events-auto has-data-[state=open]:opacity-100"
    >
      <div className="flex rounded-md border border-border-strong bg-raised p-px">
        {free ? (
          <Tool label="Rename" keys={['F2']} onClick={() => actions.startRenaming(node.id)}>
            <Pencil className={small} />
          </Tool>
        ) : null}
        <Tool label="Duplicate" keys={['Mod', 'D']} onClick={() => actions.duplicate([node.id])}>
          <CopyPlus className={small} />
        </Tool>
        {free ? (
          <>
            <Tool
              label={disabled ? 'Enable' : 'Disable'}
              keys={['D']}
              onClick={() => actions.toggleDisabled([node.id])}
            >
              {disabled ? <Power className={small} /> : <PowerOff className={small} />}
            </Tool>
            <ColorTool node={node} />
          </>
        ) : null}
        <HoverComment nodeId={node.id} />
        <LockButton nodeId={node.id} />
        {free ? (
          <Tool label="Delete" keys={['Backspace']} onClick={() => actions.remove([node.id])}>
            <Trash2 className={small} />
          </Tool>
        ) : null}
        <More node={node} free={free} />
      </div>
    </div>
  );
}

type ToolProps = { label: string; keys?: string[]; onClick?: () => void; children: ReactNode };

function Tool({ label, keys, onClick, children }: ToolProps) {
  return (
    <IconButton
      label={label}
      size="sm"
      side="top"
      tabIndex={-1}
      onClick={onClick}
      {...(keys ? { keys } : {})}
    >
      {children}
    </IconButton>
  );
}

function ColorTool({ node }: { node: DraftNode }) {
  const { actions } = useSession();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label="Colour of the step"
      open={open}
      onOpenChange={setOpen}
      side="top"
      className="w-auto p-2"
      trigger={
        <button
          type="button"
          tabIndex={-1}
          aria-label="Colour"
          className="inline-flex size-6 shrink-0 items-center justify-center rounded-md text-muted transition-colors duration-100 hover:bg-hover hover:text-fg data-[state=open]:bg-hover"
        >
          <Palette aria-hidden className="size-3.5" />
        </button>
      }
    >
      <ColorRow
        value={node.color}
        onChoose={(color) => {
          actions.colorOnly(node.id, color);
          setOpen(false);
        }}
      />
    </Popover>
  );
}

function More({ node, free }: { node: DraftNode; free: boolean }) {
  return (
    <DropdownMenu
      align="end"
      trigger={
        <button
          type="button"
          tabIndex={-1}
          aria-label="More actions"
          className="inline-flex size-6 shrink-0 items-center justify-center rounded-md text-muted transition-colors duration-100 hover:bg-hover hover:text-fg data-[state=open]:bg-hover"
        >
          <Ellipsis aria-hidden className="size-3.5" />
        </button>
      }
    >
      <DropdownMenuItem onSelect={() => void copyLink(node.id)}>
        <Link2 /> Copy link
      </DropdownMenuItem>
      {free ? <Pins node={node} /> : null}
    </DropdownMenu>
  );
}

function Pins({ node }: { node: DraftNode }) {
  const { actions } = useSession();
  const pinned = node.pinnedOutput !== undefined;
  return (
    <>
      <DropdownMenuItem onSelect={() => setTimeout(() => actions.editPin(node.id), 0)}>
        <Pin /> {pinned ? 'Edit pinned output…' : 'Pin output…'}
      </DropdownMenuItem>
      {pinned ? (
        <DropdownMenuItem onSelect={() => actions.pin(node.id, undefined)}>
          <PinOff /> Unpin output
        </DropdownMenuItem>
      ) : null}
      <DropdownMenuItem onSelect={() => actions.toggleFixed([node.id])}>
        {node.fixed ? <PinOff /> : <Pin />} {node.fixed ? 'Unpin position' : 'Pin position'}
      </DropdownMenuItem>
    </>
  );
}

/** Puts the address of a step on the clipboard. */
export async function copyLink(nodeId: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(linkToStep(nodeId));
    toast('Link copied');
  } catch {
    toast.error('The link could not be copied');
  }
}
