/** Which kind of provider asks: each speaks to its own kind of server. */
export type ProviderKind = 'openai' | 'compatible' | 'llamacpp' | 'anthropic' | 'google' | 'ollama';

/** What one server sent once, and what the product makes of it. */
export type StreamCase = {
  name: string;
  provider: ProviderKind;
  /** The body in the pieces in which it comes. */
  body: string | readonly (string | Uint8Array)[];
  /** The connection breaks behind the body. */
  breaks?: true;
  status?: number;
  headers?: Record<string, string>;
  schema?: Record<string, unknown>;
  want: {
    text?: string;
    thoughts?: string;
    value?: unknown;
    /** Tokens in and out. */
    usage?: readonly [number, number];
    /** What the call's reason says besides why the model was chosen. */
    note?: RegExp;
    /** Code of the failure, whether it may be tried again, and its sentence. */
    fails?: string;
    retryable?: boolean;
    says?: RegExp;
    retryAfterMs?: number;
  };
};

/** Values as server-sent events, each with its blank line. */
export const sse = (...values: unknown[]): string =>
  values
    .map((value) => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`)
    .join('');

/** Values line by line. */
export const lines = (...values: unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** A chunk of OpenAI's chat protocol. */
export const chunk = (delta: object, finish: string | null = null, more: object = {}): object => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1_764_400_000,
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: finish }],
  ...more,
});

export const usage = { usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 } };

export const total = {
  type: 'object',
  properties: { total: { type: 'number' } },
  required: ['total'],
  additionalProperties: false,
};
