import type { Counted } from '@/lib/models/schema';
import { tokenCount } from '@/lib/models/usage';
import { at } from '@/lib/values/unknown';

/** The larger of what was counted before and now: servers count along, and some send zeros at last. */
export function larger(before: Counted, now: Counted): Counted {
  return {
    inputTokens: Math.max(before.inputTokens, now.inputTokens),
    outputTokens: Math.max(before.outputTokens, now.outputTokens),
  };
}

export const nothingCounted: Counted = { inputTokens: 0, outputTokens: 0 };

/**
 * What an object with counts says, in the names of OpenAI's two protocols, of Anthropic's and of those that copy them.
 * What the total has beyond both sides was thought.
 */
export function countedIn(usage: unknown): Counted | undefined {
  if (typeof usage !== 'object' || usage === null) return undefined;
  const count = (...names: string[]) =>
    Math.max(0, ...names.map((name) => tokenCount(at(usage, name))));
  const cached = count('cache_read_input_tokens') + count('cache_creation_input_tokens');
  const prompt = count('prompt_tokens');
  const inputTokens = prompt > 0 ? prompt : count('input_tokens') + cached;
  const outputTokens = count('completion_tokens', 'output_tokens');
  const beyond = count('total_tokens') - inputTokens - outputTokens;
  const thought = beyond > 0 && inputTokens > 0 && outputTokens > 0 ? beyond : 0;
  if (inputTokens + outputTokens === 0) return undefined;
  return { inputTokens, outputTokens: outputTokens + thought };
}

/** What llama.cpp measured, where it counted nothing by other names. */
export function timedIn(timings: unknown): Counted | undefined {
  const inputTokens = tokenCount(at(timings, 'prompt_n')) + tokenCount(at(timings, 'cache_n'));
  const outputTokens = tokenCount(at(timings, 'predicted_n'));
  return inputTokens + outputTokens === 0 ? undefined : { inputTokens, outputTokens };
}
