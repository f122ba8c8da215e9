'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { browserKeep } from '@/components/realtime/offline-store/browser-keep';
import type { KeepHealth } from '@/components/realtime/offline-store/keep';
import type { SetAside } from '@/components/realtime/offline-store/set-aside';

const none: readonly SetAside[] = [];
const zero = () => 0;
const never = () => () => undefined;
const kept = (): KeepHealth => 'kept';

/** This person's edits of a workflow that could not be saved and lie in this browser, oldest first. */
export function useSetAside(userId: string, workflowId: string): readonly SetAside[] {
  const [found, setFound] = useState(none);
  const { asides } = typeof window === 'undefined' ? { asides: undefined } : browserKeep();
  const changes = useSyncExternalStore(asides?.subscribe ?? never, asides?.get ?? zero, zero);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change is a reason to look again.
  useEffect(() => {
    let over = false;
    const look = () =>
      void browserKeep()
        .setAside(userId, workflowId)
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
export function useKeepHealth(): KeepHealth {
  const { health } = typeof window === 'undefined' ? { health: undefined } : browserKeep();
  return useSyncExternalStore(health?.subscribe ?? never, health?.get ?? kept, kept);
}
