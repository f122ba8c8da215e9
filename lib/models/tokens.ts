import { type ModelMessage, type ModelTool, writtenOf, writtenOfTools } from './message';
import { pictureTokensIn } from './pictures/picture-tokens';

/**
 * How many tokens a text has, roughly: a token is about four Latin letters, or one ideograph, kana or Hangul
 * syllable. Good to about a quarter; for budgets, and for bills only where a provider counts nothing.
 */
export function estimateTokens(text: string): number {
  let wide = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) >= 0x2e80) wide += 1;
  }
  return Math.ceil((text.length - wide) / 4 + wide);
}

/** Tokens of a whole request, with its pictures: each message costs a few more for its role. */
export const estimateRequest = (
  system: string | undefined,
  messages: readonly ModelMessage[],
  tools?: readonly ModelTool[],
): number => estimateWords(system, messages, tools) + pictureTokensIn(messages);

/** The same without its pictures. */
export function estimateWords(
  system: string | undefined,
  messages: readonly ModelMessage[],
  tools?: readonly ModelTool[],
): number {
  const offered = tools === undefined ? 0 : estimateTokens(writtenOfTools(tools));
  return messages.reduce(
    (sum, message) => sum + 4 + estimateTokens(writtenOf(message)),
    offered + (system === undefined ? 0 : 4 + estimateTokens(system)),
  );
}
