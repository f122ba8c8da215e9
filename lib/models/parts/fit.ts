import { type MessagePart, type ModelMessage, resultsIn, writtenOf } from '../message';
import { pictureTokensIn } from '../pictures/picture-tokens';
import { estimateTokens } from '../tokens';

export type Fitted = {
  messages: ModelMessage[];
  /** How many older messages were left out. */
  dropped: number;
  /** Whether the last message itself had to lose its middle. */
  shortened: boolean;
};

/**
 * The newest messages that fit a budget of tokens, in order. The last one always stays, without its middle if
 * need be; the first one kept is a user's, as every provider wants it. A call and its result stay or go together: of a
 * question that was followed by many calls, the question and the newest calls stay.
 */
export function fitMessages(messages: readonly ModelMessage[], budget: number): Fitted {
  const last = messages.at(-1);
  if (last === undefined) return { messages: [], dropped: 0, shortened: false };
  const question = messages.findLastIndex(asks);
  if (question < 0 || question === messages.length - 1) return fitTurns(messages, last, budget);
  const turn = messages.slice(question);
  const left = budget - total(turn);
  if (left < 0) {
    const fitted = fitCalls(turn, budget);
    return { ...fitted, dropped: fitted.dropped + question };
  }
  const start = earliest(messages, question, left);
  return { messages: messages.slice(start), dropped: start, shortened: false };
}

/** A question by a person, and no results of tools. */
const asks = (message: ModelMessage) => message.role === 'user' && resultsIn(message).length === 0;
const total = (messages: readonly ModelMessage[]) =>
  messages.reduce((sum, message) => sum + cost(message), 0);

/** The last message ends it all; turns before it stay as far as there is room. */
function fitTurns(messages: readonly ModelMessage[], last: ModelMessage, budget: number): Fitted {
  const final = shorten(last, Math.max(budget, 32));
  const start = earliest(messages, messages.length - 1, budget - cost(final));
  return {
    messages: [...messages.slice(start, -1), final],
    dropped: start,
    shortened: final !== last,
  };
}

/** Where the messages before `end` may begin, for so many tokens: at a question. */
function earliest(messages: readonly ModelMessage[], end: number, tokens: number): number {
  let left = tokens;
  let start = end;
  for (let index = end - 1; index >= 0; index -= 1) {
    const message = messages[index];
    if (message === undefined) break;
    left -= cost(message);
    if (left < 0) break;
    if (asks(message)) start = index;
  }
  return start;
}

/** A question with the newest of its calls and their results. */
function fitCalls(turn: readonly ModelMessage[], budget: number): Fitted {
  const [first, ...rest] = turn;
  if (first === undefined) return { messages: [], dropped: 0, shortened: false };
  const question = shorten(first, Math.max(Math.floor(budget * 0.4), 32));
  let from = lastPair(rest, rest.length);
  let left = budget - cost(question) - total(rest.slice(from));
  while (from > 0) {
    const next = lastPair(rest, from);
    left -= total(rest.slice(next, from));
    if (left < 0) break;
    from = next;
  }
  const kept = rest.slice(from);
  const end = kept.at(-1);
  const room = budget - cost(question) - total(kept.slice(0, -1));
  const final = end && shorten(end, Math.max(room, 32));
  return {
    messages: [question, ...kept.slice(0, -1), ...(final === undefined ? [] : [final])],
    dropped: from,
    shortened: question !== first || final !== end,
  };
}

/** Where the last answer before `end` begins: with the assistant's message whose results follow. */
function lastPair(messages: readonly ModelMessage[], end: number): number {
  for (let index = end - 1; index > 0; index -= 1) {
    if (messages[index]?.role === 'assistant') return index;
  }
  return 0;
}

function cost(message: ModelMessage): number {
  return 4 + estimateTokens(writtenOf(message)) + pictureTokensIn([message]);
}

function shorten(message: ModelMessage, budget: number): ModelMessage {
  const tokens = cost(message);
  if (tokens <= budget) return message;
  const { content } = message;
  if (typeof content === 'string') {
    const room = Math.max(0, Math.floor((content.length * (budget - 16)) / tokens));
    return { ...message, content: withoutMiddle(content, room) };
  }
  // Pictures stay whole: the words are cut.
  const seen = pictureTokensIn([message]);
  const share = Math.max(0, budget - seen - 16 - content.length * 16) / (tokens - seen);
  return { ...message, content: content.map((part) => shortenPart(part, share)) };
}

function shortenPart(part: MessagePart, share: number): MessagePart {
  if (part.type !== 'text' && part.type !== 'tool-result') return part;
  const room = Math.floor(part.text.length * share);
  return part.text.length <= 64 ? part : { ...part, text: withoutMiddle(part.text, room) };
}

function withoutMiddle(text: string, length: number): string {
  const mark = '\n[… left out to fit the model …]\n';
  const room = Math.max(0, length - mark.length);
  const head = Math.ceil(room * 0.6);
  const tail = room - head;
  return text.slice(0, head) + mark + (tail > 0 ? text.slice(-tail) : '');
}
