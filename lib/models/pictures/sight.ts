import { modelInfo } from '../catalogue';
import type { ProviderId } from '../schema';

/** Names by which models are known that see, on servers that do not say it. */
const seeing =
  /llava|moondream|vision|pixtral|minicpm-?v|internvl|molmo|smolvlm|paligemma|(?:^|[^a-z])vl(?:[^a-z]|$)|\dvl(?:[^a-z]|$)|gemma-?[34]|llama-?4|gpt-(?:4o|4\.1|[56])|claude|gemini/i;
/** Older models of vendors that do not. */
const blind =
  /^(?:gpt-3|gpt-4$|gpt-4-0|o1-mini|o3-mini|text-|davinci|babbage|claude-(?:2|instant)|gemini-1\.0-pro$)/;

/**
 * Whether a model takes pictures: by the catalogue, else by its name; undefined where only its server knows. A server
 * that says it knows better.
 */
export function seesPictures(provider: ProviderId, model: string): boolean | undefined {
  if (provider === 'rehearsal') return true;
  const known = modelInfo(provider, model);
  if (known !== undefined) return known.sees;
  if (blind.test(model)) return false;
  return seeing.test(model) ? true : undefined;
}
