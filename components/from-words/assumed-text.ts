'use client';

import { useSyncExternalStore } from 'react';

const keyOf = (workflowId: string) => `ensemble.assumed.${workflowId}`;
const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};

/** Keeps for this tab, as text, what was assumed when a workflow was drafted. */
export function keepAssumedText(workflowId: string, text: string): void {
  sessionStorage.setItem(keyOf(workflowId), text);
  tell();
}

export function forgetAssumed(workflowId: string): void {
  sessionStorage.removeItem(keyOf(workflowId));
  tell();
}

/** What is kept of a workflow; null where nothing is. The editor asks for this alone: few workflows have any. */
export function useAssumedText(workflowId: string): string | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => sessionStorage.getItem(keyOf(workflowId)),
    () => null,
  );
}
