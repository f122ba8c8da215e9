import { z } from 'zod';
import type { ModelMessage } from '@/lib/models/message';
import { StepError } from '../node-type/define-node';

const historySchema = z
  .array(z.object({ role: z.enum(['user', 'assistant']), content: z.string().max(1_000_000) }))
  .max(1_000);

/** A list of earlier messages out of an expression's value. Throws `StepError` `invalid_history`. */
export function readHistory(value: unknown): ModelMessage[] {
  const parsed = historySchema.safeParse(value ?? []);
  if (parsed.success) return parsed.data;
  throw new StepError(
    'invalid_history',
    'The chat history must be a list, each with role ("user" or "assistant") and content.',
  );
}
