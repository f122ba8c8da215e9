import type { DraftLock } from '@/lib/realtime/messages';

/** Locks of a workflow at once; more are refused. */
export const maxLocks = 200;

/** Those of the locks that keep a person from changing a node; without a node, from changing anything at all. */
export function locksAgainst(
  locks: readonly DraftLock[],
  userId: string | null,
  nodeId?: string,
): DraftLock[] {
  return locks.filter(
    ({ ownerId, nodeIds }) =>
      ownerId !== userId &&
      (nodeIds.length === 0 || (nodeId !== undefined && nodeIds.includes(nodeId))),
  );
}

/** Why an edit is refused, for people. `name`: of the node; absent where the whole workflow is locked. */
export function lockedMessage(lock: DraftLock, name: string | undefined): string {
  const what = name === undefined || lock.nodeIds.length === 0 ? 'This workflow' : `"${name}"`;
  const reason = lock.reason === '' ? '' : `: ${lock.reason}`;
  return `${what} is locked by ${lock.ownerName}${reason}`;
}
