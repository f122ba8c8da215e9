import type { ModelMessage } from './schema';
import { estimateTokens } from './tokens';

export type Fitted = {
  messages: ModelMessage[];
  /** How many of the oldest messages were left out. */
  dropped: number;
  /** Whether the last message itself had to lose its middle. */
  shortened: boolean;
};

/**
 * The newest messages that fit a budget of tokens, in order. The last one always stays, without its middle if
 * need be; the first one kept is a user's, as every provider wants it.
 */
export function fitMessages(messages: readonly ModelMessage[], budget: number): Fitted {
  const last = messages.at(-1);
  if (last === undefined) return { messages: [], dropped: 0, shortened: false };
  const final = shorten(last, Math.max(budget, 32));
  let left = budget - cost(final);
  let start = messages.length - 1;
  for (let index = start - 1; index >= 0; index -= 1) {
    const message = messages[index];
    if (message === undefined) break;
    left -= cost(message);
    if (left < 0) break;
    start = index;
  }
  while (start < messages.length - 1 && messages[start]?.role === 'assistant') start += 1;
  return {
    messages: [...messages.slice(start, -1), final],
    dropped: start,
    shortened: final !== last,
  };
}

function cost(message: ModelMessage): number {
  return 4 + estimateTokens(message.content);
}

function shorten(message: ModelMessage, budget: number): ModelMessage {
  const tokens = cost(message);
  if (tokens <= budget) return message;
  const mark = '\n[… left out to fit the model …]\n';
  const room = Math.max(
    0,
    Math.floor((message.content.length * (budget - 16)) / tokens) - mark.length,
  );
  const head = Math.ceil(room * 0.6);
  const tail = room - head;
  const { content } = message;
  return {
    ...message,
    content: content.slice(0, head) + mark + (tail > 0 ? content.slice(-tail) : ''),
  };
}
