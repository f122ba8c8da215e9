import { useMemo } from 'react';
import { useObservable } from '@/components/observable/use-observable';
import { type Session, useSession } from '@/components/session/session';
import { lockedMessage, locksAgainst } from '@/lib/locks/schema';
import type { DraftLock } from '@/lib/realtime/messages';

type Locked = Pick<Session, 'locks' | 'copy'>;

/** A lock of somebody else's that keeps this person from changing a step, or without one from changing anything. */
export function lockAgainst({ locks, copy }: Locked, nodeId?: string): DraftLock | undefined {
  return locksAgainst(locks.get(), copy.userId, nodeId)[0];
}

/** Why these steps cannot be changed, for people; undefined when they can. */
export function lockReason(session: Locked & Pick<Session, 'graph'>, ids: Iterable<string>) {
  if (session.locks.get().length === 0) return undefined;
  const whole = lockAgainst(session);
  if (whole) return lockedMessage(whole, undefined);
  for (const id of ids) {
    const lock = lockAgainst(session, id);
    if (lock) return lockedMessage(lock, session.graph.get().nodes.get(id)?.name);
  }
  return undefined;
}

/** The lock that a step stands under, anybody's; a lock of the whole workflow is not one of its steps'. */
export function useStepLock(nodeId: string): DraftLock | undefined {
  return useObservable(useSession().locks, (locks) =>
    locks.find((lock) => lock.nodeIds.includes(nodeId)),
  );
}

/** Whether somebody else's lock keeps this person from changing a step. */
export function useLockAgainst(nodeId?: string): DraftLock | undefined {
  const session = useSession();
  return useObservable(session.locks, () => lockAgainst(session, nodeId));
}

/** When a lock ends, in a few words: "until 15:30". */
export function lockEnd({ expiresAt }: Pick<DraftLock, 'expiresAt'>): string {
  if (expiresAt === null) return '';
  const end = new Date(expiresAt);
  const today = end.toDateString() === new Date().toDateString();
  const time = end.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  return today ? ` until ${time}` : ` until ${end.toLocaleDateString()} ${time}`;
}

/** "Locked by Ana until 15:30: reason". */
export function lockLine(lock: DraftLock, userId: string): string {
  const owner = lock.ownerId === userId ? 'you' : lock.ownerName;
  return `Locked by ${owner}${lockEnd(lock)}${lock.reason ? `: ${lock.reason}` : ''}`;
}

/** The lock on the whole workflow, anybody's. */
export function useWholeLock(): DraftLock | undefined {
  return useObservable(useSession().locks, (locks) =>
    locks.find((lock) => lock.nodeIds.length === 0),
  );
}

const unmovable = new WeakMap<object, object>();

/** The canvas's nodes, of which those that others locked stay where they are. */
export function useUnmovable<Node extends { id: string }>(nodes: Node[]): Node[] {
  const session = useSession();
  const locks = useObservable(session.locks, (now) => now);
  return useMemo(() => {
    if (locks.length === 0) return nodes;
    return nodes.map((node) => {
      if (!lockAgainst(session, node.id)) return node;
      const fixed = unmovable.get(node) ?? { ...node, draggable: false };
      unmovable.set(node, fixed);
      return fixed as Node;
    });
  }, [nodes, locks, session]);
}
