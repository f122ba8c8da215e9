import type { RefObject } from 'react';
import { focusSettings } from '@/components/form/focus-field';
import type { Session } from '@/components/session/session';
import type { OutlineRow } from '@/lib/canvas/outline-rows';
import { rowElement } from './outline-row';

type KeyContext = {
  session: Session;
  canEdit: boolean;
  rows: readonly OutlineRow[];
  /** Index of the row that has the focus; -1: none. */
  at: number;
  closed: ReadonlySet<string>;
  pick(row: OutlineRow, index: number, extend?: boolean): void;
  toggle(row: OutlineRow): void;
  box: RefObject<HTMLElement | null>;
};

const nodeOf = (row: OutlineRow) => (row.kind === 'step' ? row.node.id : row.nodeId);

function walk(
  event: React.KeyboardEvent,
  { rows, at, closed, pick, toggle, box }: KeyContext,
): boolean {
  const row = rows[at];
  const go = (index: number) => {
    const wanted = Math.max(0, Math.min(rows.length - 1, index));
    const next = rows[wanted];
    if (next) pick(next, wanted, event.shiftKey);
    return true;
  };
  const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 280) / 28) - 1);
  switch (event.key) {
    case 'ArrowDown':
      return go(at + 1);
    case 'ArrowUp':
      return go(at - 1);
    case 'Home':
      return go(0);
    case 'End':
      return go(rows.length - 1);
    case 'PageDown':
      return go(at + page);
    case 'PageUp':
      return go(at - page);
    case 'ArrowRight':
      if (!row?.hasChildren) return true;
      if (closed.has(row.id)) toggle(row);
      else go(at + 1);
      return true;
    case 'ArrowLeft': {
      if (row?.hasChildren && !closed.has(row.id)) toggle(row);
      else if (row?.parent !== undefined) go(rows.findIndex((each) => each.id === row.parent));
      return true;
    }
    default:
      return false;
  }
}

const ownKeys = ['F2', 'Delete', 'Backspace', 'd'];

/** The step after a row is chosen in the palette, which opens beside the row. */
function addAfter({ session, box }: KeyContext, row: OutlineRow) {
  const line = box.current?.querySelector(`#${CSS.escape(rowElement(row.id))}`);
  const place = line?.getBoundingClientRect();
  session.actions.openPalette({
    screen: { x: place?.right ?? 0, y: place?.top ?? 0 },
    from: { nodeId: nodeOf(row), port: row.kind === 'branch' ? row.port : '' },
  });
}

function change(event: React.KeyboardEvent, place: KeyContext, row: OutlineRow): boolean {
  const { session, rows, at, pick } = place;
  const { actions, local } = session;
  const id = nodeOf(row);
  if (event.key === 'n' || event.key === '/') {
    addAfter(place, row);
    return true;
  }
  // An output is no step: what is done to steps must not reach the one that it belongs to.
  if (row.kind === 'branch' && event.key !== 'c') return ownKeys.includes(event.key);
  switch (event.key) {
    case 'F2':
      actions.startRenaming(id, 'outline');
      return true;
    case 'Delete':
    case 'Backspace': {
      const chosen = new Set(local.get().nodes);
      actions.removeSelected();
      const index = rows.findIndex((each, i) => i > at && !chosen.has(nodeOf(each)));
      const before = rows.findLast((each, i) => i < at && !chosen.has(nodeOf(each)));
      const next = rows[index] ?? before;
      if (next?.kind === 'step') pick(next, Math.max(0, at - 1));
      return true;
    }
    case 'd':
      actions.toggleDisabled(local.get().nodes);
      return true;
    case 'c':
      actions.wire(id);
      return true;
    default:
      return false;
  }
}

/** What a key does in the outline; says whether it did. What it leaves alone goes to the editor's own keys. */
export function outlineKey(event: React.KeyboardEvent, place: KeyContext): boolean {
  if (event.metaKey || event.ctrlKey || event.altKey) return false;
  if (walk(event, place)) return true;
  const row = place.rows[place.at];
  if (!row) return false;
  if (event.key === 'Enter') {
    place.session.actions.openTab('settings');
    focusSettings();
    return true;
  }
  if (event.shiftKey || !place.canEdit) return false;
  return change(event, place, row);
}
