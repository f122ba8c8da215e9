import type { Session } from '@/components/session/session';
import { elementOf, idsOf } from '@/lib/canvas/flow-ids';
import { grid } from '@/lib/canvas/geometry';
import type { Axis, Side } from '@/lib/canvas/layout/align';

/** By the place of the key: with Alt held, keyboards type other letters. */
const sides: Record<string, Side> = {
  KeyA: 'left',
  KeyH: 'centre',
  KeyD: 'right',
  KeyW: 'top',
  KeyV: 'middle',
  KeyS: 'bottom',
};
const arrows: Record<string, [number, number]> = {
  ArrowLeft: [-grid, 0],
  ArrowRight: [grid, 0],
  ArrowUp: [0, -grid],
  ArrowDown: [0, grid],
};
const axes: Record<string, Axis> = { KeyH: 'horizontal', KeyV: 'vertical' };

function onAltKey(event: KeyboardEvent, { actions, local }: Session): boolean {
  const { nodes, objects } = local.get();
  if (nodes.size + objects.size < 2) return false;
  const axis = event.shiftKey ? axes[event.code] : undefined;
  const side = event.shiftKey ? undefined : sides[event.code];
  if (axis) actions.distribute(axis);
  else if (side) actions.align(side);
  return axis !== undefined || side !== undefined;
}

function onModKey(event: KeyboardEvent, { actions, local }: Session): boolean {
  const key = event.key.toLowerCase();
  if (key === 'g') event.shiftKey ? actions.ungroup() : actions.group();
  else if (key === 'n' && event.shiftKey) actions.addNote();
  else if (key === 'd' && !event.shiftKey && local.get().objects.size > 0) actions.duplicate();
  else return false;
  return true;
}

/** Enter, Space and F2 on a note or a frame: writes the one, names the other. */
function onOpenKey(event: KeyboardEvent, { actions, local }: Session): boolean {
  const focused = (event.target as Element).closest?.('.react-flow__node');
  const own = focused === event.target ? focused?.getAttribute('data-id') : undefined;
  const { nodes, objects } = local.get();
  const [only] = objects;
  const flowId = own ?? (nodes.size === 0 && objects.size === 1 ? only : undefined);
  if (!flowId || elementOf(flowId).kind === 'node') return false;
  const { kind, id } = elementOf(flowId);
  if (kind === 'note') {
    if (event.key === ' ') actions.pickObject(flowId);
    else actions.write(id);
  } else {
    actions.selectGroup(id, false);
    if (event.key === 'F2') actions.startRenaming(flowId);
  }
  return true;
}

/** Keys for notes, groups and the places of what is selected. Says whether it was one. */
export function onObjectKey(event: KeyboardEvent, session: Session): boolean {
  const mod = event.metaKey || event.ctrlKey;
  if (event.altKey) return !mod && onAltKey(event, session);
  if (mod) return onModKey(event, session);
  if (event.key === 'N' && event.shiftKey) {
    session.actions.addNote();
    return true;
  }
  const { nodes, objects } = session.local.get();
  if (['Enter', ' ', 'F2'].includes(event.key) && !event.shiftKey) return onOpenKey(event, session);
  const arrow = event.key.startsWith('Arrow') && !event.shiftKey;
  if (arrow && nodes.size === 0 && idsOf(objects, 'note').length > 0) {
    const [dx, dy] = arrows[event.key] ?? [0, 0];
    session.actions.nudge(dx, dy);
    return true;
  }
  return false;
}
