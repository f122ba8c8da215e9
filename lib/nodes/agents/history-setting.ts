import { z } from 'zod';

/** Messages that an agent, or each of several, is given before its task. */
export const historySetting = z.string().max(2_000).default('').meta({
  title: 'Chat history',
  description:
    'An expression: a list of messages, each with role ("user" or "assistant") and content. Sent before the task.',
  widget: 'expression',
});
