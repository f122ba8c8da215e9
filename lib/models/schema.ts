import { z } from 'zod';
import type { JsonObject, ModelMessage, ModelTool, ToolChoice } from './message';

/** Providers that the product can call. `rehearsal` is the built-in scripted model; `compatible` any OpenAI-compatible server. */
export const providerIds = [
  'openai',
  'anthropic',
  'google',
  'ollama',
  'llamacpp',
  'compatible',
  'rehearsal',
] as const;
export const providerIdSchema = z.enum(providerIds);
export type ProviderId = z.infer<typeof providerIdSchema>;

const namedModel = { provider: providerIdSchema, model: z.string().min(1).max(200) };

/** Rules that choose a model at each call, beside `auto`; see `modes.ts`. */
export const modelModes = ['cheapest', 'balanced', 'fastest', 'best'] as const;
export type ModelMode = (typeof modelModes)[number];

/**
 * Which model a step or an agent wants. `auto`: local first, then whichever provider has a key, else rehearsal. `mode`:
 * by a rule. Else the named one.
 */
export const modelPolicySchema = z
  .union([
    z.literal('auto'),
    z.strictObject({
      mode: z.enum(modelModes),
      /** Nothing is sent to a model that is not on this machine. */
      localOnly: z.boolean().optional(),
    }),
    z.strictObject({
      ...namedModel,
      /** Which models answer when it fails, in this order. */
      fallback: z.array(z.strictObject(namedModel)).max(5).optional(),
      /** Nothing is sent to a model that is not on this machine. */
      localOnly: z.boolean().optional(),
    }),
  ])
  .default('auto');
export type ModelPolicy = z.infer<typeof modelPolicySchema>;

/** A policy that names its model. */
export type NamedPolicy = Extract<ModelPolicy, { provider: ProviderId }>;

/** Whether a policy leaves the choice to a rule. */
export const isRule = (policy: ModelPolicy): policy is Exclude<ModelPolicy, NamedPolicy> =>
  policy === 'auto' || 'mode' in policy;

export type ModelUsage = { inputTokens: number; outputTokens: number; costUsd: number };

/** One call, the same for every provider. */
export type ModelRequest = {
  model: string;
  system?: string;
  messages: ModelMessage[];
  /** What the model may ask for. */
  tools?: ModelTool[];
  toolChoice?: ToolChoice;
  /** JSON schema that the answer must fit; providers use their structured-output mode. */
  outputSchema?: Record<string, unknown>;
  maxTokens?: number;
  temperature?: number;
};

/**
 * Tokens as a server counted them so far; 0 where it has not. Those read from a cache and written to one are among the
 * input's, those that were thought among the output's; absent where none were.
 */
export type Counted = {
  inputTokens: number;
  outputTokens: number;
  cacheRead?: number;
  cacheWrite?: number;
  reasoning?: number;
};

/**
 * Why an answer ended. Words of vendors that stand for a failure, or that nobody knows, are none of these: the stream
 * fails with a sentence that names them.
 */
export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'refused';

/** What a provider's stream yields, in order; the last `finish` counts, and nothing is whole without one. */
export type StreamPart =
  | { type: 'text-delta'; text: string }
  /** What the model thinks before it answers: paid for, and no part of the answer. */
  | { type: 'thinking-delta'; text: string }
  /** All text so far was thought, as turns out now. */
  | { type: 'all-thinking' }
  /** The vendor wants to see the thought, or the text, that ends here again as it is; see `Origin`. */
  | { type: 'sealed'; kind: 'text' | 'reasoning'; opaque: JsonObject }
  /** A tool that the model asks for, whole; of those with one `place`, the last counts. */
  | ({ type: 'tool-call'; place: number } & AskedTool)
  /** The server is there, and says nothing of the answer. */
  | { type: 'alive' }
  | { type: 'usage'; usage: Counted }
  | {
      type: 'finish';
      reason: FinishReason;
      usage: Counted;
      note?: Note;
    };

/** A call as its vendor gave it: maybe without an id, and with arguments that nobody has read. */
export type AskedTool = { id?: string; name: string; argsText: string; opaque?: JsonObject };

/** What people should know of how it was answered: in which window, and whether all of the prompt was read. */
export type Note = { window: string; doubt?: string };

/** The port behind which each vendor's official SDK sits (`server/models/<provider>.ts`). */
export type ModelProvider = {
  id: ProviderId;
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<StreamPart>;
  /** Tokens that a model takes, where only its server knows. */
  window?(model: string, signal: AbortSignal): Promise<number | undefined>;
  /** Names of the models that this key or server offers. */
  list(signal: AbortSignal): Promise<string[]>;
};
