'use client';

import { useEffect, useLayoutEffect } from 'react';
import { onObjectKey } from '@/components/canvas/gestures/object-keys';
import { openPaletteByKey } from '@/components/canvas/gestures/open-palette';
import type { Session } from '@/components/session/session';
import { isFieldLost } from '@/components/shell/vanished-field';
import { grid } from '@/lib/canvas/geometry';
import { type Direction, walk } from '@/lib/canvas/graph-walk';
import { wantedText } from './find/wanted-text';

/** What keys ask of the page around the canvas. */
export type PageKeys = { run(): void; debug(): void; publish(): void; name(): void };

const directions: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const steps: Record<Direction, [number, number]> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/** Whether the key is meant for a field, a menu or a dialog. */
function isElsewhere(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"], [role="tablist"], [data-shortcuts="off"]',
    ) !== null
  );
}

function onModKey(event: KeyboardEvent, { actions, local }: Session): boolean {
  const key = event.key.toLowerCase();
  if (key === 'z') event.shiftKey ? actions.redo() : actions.undo();
  else if (key === 'y') actions.redo();
  else if (key === 'a') actions.selectAll();
  else if (key === 'd') actions.duplicate(local.get().nodes);
  else return false;
  return true;
}

function onArrow(event: KeyboardEvent, session: Session): boolean {
  const direction = directions[event.key];
  if (!direction) return false;
  const { local, graph, actions } = session;
  const [from] = local.get().nodes;
  if (event.shiftKey || from === undefined) {
    const next = walk(graph.get(), from, direction);
    if (next !== undefined) session.jumpTo([next]);
  } else {
    const [dx, dy] = steps[direction];
    actions.nudge(dx * grid, dy * grid);
  }
  return true;
}

function onPlainKey(event: KeyboardEvent, session: Session): boolean {
  const { actions, local } = session;
  const { nodes } = local.get();
  const [first] = nodes;
  if (event.shiftKey && event.key !== 'L') return false;
  switch (event.key) {
    case 'Delete':
    case 'Backspace':
      actions.removeSelected();
      return true;
    case 'n':
    case '/':
      openPaletteByKey(session);
      return true;
    case 'F2':
      if (first !== undefined) actions.startRenaming(first);
      return first !== undefined;
    case 'd':
      if (nodes.size > 0) actions.toggleDisabled(nodes);
      return true;
    case 'L':
      void actions.tidy();
      return true;
    default:
      return false;
  }
}

/** Mod+F finds, Mod+Shift+F fills the screen with the step: in text fields too, but not in dialogs. */
function onFindKey(event: KeyboardEvent, { actions, local }: Session): boolean {
  if (event.key.toLowerCase() !== 'f' || document.querySelector('[role="alertdialog"]'))
    return false;
  const [only] = local.get().nodes;
  if (event.shiftKey) {
    const { focused } = local.get();
    if (focused !== undefined) actions.focusStep(undefined);
    else if (only !== undefined) actions.focusStep(only);
    return true;
  }
  const selected = String(getSelection() ?? '').trim();
  wantedText.current = selected.includes('\n') ? '' : selected.slice(0, 200);
  actions.focusStep(undefined);
  actions.showLeftPanel('find');
  return true;
}

function onViewKey(event: KeyboardEvent, session: Session): boolean {
  const { actions } = session;
  switch (event.key) {
    case '1':
      actions.fit();
      return true;
    case '0':
      actions.resetZoom();
      return true;
    case 'o':
      actions.showLeftPanel('outline');
      return true;
    case 'v':
      actions.pickTool('pointer');
      return true;
    case 'h':
      actions.pickTool('hand');
      return true;
    case 'Escape':
      actions.select([]);
      return true;
    case 'Enter':
    case ' ': {
      const node = (event.target as Element).closest?.('.react-flow__node');
      const id = node === event.target ? node?.getAttribute('data-id') : undefined;
      if (id) {
        actions.select([id]);
        actions.openTab(session.local.get().tab);
      }
      return Boolean(id);
    }
    default:
      return false;
  }
}

function useClipboardEvents(session: Session) {
  useEffect(() => {
    const take = (event: ClipboardEvent, cut: boolean) => {
      if (isElsewhere(event.target) || String(getSelection() ?? '') !== '') return;
      const text = session.actions.copy();
      if (!text || !event.clipboardData) return;
      event.clipboardData.setData('text/plain', text);
      event.preventDefault();
      if (cut) session.actions.removeSelected();
    };
    const onCopy = (event: ClipboardEvent) => take(event, false);
    const onCut = (event: ClipboardEvent) => take(event, true);
    const onPaste = (event: ClipboardEvent) => {
      if (isElsewhere(event.target)) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (session.actions.paste(text)) event.preventDefault();
    };
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCut);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCut);
      document.removeEventListener('paste', onPaste);
    };
  }, [session]);
}

/** The keys of the canvas. Fields, menus and dialogs keep theirs; Tab stays the browser's. */
export function useShortcuts(session: Session, canEdit: boolean, page: PageKeys): void {
  useClipboardEvents(session);
  // Before the first picture: a key that is pressed as soon as the editor shows must count.
  useLayoutEffect(() => {
    const handle = (event: KeyboardEvent): boolean => {
      const mod = event.metaKey || event.ctrlKey;
      // The canvas is not in sight.
      if (session.local.get().history && !(mod && event.key === 's')) return false;
      if (mod && event.key === 'Enter' && !event.shiftKey) {
        if (event.altKey) page.debug();
        else page.run();
        return true;
      }
      if (mod && onFindKey(event, session)) return true;
      if (mod && event.key === 's') {
        if (canEdit) page.name();
        return true;
      }
      if (event.defaultPrevented || isElsewhere(event.target) || isFieldLost(event)) return false;
      if (canEdit && onObjectKey(event, session)) return true;
      if (event.altKey) return false;
      if (mod) return (canEdit || event.key.toLowerCase() === 'a') && onModKey(event, session);
      if (event.key === 'P' && event.shiftKey && canEdit) page.publish();
      else if (onViewKey(event, session)) return true;
      else if (directions[event.key] && (canEdit || event.shiftKey)) return onArrow(event, session);
      else return canEdit && onPlainKey(event, session);
      return true;
    };
    // "G D" goes to the dashboard: the second key is not the canvas's.
    let leader = Number.NEGATIVE_INFINITY;
    const onKeyDown = (event: KeyboardEvent) => {
      const follows = event.timeStamp - leader < 1_000;
      leader = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (follows) return;
      // Space and Enter on a button are that button's.
      const button = event.target instanceof Element && event.target.closest('button, a, summary');
      if (button && (event.key === 'Enter' || event.key === ' ')) return;
      if (handle(event)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [session, canEdit, page]);
}
