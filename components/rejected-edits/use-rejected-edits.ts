'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { browserOfflineStore } from '@/components/realtime/offline-store/browser-offline-store';
import type { OfflineHealth } from '@/components/realtime/offline-store/offline-store';
import type { RejectedEdits } from '@/components/realtime/offline-store/rejected';

const none: readonly RejectedEdits[] = [];
const zero = () => 0;
const never = () => () => undefined;
const stored = (): OfflineHealth => 'stored';

/** This person's edits of a workflow that could not be saved and lie in this browser, oldest first. */
export function useRejectedEdits(userId: string, workflowId: string): readonly RejectedEdits[] {
  const [found, setFound] = useState(none);
  const { changes: source } =
    typeof window === 'undefined' ? { changes: undefined } : browserOfflineStore();
  const changes = useSyncExternalStore(source?.subscribe ?? never, source?.get ?? zero, zero);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change is a reason to look again.
  useEffect(() => {
    let over = false;
    const look = () =>
      void browserOfflineStore()
        .rejected(userId, workflowId)
        .then((now) => {
          if (!over) setFound((before) => (now.length + before.length === 0 ? before : now));
        });
    look();
    // Another tab may have decided about them.
    window.addEventListener('focus', look);
    return () => {
      over = true;
      window.removeEventListener('focus', look);
    };
  }, [userId, workflowId, changes]);
  return found;
}

/** Whether what is typed now lies on the disk of this browser. */
export function useOfflineHealth(): OfflineHealth {
  const { health } = typeof window === 'undefined' ? { health: undefined } : browserOfflineStore();
  return useSyncExternalStore(health?.subscribe ?? never, health?.get ?? stored, stored);
}
