import { type StreamCase, sse, total } from './stream-case';

const event = (type: string, more: object = {}) => `event: ${type}\n${sse({ type, ...more })}`;
const start = event('message_start', {
  message: {
    id: 'msg',
    type: 'message',
    role: 'assistant',
    content: [],
    usage: {
      input_tokens: 5,
      cache_read_input_tokens: 4,
      cache_creation_input_tokens: 2,
      output_tokens: 1,
    },
  },
});
const block = (index: number, given: object) =>
  event('content_block_start', { index, content_block: given });
const text = (given: string) =>
  event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: given } });
const stopped = (stop_reason: string | null, output_tokens = 7) =>
  event('message_delta', { delta: { stop_reason, stop_sequence: null }, usage: { output_tokens } });
const over = event('message_stop');
const hello = start + block(0, { type: 'text', text: '' }) + text('Hello') + text(' there.');
const good = { text: 'Hello there.', usage: [11, 7] } as const;

const anthropic: readonly StreamCase[] = [
  {
    name: 'Anthropic, as documented',
    body: hello + event('content_block_stop', { index: 0 }) + stopped('end_turn') + over,
    want: good,
  },
  { name: 'a stop sequence', body: hello + stopped('stop_sequence') + over, want: good },
  {
    name: 'pings, thoughts, signatures, and blocks that nobody knows',
    body:
      start +
      event('ping') +
      block(0, { type: 'thinking', thinking: '' }) +
      event('content_block_delta', {
        index: 0,
        delta: { type: 'thinking_delta', thinking: 'Hm' },
      }) +
      event('content_block_delta', {
        index: 0,
        delta: { type: 'signature_delta', signature: 'xyz' },
      }) +
      block(1, { type: 'redacted_thinking', data: 'abc' }) +
      block(2, { type: 'moon' }) +
      event('content_block_delta', { index: 2, delta: { type: 'moon_delta', moon: 1 } }) +
      block(3, { type: 'text', text: 'Hello' }) +
      text(' there.') +
      event('content_block_delta', { index: 3, delta: { type: 'citations_delta', citation: {} } }) +
      stopped('end_turn') +
      over,
    want: { ...good, thoughts: 'Hm' },
  },
  {
    name: 'breaks off without message_stop',
    body: hello,
    want: {
      fails: 'model_broke_off',
      retryable: true,
      says: /before it was complete/,
      usage: [11, 3],
    },
  },
  {
    name: 'breaks off behind the reason, without message_stop',
    body: hello + stopped('end_turn'),
    want: { fails: 'model_broke_off', usage: [11, 7] },
  },
  { name: 'message_stop without a reason', body: hello + over, want: { fails: 'model_broke_off' } },
  {
    name: 'the longest length',
    body: hello + stopped('max_tokens') + over,
    want: { ...good, note: /cut off/ },
  },
  {
    name: 'the window is full',
    body: hello + stopped('model_context_window_exceeded') + over,
    want: { ...good, note: /cut off/ },
  },
  {
    name: 'a refusal',
    body: hello + stopped('refusal') + over,
    want: { fails: 'model_refused', retryable: false, usage: [11, 7] },
  },
  {
    name: 'a tool is asked for',
    body:
      start +
      block(0, { type: 'tool_use', id: 't', name: 'search', input: {} }) +
      stopped('tool_use') +
      over,
    want: { fails: 'model_asked_tool', says: /“search”/, usage: [11, 7] },
  },
  {
    name: 'a turn that pauses',
    body: hello + stopped('pause_turn') + over,
    want: { fails: 'model_ended_oddly', says: /pause_turn/, retryable: true },
  },
  {
    name: 'overloaded in the stream',
    body: hello + event('error', { error: { type: 'overloaded_error', message: 'Overloaded' } }),
    want: { fails: 'model_unavailable', retryable: true, usage: [11, 3] },
  },
  {
    name: 'overloaded at once',
    body: event('error', { error: { type: 'overloaded_error', message: 'Overloaded' } }),
    want: { fails: 'model_unavailable', retryable: true },
  },
  {
    name: 'no credit, said in the stream',
    body: event('error', {
      error: {
        type: 'invalid_request_error',
        message: 'Your credit balance is too low to access the Anthropic API.',
      },
    }),
    want: { fails: 'model_quota_used', retryable: false },
  },
  {
    name: 'one document instead of a stream',
    body: JSON.stringify({
      type: 'message',
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Hm' },
        { type: 'text', text: 'Hello there.' },
      ],
      stop_reason: 'end_turn',
      usage: { input_tokens: 11, output_tokens: 7 },
    }),
    want: { ...good, thoughts: 'Hm' },
  },
  { name: 'the connection breaks', body: hello, breaks: true, want: { fails: 'model_broke_off' } },
].map((one) => ({ ...one, provider: 'anthropic' }) as StreamCase);

const part = (given: string, finishReason?: string, more: object = {}) => ({
  candidates: [
    {
      content: { role: 'model', parts: [{ text: given, ...more }] },
      index: 0,
      ...(finishReason === undefined ? {} : { finishReason }),
    },
  ],
});
const counted = {
  usageMetadata: {
    promptTokenCount: 11,
    candidatesTokenCount: 5,
    thoughtsTokenCount: 2,
    totalTokenCount: 18,
  },
};

const google: readonly StreamCase[] = [
  {
    name: 'Gemini, as documented',
    body: sse(part('Hello'), { ...part(' there.', 'STOP'), ...counted }).replaceAll('\n', '\r\n'),
    want: good,
  },
  {
    name: 'thoughts and a count of tools',
    body: sse(part('Hm', undefined, { thought: true }), part('Hello'), {
      ...part(' there.', 'STOP'),
      usageMetadata: {
        promptTokenCount: 6,
        toolUsePromptTokenCount: 5,
        candidatesTokenCount: 5,
        thoughtsTokenCount: 2,
      },
    }),
    want: { ...good, thoughts: 'Hm' },
  },
  {
    name: 'breaks off without a reason',
    body: sse(part('Hello'), { ...part(' the'), ...counted }),
    want: { fails: 'model_broke_off', retryable: true, usage: [11, 7] },
  },
  {
    name: 'the longest length',
    body: sse({ ...part('Hello there.', 'MAX_TOKENS'), ...counted }),
    want: { ...good, note: /cut off/ },
  },
  {
    name: 'safety',
    body: sse(part('Hello'), { candidates: [{ finishReason: 'SAFETY', index: 0 }], ...counted }),
    want: { fails: 'model_refused', usage: [11, 7] },
  },
  {
    name: 'recitation',
    body: sse({ candidates: [{ finishReason: 'RECITATION' }] }),
    want: { fails: 'model_refused' },
  },
  {
    name: 'the prompt is blocked',
    body: sse({
      promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
      usageMetadata: { promptTokenCount: 11 },
    }),
    want: { fails: 'model_refused' },
  },
  {
    name: 'a call that is malformed',
    body: sse({ candidates: [{ finishReason: 'MALFORMED_FUNCTION_CALL' }] }),
    want: { fails: 'model_ended_oddly', says: /MALFORMED_FUNCTION_CALL/ },
  },
  {
    name: 'other',
    body: sse(part('Hel', 'OTHER')),
    want: { fails: 'model_ended_oddly', retryable: true },
  },
  {
    name: 'a function is called',
    body: sse({
      candidates: [
        { content: { parts: [{ functionCall: { name: 'f', args: {} } }] }, finishReason: 'STOP' },
      ],
    }),
    want: { fails: 'model_asked_tool' },
  },
  {
    name: 'a list instead of a stream',
    body: JSON.stringify([part('Hello'), { ...part(' there.', 'STOP'), ...counted }], null, 1),
    want: good,
  },
  {
    name: 'a reason in every chunk',
    body: sse(part('Hello', 'STOP'), { ...part(' there.', 'STOP'), ...counted }),
    want: good,
  },
  {
    name: 'an error between the events',
    body: `${sse(part('Hel'))}{"error": {"code": 503, "message": "The model is overloaded.", "status": "UNAVAILABLE"}}\n`,
    want: { fails: 'model_unavailable', retryable: true },
  },
  {
    name: 'JSON',
    schema: total,
    body: sse({ ...part('{"total":') }, { ...part(' 5}', 'STOP'), ...counted }),
    want: { value: { total: 5 }, usage: [11, 7] as const },
  },
  {
    name: 'the connection breaks',
    body: sse(part('Hel')),
    breaks: true,
    want: { fails: 'model_broke_off' },
  },
].map((one) => ({ ...one, name: `Gemini: ${one.name}`, provider: 'google' }) as StreamCase);

/** Anthropic's and Gemini's protocols. */
export const vendorStreams: readonly StreamCase[] = [...anthropic, ...google];
