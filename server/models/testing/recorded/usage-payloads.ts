/** Input: fresh, read from a cache, written to one; output: text, reasoning. */
export type Kinds = readonly number[];

/** The counts of one answer in the shape in which its vendor or server sends them, and what it costs. */
export type UsagePayload = {
  from: 'chat' | 'responses' | 'messages' | 'gemini' | 'timings';
  name: string;
  given: object;
  kinds: Kinds;
  /** A model with a list price, and the cost in pico-dollars. */
  cost?: readonly [provider: 'openai' | 'anthropic' | 'google', model: string, pico: bigint];
};

const sent =
  (from: UsagePayload['from']) =>
  (name: string, given: object, kinds: Kinds, cost?: UsagePayload['cost']): UsagePayload => ({
    ...{ from, name, given, kinds, ...(cost ? { cost } : {}) },
  });
const chat = sent('chat');
const responses = sent('responses');
const messages = sent('messages');
const gemini = sent('gemini');

/** OpenAI's chat protocol: prompt, cached within it, answer, thought within it. */
const oai = (p: number, cached: number, c: number, thought: number, more: object = {}) => ({
  prompt_tokens: p,
  completion_tokens: c,
  total_tokens: p + c,
  prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: thought, audio_tokens: 0 },
  ...more,
});
/** The Responses protocol. */
const resp = (i: number, cached: number, o: number, thought: number, write?: number) => ({
  input_tokens: i,
  input_tokens_details: {
    cached_tokens: cached,
    ...(write === undefined ? {} : { cache_write_tokens: write }),
  },
  output_tokens: o,
  output_tokens_details: { reasoning_tokens: thought },
  total_tokens: i + o,
});
/** Anthropic: fresh input, read and written beside it. */
const anth = (i: number, read: number, write: number, o: number, more: object = {}) => ({
  input_tokens: i,
  cache_read_input_tokens: read,
  cache_creation_input_tokens: write,
  output_tokens: o,
  service_tier: 'standard',
  ...more,
});
const gem = (p: number, cached: number, c: number, thought: number, more: object = {}) => ({
  promptTokenCount: p,
  ...(cached > 0 ? { cachedContentTokenCount: cached } : {}),
  candidatesTokenCount: c,
  ...(thought > 0 ? { thoughtsTokenCount: thought } : {}),
  totalTokenCount: p + c + thought,
  ...more,
});

export const usagePayloads: readonly UsagePayload[] = [
  chat('OpenAI, plain', oai(11, 0, 7, 0), [11, 0, 0, 7, 0], ['openai', 'gpt-4.1', 78_000_000n]),
  chat(
    'OpenAI, cached',
    oai(2_000, 1_024, 50, 0),
    [976, 1_024, 0, 50, 0],
    ['openai', 'gpt-4o', 4_220_000_000n],
  ),
  chat(
    'OpenAI, thought',
    oai(100, 0, 900, 832),
    [100, 0, 0, 68, 832],
    ['openai', 'o3', 7_400_000_000n],
  ),
  chat(
    'OpenAI, both',
    oai(5_000, 4_096, 300, 256),
    [904, 4_096, 0, 44, 256],
    ['openai', 'gpt-5', 4_642_000_000n],
  ),
  chat(
    'OpenAI, without details',
    { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 },
    [9, 0, 0, 4, 0],
  ),
  chat(
    'OpenAI, details that are null',
    { ...oai(9, 0, 4, 0), prompt_tokens_details: null },
    [9, 0, 0, 4, 0],
  ),
  chat('OpenAI, an answer of nothing', oai(9, 0, 0, 0), [9, 0, 0, 0, 0]),
  responses(
    'OpenAI, plain',
    resp(11, 0, 7, 0),
    [11, 0, 0, 7, 0],
    ['openai', 'gpt-6-luna', 4_600_000n],
  ),
  responses(
    'OpenAI, cached',
    resp(10_000, 9_216, 200, 128),
    [784, 9_216, 0, 72, 128],
    ['openai', 'gpt-6-sol', 5_411_200_000n],
  ),
  responses(
    'OpenAI, written to the cache',
    resp(3_000, 0, 10, 0, 2_048),
    [952, 0, 2_048, 10, 0],
    ['openai', 'gpt-6-sol', 7_124_000_000n],
  ),
  responses(
    'OpenAI, read and written',
    resp(4_000, 1_000, 10, 4, 2_000),
    [1_000, 1_000, 2_000, 6, 4],
    ['openai', 'gpt-5.6-luna', 732_000_000n],
  ),
  responses(
    'OpenAI, just not long',
    resp(272_000, 0, 100, 0),
    [272_000, 0, 0, 100, 0],
    ['openai', 'gpt-6-sol', 545_000_000_000n],
  ),
  responses(
    'OpenAI, long',
    resp(272_001, 0, 100, 0),
    [272_001, 0, 0, 100, 0],
    ['openai', 'gpt-6-sol', 1_089_504_000_000n],
  ),
  responses(
    'OpenAI, long and cached',
    resp(300_000, 200_000, 1_000, 500),
    [100_000, 200_000, 0, 500, 500],
    ['openai', 'gpt-6-astra', 2_475_000_000_000n],
  ),
  responses(
    'OpenAI, thought alone',
    resp(50, 0, 64, 64),
    [50, 0, 0, 0, 64],
    ['openai', 'gpt-5-nano', 28_100_000n],
  ),
  messages(
    'Anthropic, plain',
    anth(11, 0, 0, 7),
    [11, 0, 0, 7, 0],
    ['anthropic', 'claude-sonnet-5-5', 92_000_000n],
  ),
  messages(
    'Anthropic, read',
    anth(20, 4_000, 0, 100),
    [20, 4_000, 0, 100, 0],
    ['anthropic', 'claude-haiku-4-5', 920_000_000n],
  ),
  messages(
    'Anthropic, written',
    anth(20, 0, 4_000, 100),
    [20, 0, 4_000, 100, 0],
    ['anthropic', 'claude-haiku-4-5', 5_520_000_000n],
  ),
  messages(
    'Anthropic, read and written',
    anth(3, 10_000, 500, 40),
    [3, 10_000, 500, 40, 0],
    ['anthropic', 'claude-opus-5', 9_140_000_000n],
  ),
  messages(
    'Anthropic, a cheaper cache',
    anth(0, 10_000, 0, 0),
    [0, 10_000, 0, 0, 0],
    ['anthropic', 'claude-opus-5-5', 2_000_000_000n],
  ),
  messages(
    'Anthropic, the cheapest cache',
    anth(0, 10_000, 0, 0),
    [0, 10_000, 0, 0, 0],
    ['anthropic', 'claude-fable-5-1', 2_500_000_000n],
  ),
  messages(
    'Anthropic, counts that are null',
    { ...anth(9, 0, 0, 4), cache_read_input_tokens: null },
    [9, 0, 0, 4, 0],
  ),
  messages(
    'Anthropic, writes by their time',
    anth(5, 0, 30, 4, {
      cache_creation: { ephemeral_5m_input_tokens: 30, ephemeral_1h_input_tokens: 0 },
    }),
    [5, 0, 30, 4, 0],
  ),
  messages(
    'Anthropic, thought',
    anth(5, 0, 0, 40, { output_tokens_details: { thinking_tokens: 30 } }),
    [5, 0, 0, 10, 30],
  ),
  messages(
    'Anthropic, just not long',
    anth(100_000, 0, 0, 10),
    [100_000, 0, 0, 10, 0],
    ['anthropic', 'claude-haiku-5-5', 10_005_000_000n],
  ),
  messages(
    'Anthropic, long by its cache',
    anth(1, 100_000, 0, 10),
    [1, 100_000, 0, 10, 0],
    ['anthropic', 'claude-haiku-5-5', 5_025_500_000n],
  ),
  messages(
    'Anthropic, a server tool',
    anth(300, 0, 0, 20, { server_tool_use: { web_search_requests: 1 } }),
    [300, 0, 0, 20, 0],
  ),
  gemini(
    'Gemini, plain',
    gem(11, 0, 7, 0),
    [11, 0, 0, 7, 0],
    ['google', 'gemini-3.8-flash', 34_500_000n],
  ),
  gemini(
    'Gemini, thought',
    gem(100, 0, 20, 300),
    [100, 0, 0, 20, 300],
    ['google', 'gemini-2.5-flash', 830_000_000n],
  ),
  gemini(
    'Gemini, cached',
    gem(5_000, 4_000, 20, 0),
    [1_000, 4_000, 0, 20, 0],
    ['google', 'gemini-2.5-pro', 1_950_000_000n],
  ),
  gemini(
    'Gemini, cached and thought',
    gem(5_000, 4_000, 20, 80),
    [1_000, 4_000, 0, 20, 80],
    ['google', 'gemini-3.5-flash', 3_000_000_000n],
  ),
  gemini(
    'Gemini, what tools read',
    gem(10, 0, 7, 0, { toolUsePromptTokenCount: 90 }),
    [100, 0, 0, 7, 0],
    ['google', 'gemini-2.5-flash-lite', 12_800_000n],
  ),
  gemini(
    'Gemini, thought alone',
    { promptTokenCount: 9, thoughtsTokenCount: 30, totalTokenCount: 39 },
    [9, 0, 0, 0, 30],
  ),
  gemini('Gemini, a blocked prompt', { promptTokenCount: 9, totalTokenCount: 9 }, [9, 0, 0, 0, 0]),
  gemini(
    'Gemini, by modality',
    gem(50, 0, 5, 0, { promptTokensDetails: [{ modality: 'TEXT', tokenCount: 50 }] }),
    [50, 0, 0, 5, 0],
  ),
  gemini(
    'Gemini, just not long',
    gem(200_000, 0, 10, 0),
    [200_000, 0, 0, 10, 0],
    ['google', 'gemini-2.5-pro', 250_100_000_000n],
  ),
  gemini(
    'Gemini, long',
    gem(200_001, 0, 10, 0),
    [200_001, 0, 0, 10, 0],
    ['google', 'gemini-2.5-pro', 500_152_500_000n],
  ),
  gemini(
    'Gemini, long and cached',
    gem(300_000, 100_000, 10, 10),
    [200_000, 100_000, 0, 10, 10],
    ['google', 'gemini-3.1-pro-preview', 840_360_000_000n],
  ),
  gemini(
    'Gemini, counts as texts',
    { promptTokenCount: '12', candidatesTokenCount: '3' },
    [12, 0, 0, 3, 0],
  ),
  chat(
    'DeepSeek, hit and miss',
    {
      ...oai(1_000, 0, 30, 12),
      prompt_cache_hit_tokens: 960,
      prompt_cache_miss_tokens: 40,
      prompt_tokens_details: { cached_tokens: 960 },
    },
    [40, 960, 0, 18, 12],
  ),
  chat(
    'DeepSeek, older',
    {
      prompt_tokens: 100,
      completion_tokens: 5,
      total_tokens: 105,
      prompt_cache_hit_tokens: 64,
      prompt_cache_miss_tokens: 36,
    },
    [36, 64, 0, 5, 0],
  ),
  chat(
    'xAI, thought beside the answer',
    { ...oai(30, 0, 10, 25), total_tokens: 65 },
    [30, 0, 0, 10, 25],
  ),
  chat('xAI, cached too', { ...oai(300, 256, 10, 25), total_tokens: 335 }, [44, 256, 0, 10, 25]),
  chat(
    'Moonshot',
    { prompt_tokens: 80, completion_tokens: 9, total_tokens: 89, cached_tokens: 64 },
    [16, 64, 0, 9, 0],
  ),
  chat(
    'Groq',
    {
      queue_time: 0.01,
      ...oai(40, 0, 12, 0),
      prompt_time: 0.001,
      completion_time: 0.02,
      total_time: 0.03,
    },
    [40, 0, 0, 12, 0],
  ),
  chat(
    'Mistral',
    { prompt_tokens: 40, total_tokens: 52, completion_tokens: 12, num_cached_tokens: 32 },
    [8, 32, 0, 12, 0],
  ),
  chat(
    'OpenRouter',
    {
      ...oai(100, 40, 12, 4),
      cost: 0.0012,
      is_byok: false,
      prompt_tokens_details: { cached_tokens: 40, cache_write_tokens: 50 },
    },
    [10, 40, 50, 8, 4],
  ),
  chat(
    'LiteLLM before Anthropic',
    { ...oai(130, 100, 12, 0), cache_read_input_tokens: 100, cache_creation_input_tokens: 20 },
    [10, 100, 20, 12, 0],
  ),
  chat(
    'Perplexity',
    {
      prompt_tokens: 14,
      completion_tokens: 5,
      total_tokens: 19,
      search_context_size: 'low',
      citation_tokens: 9,
      reasoning_tokens: 3,
    },
    [14, 0, 0, 2, 3],
  ),
  chat(
    'vLLM',
    { prompt_tokens: 14, total_tokens: 19, completion_tokens: 5, prompt_tokens_details: null },
    [14, 0, 0, 5, 0],
  ),
  chat(
    'vLLM, cached',
    {
      prompt_tokens: 64,
      total_tokens: 69,
      completion_tokens: 5,
      prompt_tokens_details: { cached_tokens: 48 },
    },
    [16, 48, 0, 5, 0],
  ),
  chat('LM Studio, thought', oai(20, 0, 40, 33), [20, 0, 0, 7, 33]),
  chat(
    'Together',
    { prompt_tokens: 70, completion_tokens: 3, total_tokens: 73, cached_tokens: 64 },
    [6, 64, 0, 3, 0],
  ),
  chat('more cached than there was', oai(10, 30, 5, 0), [0, 10, 0, 5, 0]),
  chat('more thought than there was', oai(10, 0, 5, 9), [10, 0, 0, 0, 5]),
  chat(
    'counts that are none',
    {
      ...oai(10, 0, 5, 0),
      prompt_tokens_details: { cached_tokens: -3 },
      completion_tokens_details: { reasoning_tokens: 'many' },
    },
    [10, 0, 0, 5, 0],
  ),
  {
    from: 'timings',
    name: 'llama.cpp',
    given: { prompt_n: 12, predicted_n: 30, cache_n: 0, prompt_ms: 4 },
    kinds: [12, 0, 0, 30, 0],
  },
  {
    from: 'timings',
    name: 'llama.cpp, cached',
    given: { prompt_n: 12, predicted_n: 30, cache_n: 100 },
    kinds: [12, 100, 0, 30, 0],
  },
  messages('Bedrock, no cache named', { input_tokens: 7, output_tokens: 2 }, [7, 0, 0, 2, 0]),
  messages(
    'Kimi by Anthropic’s protocol',
    { input_tokens: 7, output_tokens: 2, cached_tokens: 4 },
    [3, 4, 0, 2, 0],
  ),
];
