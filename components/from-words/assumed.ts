'use client';

import { z } from 'zod';
import { readJson } from '@/lib/api/json/read-json';
import { workflowFromDescription } from '@/lib/from-words/contract';
import { keepAssumedText, useAssumedText } from './assumed-text';
import type { FromWords } from './use-describe';
import { titleOfKinds } from './variant-words';

const { shape } = workflowFromDescription.result;
const assumedSchema = z.object({
  ...{ assumptions: shape.assumptions, starts: shape.starts, trigger: shape.trigger },
  ...{ estimate: shape.estimate, note: z.string() },
});
export type Assumed = z.infer<typeof assumedSchema>;

/** Keeps for this tab what was assumed when a workflow was drafted, and which variant of it was taken. */
export function keepAssumed(
  workflowId: string,
  { assumptions, starts, trigger, made, fewer, variants }: FromWords,
  {
    kinds,
    differences,
    estimate: { costUsd, modelCalls, ifModels },
  }: FromWords['variants'][number],
): void {
  const variant =
    variants.length === 1 ? fewer : [`The variant “${titleOfKinds(kinds)}”.`, ...differences];
  const kept: Assumed = {
    ...{ assumptions, starts, trigger, estimate: { costUsd, modelCalls, ifModels } },
    note: [made.note, ...variant].join(' '),
  };
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
