import { z } from 'zod';

/** What a step asks that waits for people to say something about calls of tools. */
export const toolWaitSchema = z.strictObject({
  toolCalls: z.array(z.string()),
  text: z.string(),
});
export type ToolWait = z.infer<typeof toolWaitSchema>;
