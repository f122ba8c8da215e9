import { z } from 'zod';
import { modelPolicySchema } from '@/lib/models/schema';

/** What decides, of what is recorded of each task anyway; less is better in all of them. */
export const goals = ['cost', 'duration', 'failures', 'feedback'] as const;
export type Goal = (typeof goals)[number];

export const variantIds = ['A', 'B'] as const;
export type VariantId = (typeof variantIds)[number];

/**
 * running: tasks of new runs take part. ended: a person ended it; runs that were under way keep to it. stopped: a
 * guardrail ended it; what had not begun goes on without it.
 */
export const experimentStates = ['running', 'ended', 'stopped'] as const;
export type ExperimentState = (typeof experimentStates)[number];

/** What a variant changes of a step's or an agent's settings; nothing: as it is. */
export const changeSchema = z.strictObject({
  model: modelPolicySchema.unwrap().optional(),
  /** The prompt of a step. */
  prompt: z.string().min(1).max(100_000).optional(),
  /** The instructions of an agent or of a model call. */
  instructions: z.string().min(1).max(50_000).optional(),
});
export type Change = z.infer<typeof changeSchema>;

export const isSame = (change: Change): boolean =>
  Object.values(change).every((each) => each === undefined);

/** Which variant of which experiment a task got: kept with each of its model calls. */
export const trialSchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  variant: z.enum(variantIds),
  /** The variant's own name. */
  variantName: z.string(),
});
export type Trial = z.infer<typeof trialSchema>;

/** Experiments that may run at the same time in a workspace: each step that asks a model looks at all. */
export const maxRunning = 50;
