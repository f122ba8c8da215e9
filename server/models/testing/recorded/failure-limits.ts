import {
  anthropic,
  current,
  type FailureBody,
  google,
  openai,
  quota,
  retry,
} from './failure-shapes';

/** Twelve of Gemini's, which call each limit a quota: what tells them apart stands in the details. */
const gemini429: readonly FailureBody[] = [
  ...(['45.837906927s', '0.5s', '12s', '59s', '1m0s'] as const).map(
    (delay): FailureBody => [
      `Gemini 429, ${delay}`,
      429,
      google(
        429,
        'RESOURCE_EXHAUSTED',
        current,
        quota('RequestsPerMinutePerProject'),
        retry(delay),
      ),
      'rate',
      { '45.837906927s': 45_838, '0.5s': 500, '12s': 12_000, '59s': 59_000, '1m0s': 60_000 }[delay],
    ],
  ),
  [
    'Gemini 429, per minute without a delay',
    429,
    google(429, 'RESOURCE_EXHAUSTED', current, quota('InputTokensPerMinute')),
    'rate',
  ],
  [
    'Gemini 429, a delay alone',
    429,
    google(429, 'RESOURCE_EXHAUSTED', current, retry('7s')),
    'rate',
    7_000,
  ],
  [
    'Gemini 429, per day',
    429,
    google(
      429,
      'RESOURCE_EXHAUSTED',
      current,
      quota('GenerateRequestsPerDayPerProjectPerModel-FreeTier'),
    ),
    'quota',
  ],
  [
    'Gemini 429, per day with a delay',
    429,
    google(429, 'RESOURCE_EXHAUSTED', current, quota('RequestsPerDay'), retry('30s')),
    'quota',
  ],
  ['Gemini 429, billing and no more', 429, google(429, 'RESOURCE_EXHAUSTED', current), 'quota'],
  [
    'Gemini 429, exhausted and no more',
    429,
    google(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted.'),
    'rate',
  ],
  [
    'Gemini 429, in words',
    429,
    google(429, 'RESOURCE_EXHAUSTED', `${current} Please retry in 18.5s.`),
    'rate',
    18_500,
  ],
];

const rates: readonly FailureBody[] = [
  [
    'OpenAI, requests',
    429,
    openai(
      'Rate limit reached for gpt-6-sol in organization org-x on requests per min (RPM): Limit 3. Please try again in 20s.',
      'rate_limit_exceeded',
      'requests',
    ),
    'rate',
    20_000,
  ],
  [
    'OpenAI, tokens',
    429,
    openai(
      'Rate limit reached on tokens per min (TPM). Please try again in 6ms.',
      'rate_limit_exceeded',
      'tokens',
    ),
    'rate',
    6,
  ],
  [
    'OpenAI, seconds with a fraction',
    429,
    openai('Please try again in 1.204s.', 'rate_limit_exceeded'),
    'rate',
    1_204,
  ],
  [
    'OpenAI, minutes and seconds',
    429,
    openai('Please try again in 7m12s.', 'rate_limit_exceeded'),
    'rate',
    432_000,
  ],
  [
    'OpenAI, milliseconds in a header',
    429,
    openai('Rate limit reached'),
    'rate',
    250,
    { 'retry-after-ms': '250' },
  ],
  [
    'OpenAI, seconds in a header',
    429,
    openai('Rate limit reached'),
    'rate',
    3_000,
    { 'retry-after': '3' },
  ],
  [
    'OpenAI, slow down',
    429,
    openai('Requests are too fast.', 'slow_down', 'rate_limit_error'),
    'rate',
  ],
  [
    'Anthropic, with a header',
    429,
    anthropic(
      'rate_limit_error',
      'This request would exceed your rate limit of 50 requests per minute.',
    ),
    'rate',
    41_000,
    { 'retry-after': '41' },
  ],
  [
    'Anthropic, without',
    429,
    anthropic(
      'rate_limit_error',
      'Number of request tokens has exceeded your per-minute rate limit',
    ),
    'rate',
  ],
  [
    'Mistral',
    429,
    {
      object: 'error',
      message: 'Requests rate limit exceeded',
      type: 'rate_limited',
      code: '1300',
    },
    'rate',
  ],
  [
    'Groq',
    429,
    openai(
      'Rate limit reached for model `x`. Please try again in 2m59.56s.',
      'rate_limit_exceeded',
      'tokens',
    ),
    'rate',
    179_560,
  ],
  [
    'OpenRouter',
    429,
    {
      error: {
        code: 429,
        message: 'Provider returned error',
        metadata: { raw: 'x is temporarily rate-limited upstream.' },
      },
    },
    'rate',
  ],
  [
    'xAI',
    429,
    { code: 'Some resource has been exhausted', error: 'Too many requests for this model.' },
    'rate',
  ],
  [
    'Together',
    429,
    {
      error: {
        message: 'You have reached the rate limit specific to this model',
        type: 'model_rate_limit',
        code: null,
      },
    },
    'rate',
  ],
  [
    'Cohere',
    429,
    { message: 'You are using a trial key, which is limited to 20 API calls / minute.' },
    'rate',
  ],
  ['a proxy without a body', 429, '', 'rate'],
  ['a proxy that names seconds', 429, 'slow down', 'rate', 9_000, { 'retry-after': '9' }],
  [
    'Azure',
    429,
    openai(
      'Requests to the API have exceeded the token rate limit of your current pricing tier. Please retry after 13 seconds.',
      '429',
    ),
    'rate',
    13_000,
  ],
];

const quotas: readonly FailureBody[] = [
  ['OpenAI', 429, openai(current, 'insufficient_quota', 'insufficient_quota'), 'quota'],
  [
    'OpenAI, a hard limit',
    429,
    openai('Billing hard limit has been reached', 'billing_hard_limit_reached'),
    'quota',
  ],
  [
    'OpenAI, not active',
    429,
    openai(
      'Your account is not active, please check your billing details on our website.',
      'billing_not_active',
    ),
    'quota',
  ],
  [
    'Anthropic',
    400,
    anthropic(
      'invalid_request_error',
      'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing.',
    ),
    'quota',
  ],
  [
    'Anthropic, 402',
    402,
    anthropic('billing_error', 'There is an issue with your billing.'),
    'quota',
  ],
  [
    'DeepSeek',
    402,
    openai('Insufficient Balance', 'invalid_request_error', 'unknown_error'),
    'quota',
  ],
  [
    'OpenRouter',
    402,
    { error: { code: 402, message: 'Insufficient credits. Add more.' } },
    'quota',
  ],
  ['OpenRouter, in a 403', 403, { error: { code: 403, message: 'insufficient_credits' } }, 'quota'],
  [
    'Moonshot',
    429,
    openai(
      'Your account is suspended due to insufficient balance, please check billing',
      'exceeded_current_quota_error',
    ),
    'quota',
  ],
  [
    'Together',
    402,
    { error: { message: 'Credit limit exceeded', type: 'credit_limit', code: null } },
    'quota',
  ],
  [
    'Zhipu',
    429,
    { error: { code: '1113', message: 'insufficient_balance: please recharge' } },
    'quota',
  ],
  ['xAI', 403, { code: 'forbidden', error: 'Your team has insufficient_credits' }, 'quota'],
];

const credentials: readonly FailureBody[] = [
  ['OpenAI', 401, openai('Incorrect API key provided: sk-x.', 'invalid_api_key'), 'credential'],
  [
    'OpenAI, no organization',
    401,
    openai('You must be a member of an organization to use the API'),
    'credential',
  ],
  [
    'OpenAI, deactivated',
    401,
    openai('The account is deactivated', 'account_deactivated'),
    'credential',
  ],
  ['Anthropic', 401, anthropic('authentication_error', 'invalid x-api-key'), 'credential'],
  [
    'Anthropic, disabled',
    403,
    anthropic('permission_error', 'This API key has been disabled'),
    'credential',
  ],
  [
    'Gemini, in a 400',
    400,
    google(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', {
      reason: 'API_KEY_INVALID',
    }),
    'credential',
  ],
  [
    'Gemini, expired',
    400,
    google(400, 'INVALID_ARGUMENT', 'API key expired. Please renew the API key.'),
    'credential',
  ],
  [
    'Gemini, unregistered',
    403,
    google(
      403,
      'PERMISSION_DENIED',
      "Method doesn't allow unregistered callers. Please use API Key.",
    ),
    'credential',
  ],
  [
    'Gemini, leaked',
    403,
    google(
      403,
      'PERMISSION_DENIED',
      'Your API key was reported as leaked. Please use another API key.',
    ),
    'credential',
  ],
  ['Mistral', 401, { message: 'Unauthorized', request_id: 'x' }, 'credential'],
  [
    'DeepSeek',
    401,
    openai(
      'Authentication Fails, Your api key: ****x is invalid',
      'invalid_request_error',
      'authentication_error',
    ),
    'credential',
  ],
  [
    'xAI, in a 400',
    400,
    {
      code: 'Client specified an invalid argument',
      error: 'Incorrect API key provided. Invalid API key.',
    },
    'credential',
  ],
  ['a proxy', 401, 'Unauthorized', 'credential'],
  ['vLLM', 401, { error: 'Unauthorized' }, 'credential'],
];

export const limitBodies: readonly FailureBody[] = [
  ...gemini429,
  ...rates,
  ...quotas,
  ...credentials,
];
