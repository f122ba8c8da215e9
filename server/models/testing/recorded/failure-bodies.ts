import { limitBodies } from './failure-limits';
import { anthropic, type FailureBody, google, openai } from './failure-shapes';

const access: readonly FailureBody[] = [
  [
    'OpenAI, no such model',
    404,
    openai('The model `gpt-9` does not exist or you do not have access to it.', 'model_not_found'),
    'access',
  ],
  [
    'OpenAI, in a 400',
    400,
    openai("The requested model 'gpt-9' does not exist.", 'model_not_found'),
    'access',
  ],
  [
    'OpenAI, forbidden',
    403,
    openai('Project `proj_x` does not have access to model `gpt-6-astra`', 'model_not_found'),
    'access',
  ],
  [
    'OpenAI, a region',
    403,
    openai(
      'Country, region, or territory not supported',
      'unsupported_country_region_territory',
      'request_forbidden',
    ),
    'access',
  ],
  ['OpenAI, retired', 410, openai('The model has been retired.'), 'access'],
  [
    'OpenAI, verification',
    403,
    openai('Your organization must be verified to use this model.'),
    'access',
  ],
  ['Anthropic, no such model', 404, anthropic('not_found_error', 'model: claude-9'), 'access'],
  [
    'Anthropic, forbidden',
    403,
    anthropic('permission_error', 'Your organization does not have access to claude-fable-5-2.'),
    'access',
  ],
  [
    'Gemini, no such model',
    404,
    google(
      404,
      'NOT_FOUND',
      'models/gemini-9 is not found for API version v1beta, or is not supported for generateContent.',
    ),
    'access',
  ],
  [
    'Gemini, a region',
    400,
    google(400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.'),
    'access',
  ],
  [
    'Gemini, forbidden',
    403,
    google(403, 'PERMISSION_DENIED', 'The caller does not have permission'),
    'access',
  ],
  [
    'Groq, retired',
    400,
    openai(
      'The model `x` has been decommissioned and is no longer supported.',
      'model_decommissioned',
    ),
    'access',
  ],
  [
    'Mistral',
    400,
    { object: 'error', message: 'Invalid model: x', type: 'invalid_model', code: '1500' },
    'access',
  ],
  ['DeepSeek', 400, openai('Model Not Exist'), 'access'],
  ['OpenRouter', 404, { error: { code: 404, message: 'No endpoints found for x.' } }, 'access'],
  ['Ollama', 404, { error: 'model "x" not found, try pulling it first' }, 'access'],
  [
    'vLLM',
    404,
    { object: 'error', message: 'The model `x` does not exist.', type: 'NotFoundError', code: 404 },
    'access',
  ],
  ['legal reasons', 451, 'Unavailable For Legal Reasons', 'access'],
  ['a moved address', 404, '', 'access'],
];

const long: readonly FailureBody[] = [
  [
    'OpenAI',
    400,
    openai(
      "This model's maximum context length is 128000 tokens. However, your messages resulted in 130000 tokens.",
      'context_length_exceeded',
    ),
    'long',
  ],
  [
    'OpenAI, Responses',
    400,
    openai('Your input exceeds the context window of this model.', 'context_length_exceeded'),
    'long',
  ],
  [
    'Anthropic',
    400,
    anthropic('invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum'),
    'long',
  ],
  [
    'Anthropic, too large',
    413,
    anthropic('request_too_large', 'Request exceeds the maximum size'),
    'long',
  ],
  [
    'Gemini',
    400,
    google(
      400,
      'INVALID_ARGUMENT',
      'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
    ),
    'long',
  ],
  [
    'llama.cpp',
    400,
    {
      error: {
        code: 400,
        message: 'the request exceeds the available context size. try increasing it',
        type: 'exceed_context_size_error',
      },
    },
    'long',
  ],
  [
    'vLLM',
    400,
    {
      object: 'error',
      message: "This model's maximum context length is 4096 tokens.",
      type: 'BadRequestError',
      code: 400,
    },
    'long',
  ],
  [
    'Mistral',
    400,
    {
      message:
        'Prompt contains 40000 tokens, too large for model with 32768 maximum context length',
      type: 'invalid_request_error',
    },
    'long',
  ],
  ['Groq', 413, openai('Request Entity Too Large'), 'long'],
  ['Bedrock', 400, { message: 'Input is too long for requested model.' }, 'long'],
  [
    'OpenRouter',
    400,
    { error: { code: 400, message: 'This endpoint’s maximum context length is 32768 tokens.' } },
    'long',
  ],
];

const refused: readonly FailureBody[] = [
  [
    'Azure',
    400,
    openai(
      "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
      'content_filter',
    ),
    'refused',
  ],
  [
    'OpenAI, a policy',
    400,
    openai(
      'Invalid prompt: your prompt was flagged as potentially violating our usage policy.',
      'invalid_prompt',
    ),
    'refused',
  ],
  [
    'OpenAI, safety',
    400,
    openai(
      'Your request was rejected as a result of our safety system.',
      'content_policy_violation',
    ),
    'refused',
  ],
  [
    'Qwen',
    400,
    openai(
      'Input data may contain inappropriate content: content_filter',
      'data_inspection_failed',
    ),
    'refused',
  ],
  [
    'OpenRouter',
    403,
    {
      error: {
        code: 403,
        message: 'Your chosen model requires moderation and your input was flagged.',
      },
    },
    'refused',
  ],
];

const transient: readonly FailureBody[] = [
  ...[500, 502, 503, 504, 520, 522, 524, 529].map(
    (status): FailureBody => [`a server, ${status}`, status, 'upstream error', 'transient'],
  ),
  ['Anthropic, overloaded', 529, anthropic('overloaded_error', 'Overloaded'), 'transient'],
  ['Anthropic, inside', 500, anthropic('api_error', 'Internal server error'), 'transient'],
  [
    'OpenAI, inside',
    500,
    openai('The server had an error while processing your request.', null, 'server_error'),
    'transient',
  ],
  [
    'OpenAI, overloaded',
    503,
    openai('The engine is currently overloaded, please try again later'),
    'transient',
  ],
  [
    'OpenAI, overloaded for so long',
    503,
    openai('Overloaded'),
    'transient',
    5_000,
    { 'retry-after': '5' },
  ],
  [
    'Gemini, unavailable',
    503,
    google(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
    'transient',
  ],
  ['Gemini, inside', 500, google(500, 'INTERNAL', 'An internal error has occurred.'), 'transient'],
  [
    'Gemini, a deadline',
    504,
    google(504, 'DEADLINE_EXCEEDED', 'Deadline expired before operation could complete.'),
    'transient',
  ],
  [
    'Ollama, loading',
    503,
    { error: 'server busy, please try again. maximum pending requests exceeded' },
    'transient',
  ],
  [
    'llama.cpp, loading',
    503,
    { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } },
    'transient',
  ],
  ['a request that took too long', 408, '', 'transient'],
  ['a conflict', 409, openai('Conflict'), 'transient'],
  ['too early', 425, '', 'transient'],
  ['no answer at all', undefined, 'fetch failed', 'transient'],
  [
    'a page of a proxy',
    502,
    '<html><head><title>502 Bad Gateway</title></head></html>',
    'transient',
  ],
];

const caller: readonly FailureBody[] = [
  ['OpenAI, a parameter', 400, openai("Unknown parameter: 'x'.", 'unknown_parameter'), 'caller'],
  [
    'OpenAI, a name',
    400,
    openai(
      "Unsupported parameter: 'max_tokens' is not supported with this model.",
      'unsupported_parameter',
    ),
    'caller',
  ],
  [
    'OpenAI, a schema',
    400,
    openai("Invalid schema for response_format 'output'", 'invalid_schema'),
    'caller',
  ],
  [
    'OpenAI, a call without a result',
    400,
    openai('No tool output found for function call call_x.'),
    'caller',
  ],
  [
    'Anthropic, a field',
    400,
    anthropic('invalid_request_error', 'max_tokens: Field required'),
    'caller',
  ],
  [
    'Anthropic, a result without a call',
    400,
    anthropic('invalid_request_error', 'unexpected `tool_use_id` found in `tool_result` blocks'),
    'caller',
  ],
  [
    'Anthropic, a signature',
    400,
    anthropic('invalid_request_error', 'Invalid `signature` in `thinking` block'),
    'caller',
  ],
  [
    'Gemini, an argument',
    400,
    google(400, 'INVALID_ARGUMENT', 'Invalid JSON payload received. Unknown name "x"'),
    'caller',
  ],
  [
    'Gemini, a signature',
    400,
    google(400, 'INVALID_ARGUMENT', 'Function call is missing a thought_signature'),
    'caller',
  ],
  [
    'Mistral, unprocessable',
    422,
    { detail: [{ loc: ['body', 'messages'], msg: 'field required' }] },
    'caller',
  ],
  ['a method', 405, 'Method Not Allowed', 'caller'],
  ['a kind of content', 415, 'Unsupported Media Type', 'caller'],
  ['a teapot', 418, '', 'caller'],
];

export const failureBodies: readonly FailureBody[] = [
  ...limitBodies,
  ...access,
  ...long,
  ...refused,
  ...transient,
  ...caller,
];
