import { z } from 'zod';
import { type EarlierLeft, earlierLeftSchema } from '@/lib/models/context/schema';
import { summaryIn, withSummary } from '@/lib/models/context/summary';
import type { ModelMessage } from '@/lib/models/message';
import { StepError } from '../node-type/define-node';

const listSchema = z
  .array(z.object({ role: z.enum(['user', 'assistant']), content: z.string().max(1_000_000) }))
  .max(1_000);
/**
 * A list, or one with how much came before it and was left out; or with the answer of a step that summarised what came
 * before the last `tail` messages: without one the whole list stands.
 */
const historySchema = z.union([
  listSchema.transform((messages) => ({ messages })),
  z
    .object({
      messages: listSchema,
      leftOut: earlierLeftSchema.nullish(),
      compacted: z
        .object({ summary: z.unknown(), tail: z.int().min(0), left: earlierLeftSchema })
        .optional(),
    })
    .transform(({ messages, leftOut, compacted }): History => {
      const summary = summaryIn(compacted?.summary);
      if (compacted === undefined || summary === undefined) {
        return leftOut == null ? { messages } : { messages, leftOut };
      }
      const { tail, left } = compacted;
      return {
        messages: withSummary(summary, messages.slice(messages.length - tail)),
        leftOut: left,
      };
    }),
]);

export type History = { messages: ModelMessage[]; leftOut?: EarlierLeft };

/** Earlier messages out of an expression's value. Throws `StepError` `invalid_history`. */
export function readHistory(value: unknown): History {
  const parsed = historySchema.safeParse(value ?? []);
  if (parsed.success) return parsed.data;
  throw new StepError(
    'invalid_history',
    'The chat history must be a list, each with role ("user" or "assistant") and content.',
  );
}
