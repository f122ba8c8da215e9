import type { collectParts } from '@/lib/models/parts/collect-parts';
import type { Counted, FinishReason, ModelRequest, Note, StreamPart } from '@/lib/models/schema';
import { estimateRequest, estimateTokens } from '@/lib/models/tokens';
import { counted } from '@/lib/models/usage';
import { StepError } from '@/lib/nodes/node-type/define-node';

/** What one stream has given so far. */
export type Heard = {
  request: ModelRequest;
  /** Id of its record. */
  callId: string;
  text: string;
  /** What was thought before the answer: paid for, and kept from whatever comes after. */
  thoughts: string;
  /** The same in parts, with the calls of tools and what the vendor wants to see again. */
  parts: ReturnType<typeof collectParts>;
  /** What the calls of tools came to, as text. */
  calls: string;
  /** What the server counted; 0 where it has not yet. */
  counted: Counted;
  /** Whether the server has taken the request up: from then on it costs. */
  begun: boolean;
  /** How the answer ended, where it did. */
  reason?: FinishReason;
  /** What its provider says of it, and what was left out of the request. */
  note?: Note;
  fit?: string;
  /** Its budget allowed a shorter answer than was asked for. */
  limited: boolean;
  /** When it was asked, and when the first part came, in milliseconds of a clock that never jumps. */
  askedAt: number;
  firstAt?: number;
};

export function take(heard: Heard, part: StreamPart): void {
  heard.parts.take(part);
  if (part.type === 'text-delta') heard.text += part.text;
  else if (part.type === 'thinking-delta') heard.thoughts += part.text;
  else if (part.type === 'tool-call') {
    heard.calls = part.place === 0 ? part.argsText : heard.calls + part.argsText;
  } else if (part.type === 'all-thinking') {
    heard.thoughts = heard.text + heard.thoughts;
    heard.text = '';
  } else if (part.type === 'usage' || part.type === 'finish') {
    heard.counted = counted(part.usage);
    if (part.type === 'usage') return;
    heard.reason = part.reason;
    if (part.note !== undefined) heard.note = part.note;
  }
}

/** What a stream costs: as its server counted, and an estimate of what it did not. */
export function tokensOf(heard: Heard): Counted & { estimated: boolean } {
  const { request, text, thoughts, calls, reason } = heard;
  const { inputTokens, outputTokens } = heard.counted;
  const wrote = estimateTokens(text) + estimateTokens(thoughts) + estimateTokens(calls);
  // A server that was broken off had not counted all that it wrote.
  const counts = outputTokens > 0 && (reason !== undefined || outputTokens >= wrote);
  return {
    ...heard.counted,
    inputTokens: inputTokens || estimateOf(request),
    outputTokens: counts ? outputTokens : wrote,
    estimated: inputTokens === 0 || (!counts && wrote > 0),
  };
}

const estimateOf = ({ system, messages, tools }: ModelRequest) =>
  estimateRequest(system, messages, tools);

/** Why a stream without a word is no answer. */
export function silence({ thoughts, reason }: Heard): StepError {
  if (reason === 'length') {
    const message =
      'The model reached its token limit before it wrote an answer. Increase “Max. tokens”.';
    return new StepError('model_silent', message);
  }
  const message =
    thoughts.trim() === ''
      ? 'The model returned an empty answer.'
      : 'The model wrote its reasoning but no answer.';
  return new StepError('model_silent', message, { retryable: true });
}

/** A tool was asked for where none is offered. */
export function askedInVain(name: string | undefined): StepError {
  const tool = name ? `the tool “${name.slice(0, 80)}”` : 'a tool';
  return new StepError(
    'model_asked_tool',
    `The model asked for ${tool} instead of answering, and this step offers none.`,
    { retryable: true },
  );
}

export function brokenArgs(name: string): StepError {
  return new StepError(
    'model_tool_args',
    `The model asked for the tool “${name.slice(0, 80)}” with something that is not a JSON object.`,
    { retryable: true },
  );
}
