import { chunk, type StreamCase, sse, usage } from './stream-case';

const counted = { ...chunk({}), choices: [], ...usage };
const hello = [chunk({ role: 'assistant', content: '' }), chunk({ content: 'Hello' })];
const there = [chunk({ content: ' there.' }), chunk({}, 'stop')];
const good = { text: 'Hello there.', usage: [11, 7] } as const;

/** OpenAI's chat protocol: what is no answer, errors under a good status, and documents instead of streams. */
export const chatFailures: readonly StreamCase[] = [
  {
    name: 'an empty answer',
    provider: 'compatible',
    body: sse(chunk({ role: 'assistant' }), chunk({}, 'stop'), counted, '[DONE]'),
    want: { fails: 'model_silent', retryable: true, usage: [11, 7] },
  },
  {
    name: 'nothing at all',
    provider: 'compatible',
    body: '',
    want: { fails: 'model_broke_off', retryable: true, says: /without an answer/ },
  },
  {
    name: 'blanks only',
    provider: 'compatible',
    body: sse(chunk({ content: ' \n ' }), chunk({}, 'stop'), '[DONE]'),
    want: { fails: 'model_silent' },
  },
  {
    name: 'a tool is asked for',
    provider: 'compatible',
    body: sse(
      chunk({
        tool_calls: [
          { index: 0, id: 'c', type: 'function', function: { name: 'search', arguments: '' } },
        ],
      }),
      chunk({ tool_calls: [{ index: 0, function: { arguments: '{"q":1}' } }] }),
      chunk({}, 'tool_calls'),
      counted,
      '[DONE]',
    ),
    want: { fails: 'model_asked_tool', retryable: true, says: /“search”/, usage: [11, 7] },
  },
  {
    name: 'a tool is asked for behind some words, and the reason is stop',
    provider: 'compatible',
    body: sse(
      ...hello,
      chunk({ tool_calls: [{ function: { name: 'f', arguments: {} } }] }),
      chunk({}, 'stop'),
      '[DONE]',
    ),
    want: { fails: 'model_asked_tool' },
  },
  {
    name: 'the old way to ask for a function',
    provider: 'compatible',
    body: sse(
      chunk({ content: null, function_call: { name: 'g', arguments: '' } }),
      chunk({}, 'function_call'),
    ),
    want: { fails: 'model_asked_tool', says: /“g”/ },
  },
  {
    name: 'LM Studio: the reason speaks of tools and there are none',
    provider: 'compatible',
    body: sse(
      ...hello,
      chunk({ tool_calls: [] }),
      chunk({ content: ' there.' }, 'tool_calls', usage),
      '[DONE]',
    ),
    want: good,
  },
  {
    name: 'a web page with status 200',
    provider: 'compatible',
    body: '<!DOCTYPE html>\n<html><head><title>Sign in to the\n network</title></head><body></body></html>',
    headers: { 'content-type': 'text/html' },
    want: { fails: 'model_garbled', retryable: true, says: /“Sign in to the network”/ },
  },
  {
    name: 'text that is no JSON in the stream',
    provider: 'compatible',
    body: `${sse(...hello)}data: Internal Server Error\n\n`,
    want: { fails: 'model_garbled', retryable: true },
  },
  {
    name: 'text that is no JSON in the middle of the stream',
    provider: 'compatible',
    body: `${sse(...hello)}data: {oops}\n\n${sse(...there)}`,
    want: { fails: 'model_garbled', retryable: true, says: /not JSON/ },
  },
  {
    name: 'another protocol',
    provider: 'compatible',
    body: sse({ hello: 'world' }),
    want: { fails: 'model_protocol', retryable: false, says: /an unknown protocol/ },
  },
  // Errors with status 200.
  {
    name: 'OpenAI: a server error in the stream',
    provider: 'openai',
    body: sse(...hello, {
      error: { message: 'The server had an error', type: 'server_error', code: null },
    }),
    want: { fails: 'model_unavailable', retryable: true },
  },
  {
    name: 'OpenRouter: the provider broke off',
    provider: 'compatible',
    body: sse(
      ...hello,
      { ...chunk({ content: '' }, 'error'), error: { code: 502, message: 'Upstream error' } },
      '[DONE]',
    ),
    want: { fails: 'model_unavailable', retryable: true },
  },
  {
    name: 'vLLM: an error with its own object',
    provider: 'compatible',
    body: sse({
      object: 'error',
      message: 'This model’s maximum context length is 4096 tokens.',
      type: 'BadRequestError',
      code: 400,
    }),
    want: { fails: 'model_too_long', retryable: false, says: /too long/ },
  },
  {
    name: 'an error that is a text',
    provider: 'compatible',
    body: sse({ error: 'model overloaded' }, '[DONE]'),
    want: { fails: 'model_unavailable', retryable: true, says: /model overloaded/ },
  },
  {
    name: 'an error line without data before it',
    provider: 'compatible',
    body: `${sse(...hello)}{"error": {"message": "CUDA out of memory", "code": 500}}\n`,
    want: { fails: 'model_unavailable', retryable: true },
  },
  {
    name: 'an event named error with plain words',
    provider: 'compatible',
    body: `${sse(...hello)}event: error\ndata: upstream connect error\n\n`,
    want: { fails: 'model_unavailable', says: /upstream connect error/ },
  },
  {
    name: 'a rate limit in the stream',
    provider: 'compatible',
    body: sse({ error: { code: 429, message: 'Rate limit exceeded' } }),
    want: { fails: 'model_rate_limited', retryable: true },
  },
  {
    name: 'an error beside choices of null',
    provider: 'compatible',
    body: sse({ choices: null, error: { message: 'no healthy upstream', code: 503 } }),
    want: { fails: 'model_unavailable', retryable: true },
  },
  {
    name: 'error fields of null are none',
    provider: 'compatible',
    body: sse(...[...hello, ...there, counted].map((one) => ({ ...one, error: null })), '[DONE]'),
    want: good,
  },
  // A whole document instead of a stream.
  {
    name: 'a server that does not stream',
    provider: 'compatible',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Hello there.' },
          finish_reason: 'stop',
        },
      ],
      ...usage,
    }),
    want: good,
  },
  {
    name: 'a server that does not stream, on many lines and without a reason',
    provider: 'compatible',
    body: JSON.stringify(
      { choices: [{ message: { content: 'Hello there.' } }], ...usage },
      null,
      2,
    ),
    want: good,
  },
  {
    name: 'a document that is cut',
    provider: 'compatible',
    body: JSON.stringify(
      { choices: [{ message: { content: 'Hello there.' } }], ...usage },
      null,
      2,
    ).slice(0, 60),
    want: { fails: 'model_broke_off', retryable: true },
  },
  {
    name: 'FastAPI: a detail instead of an answer',
    provider: 'compatible',
    body: JSON.stringify({ detail: 'Model is loading' }),
    want: { fails: 'model_unavailable', says: /Model is loading/ },
  },
  {
    name: 'the old completions form',
    provider: 'compatible',
    body: sse(
      { choices: [{ index: 0, text: 'Hello there.', finish_reason: null }] },
      { choices: [{ index: 0, text: '', finish_reason: 'stop' }], ...usage },
      '[DONE]',
    ),
    want: good,
  },
  {
    name: 'other choices beside the first',
    provider: 'compatible',
    body: sse(
      {
        choices: [
          { index: 1, delta: { content: 'Other' } },
          { index: 0, delta: { content: 'Hello there.' } },
        ],
      },
      { choices: [{ index: 1, delta: {}, finish_reason: 'length' }] },
      chunk({}, 'stop', usage),
    ),
    want: good,
  },
];
