import { chunk, type StreamCase, sse, usage } from './stream-case';

const counted = { ...chunk({}), choices: [], ...usage };
const hello = [chunk({ role: 'assistant', content: '' }), chunk({ content: 'Hello' })];
const there = [chunk({ content: ' there.' }), chunk({}, 'stop')];
const whole = sse(...hello, ...there, counted, '[DONE]');
const good = { text: 'Hello there.', usage: [11, 7] } as const;

/** OpenAI's chat protocol: forms in which a good answer comes, and its ends. */
export const chatForms: readonly StreamCase[] = [
  { name: 'OpenAI, as documented', provider: 'openai', body: whole, want: good },
  { name: 'a compatible server, as documented', provider: 'compatible', body: whole, want: good },
  {
    name: 'Azure OpenAI: filter results first, role and usage apart',
    provider: 'compatible',
    body: sse(
      { choices: [], prompt_filter_results: [{ prompt_index: 0 }], usage: null },
      ...hello.map((one) => ({ ...one, usage: null })),
      {
        ...chunk({ content: ' there.' }),
        choices: [
          {
            index: 0,
            delta: { content: ' there.' },
            finish_reason: null,
            content_filter_results: {},
          },
        ],
      },
      chunk({}, 'stop'),
      counted,
      '[DONE]',
    ),
    want: good,
  },
  {
    name: 'lines end in CRLF',
    provider: 'compatible',
    body: whole.replaceAll('\n', '\r\n'),
    want: good,
  },
  {
    name: 'lines end in CR',
    provider: 'compatible',
    body: whole.replaceAll('\n', '\r'),
    want: good,
  },
  {
    name: 'no blank behind the colon',
    provider: 'compatible',
    body: whole.replaceAll('data: ', 'data:'),
    want: good,
  },
  {
    name: 'no empty lines between events',
    provider: 'compatible',
    body: whole.replaceAll('\n\n', '\n'),
    want: good,
  },
  {
    name: 'a byte order mark first, ids and retry times between',
    provider: 'compatible',
    body: `\uFEFF${whole.replaceAll('data: {', 'id: 1\nretry: 3000\ndata: {')}`,
    want: good,
  },
  {
    name: 'one value over several data lines',
    provider: 'compatible',
    body: `data: {"choices": [{"index": 0,\ndata: "delta": {"content": "Hello there."}, "finish_reason": "stop"}],\ndata: "usage": {"prompt_tokens": 11, "completion_tokens": 7}}\n\ndata: [DONE]\n\n`,
    want: good,
  },
  {
    name: 'cut in the middle of a line and of a letter',
    provider: 'compatible',
    body: [
      Buffer.from('data: {"choices":[{"delta":{"content":"Zo'),
      Buffer.from([0xc3]),
      Buffer.from([0xab]),
      Buffer.from('"}}]}\n'),
      Buffer.from(`\ndata: ${JSON.stringify(chunk({}, 'stop', usage))}\r`),
      Buffer.from('\n\r\ndata: [DO'),
      Buffer.from('NE]\n\n'),
    ],
    want: { text: 'Zoë', usage: [11, 7] },
  },
  {
    name: 'bytes that are no UTF-8',
    provider: 'compatible',
    body: [
      Buffer.concat([
        Buffer.from('data: {"choices":[{"delta":{"content":"M'),
        Buffer.from([0xfc]),
        Buffer.from(`ller"},"finish_reason":"stop"}]}\n\n${sse('[DONE]')}`),
      ]),
    ],
    want: { text: 'M\uFFFDller' },
  },
  {
    name: 'half an emoji',
    provider: 'compatible',
    body: `data: {"choices":[{"delta":{"content":"Great \\ud83d"},"finish_reason":"stop"}]}\n\n`,
    want: { text: 'Great \ud83d' },
  },
  {
    name: 'OpenRouter: comments until the model begins',
    provider: 'compatible',
    body: `: OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n${whole}`,
    want: good,
  },
  {
    name: 'events with names, pings and empty data between',
    provider: 'compatible',
    body: `event: ping\ndata: {"type": "ping"}\n\nevent: ping\n\ndata:\n\n${whole}`,
    want: good,
  },
  // The end of an answer.
  {
    name: 'breaks off: no reason, no [DONE]',
    provider: 'compatible',
    body: sse(...hello),
    want: { fails: 'model_broke_off', retryable: true, says: /ended before it was complete/ },
  },
  {
    name: 'breaks off with usage counted along',
    provider: 'compatible',
    body: sse(chunk({ content: 'Half' }, null, usage)),
    want: { fails: 'model_broke_off', usage: [11, 7] },
  },
  {
    name: 'the connection breaks',
    provider: 'openai',
    body: sse(...hello),
    breaks: true,
    want: { fails: 'model_broke_off', retryable: true, says: /connection was lost/ },
  },
  {
    name: 'breaks off in the middle of a value',
    provider: 'compatible',
    body: `${sse(...hello)}data: {"choices":[{"delta":{"cont`,
    want: { fails: 'model_broke_off', retryable: true, says: /middle of a value/ },
  },
  {
    name: 'nothing but the first chunk with the role',
    provider: 'compatible',
    body: sse(chunk({ role: 'assistant', content: '' })),
    want: { fails: 'model_broke_off' },
  },
  {
    name: '[DONE] alone is an end',
    provider: 'compatible',
    body: sse(...hello, '[DONE]'),
    want: { text: 'Hello' },
  },
  {
    name: 'a reason alone is an end',
    provider: 'compatible',
    body: sse(...hello, ...there, counted),
    want: good,
  },
  {
    name: 'breaks behind the reason: the answer is whole',
    provider: 'compatible',
    body: sse(...hello, ...there),
    breaks: true,
    want: { text: 'Hello there.', note: /estimate/ },
  },
  {
    name: 'two ends: both say stop',
    provider: 'compatible',
    body: sse(...hello, ...there, chunk({}, 'stop'), counted, '[DONE]', '[DONE]'),
    want: good,
  },
  {
    name: 'two ends: what is cut stays cut',
    provider: 'compatible',
    body: sse(...hello, chunk({}, 'length'), chunk({}, 'stop'), counted, '[DONE]'),
    want: { text: 'Hello', note: /cut off/ },
  },
  {
    name: 'a reason in every chunk',
    provider: 'compatible',
    body: sse(chunk({ content: 'Hello' }, 'stop'), chunk({ content: ' there.' }, 'stop', usage)),
    want: good,
  },
  {
    name: 'an empty reason in every chunk, and one at last',
    provider: 'compatible',
    body: sse(
      chunk({ content: 'Hello' }, ''),
      chunk({ content: ' there.' }, 'stop', usage),
      '[DONE]',
    ),
    want: good,
  },
  {
    name: 'cut at the longest length',
    provider: 'openai',
    body: sse(...hello, chunk({}, 'length'), counted, '[DONE]'),
    want: { text: 'Hello', usage: [11, 7], note: /cut off at the token limit/ },
  },
  {
    name: 'Mistral: the window is full',
    provider: 'compatible',
    body: sse(...hello, chunk({}, 'model_length', usage), '[DONE]'),
    want: { text: 'Hello', note: /cut off/ },
  },
  {
    name: 'a content filter stops it',
    provider: 'openai',
    body: sse(...hello, chunk({}, 'content_filter'), counted, '[DONE]'),
    want: { fails: 'model_refused', retryable: false, usage: [11, 7] },
  },
  {
    name: 'OpenAI: a refusal in a field of its own',
    provider: 'openai',
    body: sse(chunk({ refusal: 'I cannot help with that.' }), chunk({}, 'stop'), counted, '[DONE]'),
    want: { fails: 'model_refused', usage: [11, 7] },
  },
  {
    name: 'GLM: sensitive',
    provider: 'compatible',
    body: sse(...hello, chunk({}, 'sensitive'), '[DONE]'),
    want: { fails: 'model_refused' },
  },
  {
    name: 'DeepSeek: out of resources',
    provider: 'compatible',
    body: sse(...hello, chunk({}, 'insufficient_system_resource'), '[DONE]'),
    want: { fails: 'model_broke_off', retryable: true, says: /insufficient_system_resource/ },
  },
  {
    name: 'vLLM: aborted',
    provider: 'compatible',
    body: sse(...hello, chunk({}, 'abort'), '[DONE]'),
    want: { fails: 'model_broke_off', retryable: true },
  },
  {
    name: 'TGI: a stop token as the reason',
    provider: 'compatible',
    body: sse(...hello, chunk({ content: ' there.' }, 'eos_token', usage), '[DONE]'),
    want: good,
  },
  {
    name: 'a reason that nobody knows',
    provider: 'compatible',
    body: sse(...hello, chunk({}, 'moon_phase'), '[DONE]'),
    want: { fails: 'model_ended_oddly', retryable: true, says: /moon_phase/ },
  },
];
