import {
  type MessagePart,
  type ModelMessage,
  partsOf,
  resultsIn,
  writtenOf,
  writtenOfTools,
} from '../message';
import type { Fitted } from '../parts/fit';
import { pictureTokensIn } from '../pictures/picture-tokens';
import type { ModelRequest } from '../schema';
import { estimateTokens } from '../tokens';
import { filesHead } from './files-head';
import { type ContextFill, type ContextKind, type EarlierLeft, maxNamed } from './schema';

/** Tools whose results are what an agent remembers, and what it looked up. */
const memoryTools = new Set(['memory_recall']);
const retrievalTools = new Set(['files_read', 'files_search', 'web_read']);

type Given = {
  /** As it is sent. */
  request: Pick<ModelRequest, 'system' | 'tools' | 'outputSchema' | 'messages'>;
  /** Its messages before they were made to fit. */
  asked: readonly ModelMessage[];
  fitted: Fitted;
  window: number;
  answer: number;
  earlier?: EarlierLeft | undefined;
};

/** What fills the window of a call, in whole tokens by estimate, and what was left out so that it fits. */
export function contextFill({
  request,
  asked,
  fitted,
  window,
  answer,
  earlier,
}: Given): ContextFill {
  const { system, tools, outputSchema, messages } = request;
  const parts: Record<ContextKind, number> = {
    instructions:
      (system === undefined ? 0 : 4 + estimateTokens(system)) +
      (outputSchema === undefined ? 0 : estimateTokens(JSON.stringify(outputSchema))),
    tools: tools?.length ? estimateTokens(writtenOfTools(tools)) : 0,
    ...{ memory: 0, retrieved: 0, history: 0, results: 0, request: 0 },
  };
  const question = messages.findLastIndex(
    (message) => message.role === 'user' && resultsIn(message).length === 0,
  );
  for (const [at, message] of messages.entries()) {
    if (at < question) parts.history += tokensOf(message);
    else if (at === question) addRequest(parts, message);
    else addTurn(parts, message);
  }
  const left = leftOf(asked, fitted);
  const shortened = shortenedBy(asked, fitted, left);
  return {
    ...{ window, answer, parts },
    ...(left.length === 0 ? {} : { left: left.slice(0, maxNamed) }),
    ...(left.length > maxNamed ? { more: left.length - maxNamed } : {}),
    ...(shortened > 0 ? { shortened } : {}),
    ...(earlier === undefined || earlier.messages === 0 ? {} : { earlier }),
  };
}

const tokensOf = (message: ModelMessage) =>
  4 + estimateTokens(writtenOf(message)) + pictureTokensIn([message]);

/** The request itself, and the files and pictures that came with it. */
function addRequest(parts: Record<ContextKind, number>, message: ModelMessage): void {
  const all = tokensOf(message);
  const from = writtenOf(message).indexOf(filesHead);
  const files = from < 0 ? 0 : estimateTokens(writtenOf(message).slice(from));
  const retrieved = Math.min(all, files + pictureTokensIn([message]));
  parts.retrieved += retrieved;
  parts.request += all - retrieved;
}

/** What the model said and its tools gave since the request. */
function addTurn(parts: Record<ContextKind, number>, message: ModelMessage): void {
  let rest = tokensOf(message);
  for (const part of partsOf(message)) {
    const kind = kindOf(part);
    if (kind === 'results') continue;
    const tokens = Math.min(rest, estimateTokens(part.type === 'tool-result' ? part.text : ''));
    parts[kind] += tokens;
    rest -= tokens;
  }
  parts.results += rest;
}

function kindOf(part: MessagePart): 'memory' | 'retrieved' | 'results' {
  if (part.type !== 'tool-result') return 'results';
  if (memoryTools.has(part.name)) return 'memory';
  return retrievalTools.has(part.name) ? 'retrieved' : 'results';
}

/** Messages that are not sent: none of those that stayed is another object, but for the ones that were shortened. */
function leftOf(asked: readonly ModelMessage[], { messages, dropped }: Fitted) {
  if (dropped === 0) return [];
  const kept = new Set(messages);
  const last = asked.length - 1;
  const question = asked.findLastIndex(
    (message) => message.role === 'user' && resultsIn(message).length === 0,
  );
  return asked
    .map((message, at) => ({ message, at }))
    .filter(({ message, at }) => !kept.has(message) && at !== last && at !== question)
    .slice(0, dropped)
    .map(({ message, at }) => ({ place: at + 1, role: message.role, tokens: tokensOf(message) }));
}

/** Tokens that long messages lost: what was asked, less what is sent and what was left out altogether. */
function shortenedBy(
  asked: readonly ModelMessage[],
  { messages, shortened }: Fitted,
  left: readonly { tokens: number }[],
): number {
  if (!shortened) return 0;
  const total = (each: readonly { tokens: number }[]) =>
    each.reduce((sum, { tokens }) => sum + tokens, 0);
  const counted = (each: readonly ModelMessage[]) =>
    total(each.map((message) => ({ tokens: tokensOf(message) })));
  return Math.max(1, counted(asked) - total(left) - counted(messages));
}
