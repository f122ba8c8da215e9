import type { Counted } from '@/lib/models/schema';
import { counted, tokenCount } from '@/lib/models/usage';
import { at } from '@/lib/values/unknown';

/** The larger of what was counted before and now: servers count along, and some send zeros at last. */
export function larger(before: Counted, now: Counted): Counted {
  const most = (kind: keyof Counted) => Math.max(before[kind] ?? 0, now[kind] ?? 0);
  return counted({
    inputTokens: most('inputTokens'),
    outputTokens: most('outputTokens'),
    cacheRead: most('cacheRead'),
    cacheWrite: most('cacheWrite'),
    reasoning: most('reasoning'),
  });
}

export const nothingCounted: Counted = { inputTokens: 0, outputTokens: 0 };

/**
 * What an object with counts says, in the names of OpenAI's two protocols, of Anthropic's and of those that copy them.
 * Anthropic counts its cache beside the input, the others within it. What the total has beyond both sides was thought.
 */
export function countedIn(usage: unknown): Counted | undefined {
  if (typeof usage !== 'object' || usage === null) return undefined;
  const count = (...names: string[]) =>
    Math.max(0, ...names.map((name) => tokenCount(at(usage, ...name.split('.')))));
  const cached = count('cache_read_input_tokens') + count('cache_creation_input_tokens');
  const prompt = count('prompt_tokens');
  const inputTokens = prompt > 0 ? prompt : count('input_tokens') + cached;
  const outputTokens = count('completion_tokens', 'output_tokens');
  const beyond = count('total_tokens') - inputTokens - outputTokens;
  const thought = beyond > 0 && inputTokens > 0 && outputTokens > 0 ? beyond : 0;
  if (inputTokens + outputTokens === 0) return undefined;
  return counted({
    inputTokens,
    outputTokens: outputTokens + thought,
    cacheRead: count(
      'cache_read_input_tokens',
      'prompt_tokens_details.cached_tokens',
      'input_tokens_details.cached_tokens',
      'prompt_cache_hit_tokens',
      'cached_tokens',
      'num_cached_tokens',
    ),
    cacheWrite: count(
      'cache_creation_input_tokens',
      'prompt_tokens_details.cache_write_tokens',
      'prompt_tokens_details.cache_creation_tokens',
      'input_tokens_details.cache_write_tokens',
    ),
    reasoning: Math.max(
      thought,
      count(
        'completion_tokens_details.reasoning_tokens',
        'output_tokens_details.reasoning_tokens',
        'output_tokens_details.thinking_tokens',
        'reasoning_tokens',
      ),
    ),
  });
}

/** What llama.cpp measured, where it counted nothing by other names. */
export function timedIn(timings: unknown): Counted | undefined {
  const cacheRead = tokenCount(at(timings, 'cache_n'));
  const inputTokens = tokenCount(at(timings, 'prompt_n')) + cacheRead;
  const outputTokens = tokenCount(at(timings, 'predicted_n'));
  if (inputTokens + outputTokens === 0) return undefined;
  return counted({ inputTokens, outputTokens, cacheRead });
}

/** Gemini counts what was thought beside the answer, what its tools read beside the prompt, and its cache within it. */
export function countedByGemini(usage: unknown): Counted | undefined {
  if (typeof usage !== 'object' || usage === null) return undefined;
  const count = (name: string) => tokenCount(at(usage, name));
  return counted({
    inputTokens: count('promptTokenCount') + count('toolUsePromptTokenCount'),
    outputTokens: count('candidatesTokenCount') + count('thoughtsTokenCount'),
    cacheRead: count('cachedContentTokenCount'),
    reasoning: count('thoughtsTokenCount'),
  });
}
