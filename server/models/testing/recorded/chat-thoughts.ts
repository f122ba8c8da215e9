import { chunk, type StreamCase, sse, total, usage } from './stream-case';

const counted = { ...chunk({}), choices: [], ...usage };
const hello = [chunk({ role: 'assistant', content: '' }), chunk({ content: 'Hello' })];
const there = [chunk({ content: ' there.' }), chunk({}, 'stop')];
const good = { text: 'Hello there.', usage: [11, 7] } as const;
const think = '<think>Is it {total}? {"total": 1}? No.</think>\n\n';

/** OpenAI's chat protocol: thoughts, counts, and the Responses protocol. */
export const chatThoughts: readonly StreamCase[] = [
  {
    name: 'DeepSeek: thoughts in reasoning_content',
    provider: 'compatible',
    body: sse(
      chunk({ content: null, reasoning_content: 'A greeting' }),
      chunk({ reasoning_content: '.' }),
      ...hello,
      ...there,
      counted,
      '[DONE]',
    ),
    want: { ...good, thoughts: 'A greeting.' },
  },
  {
    name: 'OpenRouter, Groq, vLLM: thoughts in reasoning',
    provider: 'compatible',
    body: sse(
      chunk({ reasoning: 'Hm', reasoning_details: [{ type: 'reasoning.text', text: 'Hm' }] }),
      ...hello,
      ...there,
      counted,
      '[DONE]',
    ),
    want: { ...good, thoughts: 'Hm' },
  },
  {
    name: 'thoughts in details alone',
    provider: 'compatible',
    body: sse(
      chunk({ reasoning_details: [{ type: 'reasoning.summary', summary: 'Hm' }] }),
      ...hello,
      ...there,
      counted,
    ),
    want: { ...good, thoughts: 'Hm' },
  },
  {
    name: 'llama.cpp: marks in the text, cut anywhere',
    provider: 'llamacpp',
    body: sse(
      ...['<th', 'ink>a <', 'b</thi', 'nk>\n\nHello', ' there.'].map((content) =>
        chunk({ content }),
      ),
      chunk({}, 'stop', { timings: { prompt_n: 4, cache_n: 7, predicted_n: 7 } }),
      '[DONE]',
    ),
    want: { ...good, thoughts: 'a <b' },
  },
  {
    name: 'marks before JSON',
    provider: 'compatible',
    schema: total,
    body: sse(
      chunk({ content: think }),
      chunk({ content: '{"total": 5}' }),
      chunk({}, 'stop', usage),
      '[DONE]',
    ),
    want: { text: '{"total": 5}', value: { total: 5 }, usage: [11, 7] },
  },
  {
    name: 'marks before text',
    provider: 'compatible',
    body: sse(chunk({ content: `${think}Five.` }), chunk({}, 'stop', usage), '[DONE]'),
    want: { text: 'Five.', thoughts: 'Is it {total}? {"total": 1}? No.' },
  },
  {
    name: 'thoughts that the prompt opened',
    provider: 'compatible',
    body: sse(
      chunk({ content: 'So it is five.\n' }),
      chunk({ content: '</think>\n\nFive.' }),
      chunk({}, 'stop', usage),
    ),
    want: { text: 'Five.', thoughts: 'So it is five.\n' },
  },
  {
    name: 'thoughts that never end',
    provider: 'compatible',
    body: sse(chunk({ content: '<think>on and on' }), chunk({}, 'stop', usage), '[DONE]'),
    want: { fails: 'model_silent', retryable: true, says: /reasoning but no answer/ },
  },
  {
    name: 'thoughts that use up the length',
    provider: 'compatible',
    body: sse(chunk({ reasoning_content: 'on and on' }), chunk({}, 'length', usage), '[DONE]'),
    want: {
      fails: 'model_silent',
      retryable: false,
      says: /token limit before it wrote/,
      usage: [11, 7],
    },
  },
  {
    name: 'OpenAI itself: marks are words',
    provider: 'openai',
    body: sse(chunk({ content: '<think> opens a thought.' }), chunk({}, 'stop', usage), '[DONE]'),
    want: { text: '<think> opens a thought.' },
  },
  {
    name: 'Magistral: content in parts, thinking among them',
    provider: 'compatible',
    body: sse(
      chunk({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'a greeting' }] }] }),
      chunk({ content: [{ type: 'text', text: 'Hello' }] }),
      chunk({ content: ' there.' }),
      chunk({}, 'stop', usage),
    ),
    want: { ...good, thoughts: 'a greeting' },
  },
  {
    name: 'parts of many kinds',
    provider: 'compatible',
    body: sse(
      chunk({
        content: [
          { type: 'reference', reference_ids: [1] },
          { type: 'output_text', text: 'Hello' },
          { type: 'image_url', image_url: 'x' },
          ' there.',
          null,
          7,
        ],
      }),
      chunk({ content: [] }),
      chunk({ content: {} }, 'stop', usage),
    ),
    want: good,
  },
  {
    name: 'JSON cut at its longest length',
    provider: 'compatible',
    schema: total,
    body: sse(chunk({ content: '{"total": 5, "no' }), chunk({}, 'length', usage), '[DONE]'),
    want: { fails: 'output_cut', retryable: false, usage: [11, 7] },
  },
  {
    name: 'JSON behind other JSON and words',
    provider: 'compatible',
    schema: total,
    body: sse(
      chunk({ content: 'First {"sum": 1}.\n```json\n{"total": 5}\n```\nDone.' }),
      chunk({}, 'stop', usage),
      '[DONE]',
    ),
    want: { value: { total: 5 } },
  },
  // What was counted.
  {
    name: 'Kimi: usage inside the choice',
    provider: 'compatible',
    body: sse(
      ...hello,
      { choices: [{ index: 0, delta: { content: ' there.' }, finish_reason: 'stop', ...usage }] },
      '[DONE]',
    ),
    want: good,
  },
  {
    name: 'Groq: usage in a field of its own',
    provider: 'compatible',
    body: sse(
      ...hello,
      { ...chunk({ content: ' there.' }, 'stop'), x_groq: { id: 'r', ...usage } },
      '[DONE]',
    ),
    want: good,
  },
  {
    name: 'vLLM: usage in every chunk, growing',
    provider: 'compatible',
    body: sse(
      chunk({ content: 'Hello' }, null, { usage: { prompt_tokens: 11, completion_tokens: 1 } }),
      chunk({ content: ' there.' }, 'stop', usage),
      { choices: [], usage: { prompt_tokens: 0, completion_tokens: 0 } },
      '[DONE]',
    ),
    want: good,
  },
  {
    name: 'usage in other names',
    provider: 'compatible',
    body: sse(
      ...hello,
      chunk({ content: ' there.' }, 'stop', { usage: { input_tokens: 11, output_tokens: 7 } }),
    ),
    want: good,
  },
  {
    name: 'Grok: thoughts in the total alone',
    provider: 'compatible',
    body: sse(
      ...hello,
      chunk({ content: ' there.' }, 'stop', {
        usage: {
          prompt_tokens: 11,
          completion_tokens: 7,
          total_tokens: 118,
          completion_tokens_details: { reasoning_tokens: 100 },
        },
      }),
    ),
    want: { text: 'Hello there.', usage: [11, 107] },
  },
  {
    name: 'no usage: an estimate that says so',
    provider: 'compatible',
    body: sse(...hello, ...there, '[DONE]'),
    want: { text: 'Hello there.', usage: [8, 3], note: /estimate/ },
  },
  {
    name: 'usage that cannot be: an estimate',
    provider: 'compatible',
    body: sse(
      ...hello,
      chunk({ content: ' there.' }, 'stop', {
        usage: { prompt_tokens: -1_000_000, completion_tokens: 1e308 },
      }),
    ),
    want: { text: 'Hello there.', usage: [8, 3], note: /estimate/ },
  },
  {
    name: 'usage in fractions and as text',
    provider: 'compatible',
    body: sse(
      ...hello,
      chunk({ content: ' there.' }, 'stop', {
        usage: { prompt_tokens: '11', completion_tokens: 7.6 },
      }),
    ),
    want: good,
  },
  // OpenAI's newer protocol.
  {
    name: 'Responses: as documented',
    provider: 'openai',
    body: [
      ['response.created', { response: { status: 'in_progress', error: null } }],
      ['response.output_item.added', { item: { type: 'reasoning' } }],
      ['response.reasoning_summary_text.delta', { delta: 'Hm' }],
      ['response.output_text.delta', { delta: 'Hello' }],
      ['response.output_text.delta', { delta: ' there.' }],
      [
        'response.completed',
        {
          response: {
            status: 'completed',
            error: null,
            incomplete_details: null,
            usage: { input_tokens: 11, output_tokens: 7, total_tokens: 18 },
          },
        },
      ],
    ]
      .map(([type, more]) => `event: ${type}\n${sse({ type, ...(more as object) })}`)
      .join(''),
    want: { ...good, thoughts: 'Hm' },
  },
  {
    name: 'Responses: incomplete',
    provider: 'openai',
    body: sse(
      { type: 'response.output_text.delta', delta: 'Hello' },
      {
        type: 'response.incomplete',
        response: {
          status: 'incomplete',
          incomplete_details: { reason: 'max_output_tokens' },
          usage: { input_tokens: 11, output_tokens: 7 },
        },
      },
    ),
    want: { text: 'Hello', usage: [11, 7], note: /cut off/ },
  },
  {
    name: 'Responses: failed',
    provider: 'openai',
    body: sse({
      type: 'response.failed',
      response: { status: 'failed', error: { code: 'server_error', message: 'Boom' } },
    }),
    want: { fails: 'model_unavailable', retryable: true },
  },
  {
    name: 'Responses: breaks off',
    provider: 'openai',
    body: sse(
      { type: 'response.created', response: {} },
      { type: 'response.output_text.delta', delta: 'Hel' },
    ),
    want: { fails: 'model_broke_off', retryable: true },
  },
];
