import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';

const partSchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  /** Of `image_url`, and of `input_image` as newer clients write it: an address as data or by HTTPS. */
  image_url: z.union([z.string(), z.looseObject({ url: z.string() })]).optional(),
});
const messageSchema = z.looseObject({
  role: z.string(),
  content: z.union([z.string(), z.array(partSchema), z.null()]).optional(),
});
export type AskedMessage = z.infer<typeof messageSchema>;

const usageSchema = z.strictObject({
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
});
export type CompletionUsage = z.infer<typeof usageSchema>;

/** Made for clients of OpenAI's protocol: what they send besides is left alone, as their servers do. */
export const createCompletion = defineRoute({
  id: 'chat.completions',
  method: 'POST',
  ownKeys: true,
  path: '/chat/completions',
  summary:
    'Ask an agent by the OpenAI protocol (chat completions): `model` is its id, handle or name. Each call is a run; its id is in `x-run-id`. Supports streams, pictures and Idempotency-Key.',
  tag: 'Chat',
  permission: 'chat.write',
  // Pictures as base64.
  maxBytes: 18 * 1_048_576,
  body: z.looseObject({
    model: z.string().min(1).max(200),
    messages: z.array(messageSchema).min(1).max(1_000),
    stream: z.boolean().nullish(),
    stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
    n: z.int().nullish(),
    tools: z.array(z.unknown()).nullish(),
    functions: z.array(z.unknown()).nullish(),
  }),
  result: z.strictObject({
    id: z.string(),
    object: z.literal('chat.completion'),
    created: z.int(),
    model: z.string(),
    choices: z.array(
      z.strictObject({
        index: z.int(),
        message: z.strictObject({
          role: z.literal('assistant'),
          content: z.string(),
          refusal: z.null(),
        }),
        logprobs: z.null(),
        finish_reason: z.literal('stop'),
      }),
    ),
    usage: usageSchema,
  }),
});
