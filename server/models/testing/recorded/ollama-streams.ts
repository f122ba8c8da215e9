import { lines, type StreamCase, total } from './stream-case';

const say = (content: string, more: object = {}) => ({
  model: 'm',
  created_at: '2026-11-29T12:00:00Z',
  message: { role: 'assistant', content },
  done: false,
  ...more,
});
const end = (more: object = {}) => ({
  ...say(''),
  ...{ done: true, done_reason: 'stop', prompt_eval_count: 11, eval_count: 7, total_duration: 1 },
  ...more,
});
const hello = [say('Hello'), say(' there.')];
const good = { text: 'Hello there.', usage: [11, 7] } as const;

const rows: Omit<StreamCase, 'provider'>[] = [
  {
    name: 'as documented',
    body: lines(...hello, end()),
    want: { ...good, note: /window was 8192 tokens, of 131072/ },
  },
  {
    name: 'CRLF, and no line end at last',
    body: lines(...hello, end())
      .replaceAll('\n', '\r\n')
      .trimEnd(),
    want: good,
  },
  {
    name: 'an older one, without a reason',
    body: lines(...hello, end({ done_reason: undefined })),
    want: good,
  },
  {
    name: 'thoughts apart',
    body: lines(
      { ...say(''), message: { content: '', thinking: 'Hm' } },
      ...[say('Hello'), say(' there.'), end()],
    ),
    want: { ...good, thoughts: 'Hm' },
  },
  {
    name: 'thoughts between marks',
    body: lines(say('<think>Hm</th'), say('ink>\n\nHello there.'), end()),
    want: { ...good, thoughts: 'Hm' },
  },
  {
    name: 'the longest length',
    body: lines(...hello, end({ done_reason: 'length' })),
    want: { ...good, note: /cut off/ },
  },
  {
    name: 'breaks off',
    body: lines(...hello),
    want: { fails: 'model_broke_off', retryable: true, says: /before it was complete/ },
  },
  {
    name: 'breaks off in the middle of a line',
    body: `${lines(...hello)}{"model":"m","mess`,
    want: { fails: 'model_broke_off', retryable: true },
  },
  {
    name: 'the connection breaks',
    body: lines(...hello),
    breaks: true,
    want: { fails: 'model_broke_off', retryable: true },
  },
  {
    name: 'an error in the middle',
    body: lines(...hello, {
      error: 'an error was encountered while running the model: CUDA error',
    }),
    want: { fails: 'model_unavailable', retryable: true, says: /CUDA error/ },
  },
  {
    name: 'unloaded meanwhile',
    body: lines(...hello, end({ done_reason: 'unload' })),
    want: { fails: 'model_broke_off', retryable: true, says: /unload/ },
  },
  {
    name: 'only loaded',
    body: lines(end({ done_reason: 'load', prompt_eval_count: undefined, eval_count: undefined })),
    want: { fails: 'model_ended_oddly', says: /load/ },
  },
  {
    name: 'a tool is asked for',
    body: lines(
      { ...say(''), message: { tool_calls: [{ function: { name: 'search', arguments: {} } }] } },
      end(),
    ),
    want: { fails: 'model_asked_tool', says: /search/, usage: [11, 7] },
  },
  {
    name: 'JSON',
    schema: total,
    body: lines(say('{"total"'), say(': 5}'), end()),
    want: { value: { total: 5 } },
  },
  {
    name: 'no such model',
    status: 404,
    body: JSON.stringify({ error: 'model "m" not found, try pulling it first' }),
    want: { fails: 'model_unknown', retryable: false },
  },
  {
    name: 'too little memory',
    status: 500,
    body: JSON.stringify({ error: 'model requires more system memory (9 GiB) than is available' }),
    want: { fails: 'model_unavailable', says: /more system memory/ },
  },
];

/** Ollama's own protocol. */
export const ollamaStreams: readonly StreamCase[] = rows.map((one) => ({
  ...one,
  provider: 'ollama',
}));
