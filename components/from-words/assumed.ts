'use client';

import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import { readJson } from '@/lib/api/json/read-json';
import { workflowFromDescription } from '@/lib/from-words/contract';
import type { FromWords } from './use-describe';

const { shape } = workflowFromDescription.result;
const assumedSchema = z.object({
  ...{ assumptions: shape.assumptions, starts: shape.starts, trigger: shape.trigger },
  ...{ estimate: shape.estimate, note: z.string() },
});
export type Assumed = z.infer<typeof assumedSchema>;

const keyOf = (workflowId: string) => `ensemble.assumed.${workflowId}`;
const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};

/** Keeps for this tab what was assumed when a workflow was drafted. */
export function keepAssumed(workflowId: string, made: FromWords): void {
  const { assumptions, starts, trigger, estimate } = made;
  const kept: Assumed = { assumptions, starts, trigger, estimate, note: made.made.note };
  sessionStorage.setItem(keyOf(workflowId), JSON.stringify(kept));
  tell();
}

export function forgetAssumed(workflowId: string): void {
  sessionStorage.removeItem(keyOf(workflowId));
  tell();
}

/** What was assumed for a workflow, until somebody has put it away. */
export function useAssumed(workflowId: string): Assumed | undefined {
  const text = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => sessionStorage.getItem(keyOf(workflowId)),
    () => null,
  );
  if (text === null) return undefined;
  const read = readJson(text);
  const parsed = assumedSchema.safeParse(read.ok ? read.value : undefined);
  return parsed.success ? parsed.data : undefined;
}
