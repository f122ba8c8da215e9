'use client';

import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { browserKeep } from '@/components/realtime/offline-store/browser-keep';
import type { SetAside } from '@/components/realtime/offline-store/set-aside';

/** Edits of one workflow that lie in this browser and nowhere else. */
export type Unsaved = {
  workflowId: string;
  /** They wait until the workflow is opened here with a connection. */
  waiting: number;
  /** They could not be saved, and wait for a decision. */
  asides: readonly SetAside[];
};

const zero = () => 0;
const never = () => () => undefined;

/** What this person left unsaved in this browser, by workflow, and a function that looks again. */
export function useUnsaved(userId: string): readonly [readonly Unsaved[], () => Promise<void>] {
  const [found, setFound] = useState<readonly Unsaved[]>([]);
  const { asides } = typeof window === 'undefined' ? { asides: undefined } : browserKeep();
  const changes = useSyncExternalStore(asides?.subscribe ?? never, asides?.get ?? zero, zero);
  const look = useCallback(async () => {
    const now = await unsavedOf(userId);
    setFound((before) => (now.length + before.length === 0 ? before : now));
  }, [userId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change is a reason to look again.
  useEffect(() => {
    const again = () => void look();
    again();
    // An editor that was left just now may still hear that its edits are saved; another tab may have ended.
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
  const keep = browserKeep();
  const [waiting, asides] = await Promise.all([
    keep.waiting(userId).catch(() => new Map<string, number>()),
    keep.setAside(userId),
  ]);
  const ids = new Set([...waiting.keys(), ...asides.map(({ workflowId }) => workflowId)]);
  return [...ids].map((workflowId) => ({
    workflowId,
    waiting: waiting.get(workflowId) ?? 0,
    asides: asides.filter((aside) => aside.workflowId === workflowId),
  }));
}
