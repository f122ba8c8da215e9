'use client';

import type { Node, NodeProps } from '@xyflow/react';
import { useReactFlow } from '@xyflow/react';
import { Trash2 } from 'lucide-react';
import { memo, useEffect, useMemo, useRef } from 'react';
import { useOccupants } from '@/components/presence/people';
import { caretsOf } from '@/components/realtime/carets';
import { useCanEdit, useLocal, useSession } from '@/components/session/session';
import { TextEditor } from '@/components/text-editor/text-editor';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Markdown } from '@/components/ui/display/markdown';
import { grid } from '@/lib/canvas/geometry';
import { textOfNote } from '@/lib/workflows/edits/edits-objects';
import type { WorkflowNote } from '@/lib/workflows/schema';
import { ColorRow } from './colors';

export type NoteNode = Node<{ note: WorkflowNote }, 'note'>;

/** A piece of paper: Markdown that is written where it lies, by several people at once. */
export const NoteCard = memo(function NoteCard({
  id,
  data,
  selected,
  width,
  height,
}: NodeProps<NoteNode>) {
  const { note } = data;
  const { actions } = useSession();
  const canEdit = useCanEdit();
  const writing = useLocal((local) => local.writing === note.id) && canEdit;
  const alone = useLocal(
    (local) => local.objects.size === 1 && local.nodes.size === 0 && local.objects.has(id),
  );
  const others = useOccupants(note.id);
  const [other] = others;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter on the card does the same by keyboard
    <div
      data-tint={note.color ?? 'yellow'}
      style={{ width, height, ...(other && !selected ? { borderColor: other.color } : {}) }}
      className={cn(
        'group/note relative flex flex-col rounded-md border border-(--edge) bg-(--paper) text-sm',
        selected && 'border-accent ring-1 ring-accent',
      )}
      onDoubleClick={() => canEdit && actions.write(note.id)}
    >
      {other ? (
        <span
          className="pointer-events-none absolute bottom-full left-0 mb-1 max-w-40 truncate rounded-sm px-1.5 text-2xs leading-4 font-medium text-white"
          style={{ backgroundColor: other.color }}
        >
          {others.map((person) => person.name).join(', ')}
        </span>
      ) : null}
      {writing ? (
        <Writing note={note} />
      ) : note.text.trim() === '' ? (
        <p className="px-3 py-2 text-faint">
          {canEdit ? 'Double-click to write. Supports Markdown.' : 'An empty note.'}
        </p>
      ) : (
        <div className="min-h-0 flex-1 overflow-hidden px-3 py-2">
          <Markdown text={note.text} className="text-sm" />
        </div>
      )}
      {canEdit && alone ? <NoteTools id={id} note={note} /> : null}
      {canEdit ? <ResizeCorner note={note} shown={selected === true} /> : null}
    </div>
  );
});

function NoteTools({ id, note }: { id: string; note: WorkflowNote }) {
  const { actions } = useSession();
  return (
    <div
      role="toolbar"
      aria-label="Note actions"
      className="canvas-bar nodrag nopan absolute right-0 bottom-full mb-1.5 flex items-center gap-2 rounded-md border border-border-strong bg-raised py-px pr-px pl-2"
    >
      <ColorRow value={note.color} onChoose={(color) => actions.colorOnly(id, color)} />
      <IconButton
        label="Delete note"
        keys={['Backspace']}
        size="sm"
        side="top"
        onClick={() => actions.removeObjects([id])}
      >
        <Trash2 className="!size-3.5" />
      </IconButton>
    </div>
  );
}

function Writing({ note }: { note: WorkflowNote }) {
  const { copy, actions } = useSession();
  const host = useRef<HTMLDivElement>(null);
  const text = textOfNote(copy.draft, note.id);
  const carets = useMemo(() => caretsOf(copy.presence, note.id, 'text'), [copy, note.id]);
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const content = host.current?.querySelector<HTMLElement>('.cm-content');
      content?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  if (!text) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of the field in it
    <div
      ref={host}
      className="nodrag nopan nowheel min-h-0 flex-1 cursor-text overflow-hidden rounded-md [&>div]:h-full [&>div]:overflow-y-auto [&>div]:!border-0 [&>div]:!bg-transparent"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        const card = host.current?.closest<HTMLElement>('.react-flow__node');
        actions.write(undefined);
        card?.focus({ preventScroll: true });
      }}
    >
      <TextEditor
        language="template"
        label="Note"
        placeholder="Write a note…"
        text={text}
        undo={copy.undo}
        carets={carets}
        minHeight={note.height - 8}
        maxHeight={2_000}
        onFocus={() => copy.presence.set({ focus: { nodeId: note.id, field: 'text' } })}
        onBlur={() => {
          copy.presence.set({ focus: undefined });
          actions.write(undefined);
        }}
      />
    </div>
  );
}

const arrows: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The corner that sizes a note: drag it, or use the arrow keys while it has the focus. */
function ResizeCorner({ note, shown }: { note: WorkflowNote; shown: boolean }) {
  const { actions, local } = useSession();
  const { getZoom } = useReactFlow();
  const start = useRef<{ x: number; y: number } | undefined>(undefined);
  const sizeAt = (event: React.PointerEvent) => {
    const from = start.current ?? { x: event.clientX, y: event.clientY };
    const zoom = getZoom();
    return {
      width: Math.min(2_000, Math.max(80, note.width + (event.clientX - from.x) / zoom)),
      height: Math.min(2_000, Math.max(60, note.height + (event.clientY - from.y) / zoom)),
    };
  };
  return (
    <button
      type="button"
      aria-label="Note size: use the arrow keys"
      tabIndex={shown ? 0 : -1}
      className={cn(
        'nodrag nopan absolute right-0 bottom-0 size-4 cursor-nwse-resize rounded-br-md opacity-0 group-hover/note:opacity-100 focus-visible:opacity-100',
        'after:absolute after:right-1 after:bottom-1 after:size-1.5 after:border-r after:border-b after:border-faint',
        shown && 'opacity-100',
      )}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerMove={(event) => {
        if (!start.current) return;
        const sizing = { id: note.id, ...sizeAt(event) };
        local.set((now) => ({ ...now, sizing }));
      }}
      onPointerUp={(event) => {
        if (!start.current) return;
        actions.resizeNote(note.id, sizeAt(event));
        start.current = undefined;
        local.set((now) => ({ ...now, sizing: undefined }));
      }}
      onPointerCancel={() => {
        start.current = undefined;
        local.set((now) => ({ ...now, sizing: undefined }));
      }}
      onKeyDown={(event) => {
        const by = arrows[event.key];
        if (!by) return;
        event.preventDefault();
        event.stopPropagation();
        const step = event.shiftKey ? 5 * grid : grid;
        actions.growNote(note.id, by[0] * step, by[1] * step);
      }}
    />
  );
}
