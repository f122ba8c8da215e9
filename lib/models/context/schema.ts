import { z } from 'zod';

/** What a request is made of, in the order in which people read it. */
export const contextKinds = [
  'instructions',
  'tools',
  'memory',
  'retrieved',
  'history',
  'results',
  'request',
] as const;
export type ContextKind = (typeof contextKinds)[number];

const tokens = z.int().min(0);

/** A message that was not sent: its place in the talk (from 1), who wrote it, and how long it was. */
export const leftOutSchema = z.strictObject({
  place: z.int().min(1),
  role: z.enum(['user', 'assistant']),
  tokens,
});

/**
 * Messages of a chat that were left out before a call, so that each turn stays cheap. For the first `summarised` of them a
 * summary was sent.
 */
export const earlierLeftSchema = z.strictObject({
  messages: z.int().min(1),
  tokens,
  summarised: z.int().min(1).optional(),
});
export type EarlierLeft = z.infer<typeof earlierLeftSchema>;

/** Messages at most that are named one by one; the rest are counted. */
export const maxNamed = 50;

/**
 * What filled a model's window in one call, in tokens. Parts are estimated before the call; what the vendor counted
 * stands beside them in the call's record. Numbers alone: texts are in the run, and go with it.
 */
export const contextFillSchema = z.strictObject({
  window: tokens,
  /** Kept free for the answer. */
  answer: tokens,
  parts: z.strictObject({
    instructions: tokens,
    tools: tokens,
    memory: tokens,
    retrieved: tokens,
    history: tokens,
    results: tokens,
    request: tokens,
  } satisfies Record<ContextKind, unknown>),
  /** Messages that were left out because the window was full, the oldest first; `more` were not named. */
  left: z.array(leftOutSchema).optional(),
  more: tokens.optional(),
  /** Tokens that the middle of long messages had which was left out. */
  shortened: tokens.optional(),
  earlier: earlierLeftSchema.optional(),
});
export type ContextFill = z.infer<typeof contextFillSchema>;
