import { useState } from 'react';
import { call } from '@/components/data/call';
import { useSession } from '@/components/session/session';
import { useActor, useCan } from '@/components/shell/actor-context';
import { toastError } from '@/components/ui/controls/toast';
import { createLock, endLock } from '@/lib/locks/contract';
import type { DraftLock } from '@/lib/realtime/messages';

/** Makes and ends locks over the API; everybody in the draft learns of it over the socket. */
export function useLockActions() {
  const { workflowId } = useSession();
  const { userId } = useActor();
  const mayLock = useCan('workflows.lock');
  const mayEndAny = useCan('workspace.manage');
  const [pending, setPending] = useState(false);
  const tell = async (title: string, work: Promise<unknown>): Promise<boolean> => {
    setPending(true);
    try {
      await work;
      return true;
    } catch (error) {
      toastError(title, error);
      return false;
    } finally {
      setPending(false);
    }
  };
  return {
    mayLock,
    pending,
    mayEnd: (lock: DraftLock) => mayLock && (mayEndAny || lock.ownerId === userId),
    lock: (nodeIds: readonly string[], reason: string, expiresAt: string | null) =>
      tell(
        'Locking failed',
        call(createLock, {
          params: { id: workflowId },
          body: { nodeIds: [...nodeIds], reason, expiresAt },
        }),
      ),
    unlock: (lock: DraftLock) =>
      tell('Unlocking failed', call(endLock, { params: { id: workflowId, lockId: lock.id } })),
  };
}
