import { type StreamCase, sse } from './stream-case';

type Row = [
  name: string,
  provider: StreamCase['provider'],
  status: number,
  body: unknown,
  want: StreamCase['want'],
  headers?: Record<string, string>,
];

const gemini = (message: string, ...details: object[]) => ({
  error: { code: 429, message, status: 'RESOURCE_EXHAUSTED', details },
});
const quotaText =
  'You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.';
const retryInfo = (retryDelay: string) => ({
  '@type': 'type.googleapis.com/google.rpc.RetryInfo',
  retryDelay,
});
const quota = (quotaId: string) => ({
  '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
  violations: [
    { quotaMetric: 'generativelanguage.googleapis.com/generate_content_requests', quotaId },
  ],
});
const perMinute = quota('GenerateRequestsPerMinutePerProjectPerModel-FreeTier');
const perDay = quota('GenerateRequestsPerDayPerProjectPerModel-FreeTier');
const limited = { fails: 'model_rate_limited', retryable: true } as const;
const used = { fails: 'model_quota_used', retryable: false } as const;
const away = { fails: 'model_unavailable', retryable: true } as const;

const rows: Row[] = [
  [
    'a limit with seconds',
    'compatible',
    429,
    { error: { message: 'slow down' } },
    { ...limited, retryAfterMs: 4_000 },
    { 'retry-after': '4' },
  ],
  [
    'a limit with milliseconds',
    'openai',
    429,
    { error: { message: 'Rate limit reached' } },
    { ...limited, retryAfterMs: 250 },
    { 'retry-after-ms': '250', 'retry-after': '1' },
  ],
  [
    'a limit with a reset',
    'openai',
    429,
    { error: { message: 'Rate limit reached' } },
    { ...limited, retryAfterMs: 360_000 },
    { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '6m0s' },
  ],
  [
    'a limit in words',
    'compatible',
    429,
    { error: { message: 'Rate limit reached for model `m`. Please try again in 7.66s. Visit …' } },
    { ...limited, retryAfterMs: 7_660 },
  ],
  [
    'a limit in words with minutes',
    'compatible',
    429,
    { error: { message: 'Please try again in 1m30s.' } },
    { ...limited, retryAfterMs: 90_000 },
  ],
  [
    'a limit without a hint',
    'compatible',
    429,
    { error: { message: 'Too many requests' } },
    limited,
  ],
  [
    'OpenAI: no quota left',
    'openai',
    429,
    { error: { message: quotaText, type: 'insufficient_quota', code: 'insufficient_quota' } },
    used,
    { 'retry-after': '1' },
  ],
  [
    'Gemini: by the minute, with RetryInfo',
    'google',
    429,
    gemini(quotaText, perMinute, retryInfo('45.837906927s')),
    { ...limited, retryAfterMs: 45_838 },
  ],
  [
    'Gemini: by the minute, without RetryInfo',
    'google',
    429,
    gemini(quotaText, perMinute),
    limited,
  ],
  [
    'Gemini: RetryInfo alone',
    'google',
    429,
    gemini(quotaText, retryInfo('12s')),
    { ...limited, retryAfterMs: 12_000 },
  ],
  ['Gemini: by the day', 'google', 429, gemini(quotaText, perDay, retryInfo('12s')), used],
  [
    'Gemini: in a list',
    'google',
    429,
    [gemini(quotaText, perMinute, retryInfo('3s'))],
    { ...limited, retryAfterMs: 3_000 },
  ],
  [
    'Gemini: by the minute through the compatible API',
    'compatible',
    429,
    [gemini(quotaText, perMinute, retryInfo('3s'))],
    { ...limited, retryAfterMs: 3_000 },
  ],
  ['Gemini: quota in words alone', 'google', 429, gemini(quotaText), used],
  [
    'Gemini: a key that is wrong',
    'google',
    400,
    {
      error: {
        code: 400,
        message: 'API key not valid. Please pass a valid API key.',
        status: 'INVALID_ARGUMENT',
        details: [{ reason: 'API_KEY_INVALID' }],
      },
    },
    { fails: 'model_key_refused', retryable: false },
  ],
  [
    'Gemini: overloaded',
    'google',
    503,
    {
      error: {
        code: 503,
        message: 'The model is overloaded. Please try again later.',
        status: 'UNAVAILABLE',
      },
    },
    away,
  ],
  [
    'Gemini: too long',
    'google',
    400,
    {
      error: {
        code: 400,
        message:
          'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
        status: 'INVALID_ARGUMENT',
      },
    },
    { fails: 'model_too_long', retryable: false },
  ],
  [
    'Anthropic: a limit until a date',
    'anthropic',
    429,
    {
      type: 'error',
      error: {
        type: 'rate_limit_error',
        message: 'This request would exceed your organization’s rate limit.',
      },
    },
    { ...limited, retryAfterMs: 30_000 },
    { 'retry-after': '30', 'anthropic-ratelimit-requests-remaining': '0' },
  ],
  [
    'Anthropic: overloaded',
    'anthropic',
    529,
    { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    away,
  ],
  [
    'Anthropic: overloaded, with a hint',
    'anthropic',
    529,
    { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    { ...away, retryAfterMs: 9_000 },
    { 'retry-after': '9' },
  ],
  [
    'Anthropic: no credit',
    'anthropic',
    400,
    {
      type: 'error',
      error: {
        type: 'invalid_request_error',
        message: 'Your credit balance is too low to access the Anthropic API.',
      },
    },
    used,
  ],
  [
    'Anthropic: too long',
    'anthropic',
    400,
    {
      type: 'error',
      error: {
        type: 'invalid_request_error',
        message: 'prompt is too long: 210000 tokens > 200000 maximum',
      },
    },
    { fails: 'model_too_long', retryable: false },
  ],
  [
    'OpenRouter: no credit',
    'compatible',
    402,
    { error: { code: 402, message: 'This request requires more credits' } },
    used,
  ],
  [
    'OpenRouter: a limit with headers in the body',
    'compatible',
    429,
    {
      error: {
        code: 429,
        message: 'Rate limit exceeded: free-models-per-min.',
        metadata: {
          headers: {
            'X-RateLimit-Limit': '20',
            'X-RateLimit-Remaining': '0',
            'X-RateLimit-Reset': '5',
          },
        },
      },
    },
    { ...limited, retryAfterMs: 5_000 },
  ],
  [
    'OpenAI: too long',
    'openai',
    400,
    {
      error: {
        message: "This model's maximum context length is 128000 tokens.",
        type: 'invalid_request_error',
        code: 'context_length_exceeded',
      },
    },
    { fails: 'model_too_long' },
  ],
  [
    'llama.cpp: too long',
    'llamacpp',
    400,
    {
      error: {
        code: 400,
        message: 'the request exceeds the available context size, try increasing it',
        type: 'exceed_context_size_error',
      },
    },
    { fails: 'model_too_long' },
  ],
  [
    'llama.cpp: loading',
    'llamacpp',
    503,
    { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } },
    { ...away, says: /Loading model/ },
  ],
  [
    'a proxy’s page',
    'compatible',
    502,
    '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>',
    { ...away, says: /a web page \(“502 Bad Gateway”\)/ },
    { 'content-type': 'text/html' },
  ],
  [
    'a page for a wrong address',
    'compatible',
    404,
    '<html><title>Not found</title></html>',
    { fails: 'model_unknown', retryable: false },
  ],
  ['a status without a body', 'compatible', 500, '', away],
  [
    'away, with a date',
    'compatible',
    503,
    {},
    { ...away, retryAfterMs: 0 },
    { 'retry-after': 'Sun, 01 Nov 2020 12:00:00 GMT' },
  ],
  [
    'a request that is wrong',
    'compatible',
    422,
    { detail: [{ loc: ['body', 'model'], msg: 'field required' }] },
    { fails: 'model_rejected', retryable: false, says: /field required/ },
  ],
  [
    'a limit in the stream, with its delay',
    'google',
    200,
    sse(gemini(quotaText, perMinute, retryInfo('3s'))),
    { ...limited, retryAfterMs: 3_000 },
  ],
];

/** How vendors and servers refuse. */
export const refusals: readonly StreamCase[] = rows.map(
  ([name, provider, status, body, want, headers = {}]) => ({
    name: `refuses: ${name}`,
    provider,
    status,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { ...(status === 200 ? {} : { 'content-type': 'application/json' }), ...headers },
    want,
  }),
);
