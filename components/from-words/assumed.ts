'use client';

import { z } from 'zod';
import { readJson } from '@/lib/api/json/read-json';
import { workflowFromDescription } from '@/lib/from-words/contract';
import { keepAssumedText, useAssumedText } from './assumed-text';
import type { FromWords } from './use-describe';

const { shape } = workflowFromDescription.result;
const assumedSchema = z.object({
  ...{ assumptions: shape.assumptions, starts: shape.starts, trigger: shape.trigger },
  ...{ estimate: shape.estimate, note: z.string() },
});
export type Assumed = z.infer<typeof assumedSchema>;

/** Keeps for this tab what was assumed when a workflow was drafted. */
export function keepAssumed(workflowId: string, made: FromWords): void {
  const { assumptions, starts, trigger, estimate } = made;
  const kept: Assumed = { assumptions, starts, trigger, estimate, note: made.made.note };
  keepAssumedText(workflowId, JSON.stringify(kept));
}

/** What was assumed for a workflow, until somebody has put it away. */
export function useAssumed(workflowId: string): Assumed | undefined {
  const text = useAssumedText(workflowId);
  if (text === null) return undefined;
  const read = readJson(text);
  const parsed = assumedSchema.safeParse(read.ok ? read.value : undefined);
  return parsed.success ? parsed.data : undefined;
}
