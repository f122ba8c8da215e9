'use client';

import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { browserOfflineStore } from '@/components/realtime/offline-store/browser-offline-store';
import type { RejectedEdits } from '@/components/realtime/offline-store/rejected';

/** Edits of one workflow that only this browser has. */
export type Unsaved = {
  workflowId: string;
  /** They wait until the workflow is opened here with a connection. */
  waiting: number;
  /** They could not be saved, and wait for a decision. */
  rejections: readonly RejectedEdits[];
};

const zero = () => 0;
const never = () => () => undefined;

/** This person's unsaved edits in this browser, by workflow, and a function that reads them again. */
export function useUnsaved(userId: string): readonly [readonly Unsaved[], () => Promise<void>] {
  const [found, setFound] = useState<readonly Unsaved[]>([]);
  const { changes: source } =
    typeof window === 'undefined' ? { changes: undefined } : browserOfflineStore();
  const changes = useSyncExternalStore(source?.subscribe ?? never, source?.get ?? zero, zero);
  const look = useCallback(async () => {
    const now = await unsavedOf(userId).catch(() => undefined);
    // What could not be read is not gone.
    if (!now) return;
    setFound((before) => (now.length + before.length === 0 ? before : now));
  }, [userId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change is a reason to look again.
  useEffect(() => {
    const again = () => void look();
    again();
    // An editor closed just now may still save its edits; another tab may have ended.
    const soon = setTimeout(again, 1_500);
    window.addEventListener('focus', again);
    return () => {
      clearTimeout(soon);
      window.removeEventListener('focus', again);
    };
  }, [look, changes]);
  return [found, look];
}

async function unsavedOf(userId: string): Promise<Unsaved[]> {
  const store = browserOfflineStore();
  const [waiting, rejections] = await Promise.all([store.waiting(userId), store.rejected(userId)]);
  const ids = new Set([...waiting.keys(), ...rejections.map(({ workflowId }) => workflowId)]);
  return [...ids].map((workflowId) => ({
    workflowId,
    waiting: waiting.get(workflowId) ?? 0,
    rejections: rejections.filter((rejection) => rejection.workflowId === workflowId),
  }));
}
