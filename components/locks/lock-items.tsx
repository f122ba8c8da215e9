'use client';

import { Lock, LockOpen } from 'lucide-react';
import { useObservable } from '@/components/observable/use-observable';
import { useSession } from '@/components/session/session';
import { IconButton } from '@/components/ui/controls/icon-button';
import { ContextMenuItem } from '@/components/ui/overlays/context-menu';
import { useStepLock } from './locks';
import { useLockActions } from './use-lock-actions';

/** Lock or unlock, in the bar above a card. */
export function LockButton({ nodeId }: { nodeId: string }) {
  const { actions } = useSession();
  const { mayLock, mayEnd, unlock } = useLockActions();
  const lock = useStepLock(nodeId);
  if (!mayLock || (lock && !mayEnd(lock))) return null;
  return (
    <IconButton
      label={lock ? 'Unlock' : 'Lock'}
      size="sm"
      side="top"
      tabIndex={-1}
      onClick={() => (lock ? void unlock(lock) : actions.askLock([nodeId]))}
    >
      {lock ? <LockOpen className="!size-3.5" /> : <Lock className="!size-3.5" />}
    </IconButton>
  );
}

/** The same in the menu of the right button, for all that is selected. */
export function LockItem({ ids }: { ids: readonly string[] }) {
  const { actions, locks } = useSession();
  const { mayLock, mayEnd, unlock } = useLockActions();
  const now = useObservable(locks, (all) => all);
  const held = now.filter((lock) => lock.nodeIds.some((id) => ids.includes(id)));
  if (!mayLock || held.some((lock) => !mayEnd(lock))) return null;
  const one = ids.length === 1;
  return held.length > 0 ? (
    <ContextMenuItem onSelect={() => void Promise.all(held.map(unlock))}>
      <LockOpen /> Unlock
    </ContextMenuItem>
  ) : (
    // The menu gives the focus back as it closes: the dialog opens after that.
    <ContextMenuItem onSelect={() => setTimeout(() => actions.askLock(ids), 0)}>
      <Lock /> {one ? 'Lock step…' : `Lock ${ids.length} steps…`}
    </ContextMenuItem>
  );
}
