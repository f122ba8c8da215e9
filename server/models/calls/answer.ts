import { contextTokens } from '@/lib/models/catalogue';
import type { Choice } from '@/lib/models/choose';
import { type Fitted, fitMessages } from '@/lib/models/fit';
import { schemaProblem } from '@/lib/models/output';
import { priceCall, type TokenPrice } from '@/lib/models/price';
import type {
  ModelMessage,
  ModelProvider,
  ModelRequest,
  Note,
  ProviderId,
  StreamPart,
} from '@/lib/models/schema';
import { estimateRequest, estimateTokens } from '@/lib/models/tokens';
import { tokenCount } from '@/lib/models/usage';
import { doubtOf, isDoubtful } from '@/lib/models/window';
import { type ModelAnswer, StepError } from '@/lib/nodes/node-type/define-node';
import type { Call } from '@/lib/runs/schema';
import { mostTokens } from '@/lib/spending/room';
import type { Computation } from '@/server/computation/computation';
import type { CallEnd } from '@/server/spending/ledger/call';
import type { Ledger, Ticket } from '@/server/spending/ledger/ledger';
import { answerTokens, type ModelCall } from '../providers/model-call';
import { modelFailure } from './failure';
import type { Opened } from './find-model';
import { fits } from './fits';
import { watched } from './watch';

/** More text than any model writes: what goes on after it is a server gone wrong. */
const longestText = 4_000_000;

type Warn = Readonly<{ warn: (details: object, message: string) => void }>;
/**
 * How a call listens: what is worth a line in the log, how long a stream may be silent, and where an answer is held
 * against its schema.
 */
export type Listening = {
  log: Warn;
  idleMs?: number;
  computation: Pick<Computation, 'run'>;
  ledger: Ledger;
};

type Schema = Record<string, unknown>;

/** What one stream has given so far. */
type Heard = {
  request: ModelRequest;
  text: string;
  /** What was thought before the answer: paid for, and kept from whatever comes after. */
  thoughts: string;
  /** What the server counted; 0 where it has not yet. */
  inputTokens: number;
  outputTokens: number;
  /** Whether the server has taken the request up: from then on it costs. */
  begun: boolean;
  /** How the answer ended, where it did. */
  reason?: 'stop' | 'length' | 'refused';
  /** What its provider says of it, and what was left out of the request. */
  note?: Note;
  fit?: string;
  /** Its budget allowed a shorter answer than was asked for. */
  limited: boolean;
  /** When it was asked, and when the first part came, in milliseconds of a clock that never jumps. */
  askedAt: number;
  firstAt?: number;
};
type Talk = {
  parts: Listening;
  choice: Choice;
  opened: Opened;
  price: TokenPrice | undefined;
  call: ModelCall;
  /** Every stream of this call. */
  heard: Heard[];
};

/** One answer of a chosen model, checked and counted. Throws as `Models.call` does. */
export async function answer(
  parts: Listening,
  chosen: { choice: Choice; opened: Opened; price: TokenPrice | undefined },
  call: ModelCall,
): Promise<ModelAnswer> {
  const problem = call.outputSchema && schemaProblem(call.outputSchema);
  if (problem) throw new StepError('output_schema', `The output schema cannot be used: ${problem}`);
  const talk: Talk = { parts, ...chosen, call, heard: [] };
  let told = false;
  const tell = () => {
    if (told || !talk.heard.some(({ begun }) => begun)) return;
    told = true;
    call.onSpent?.(summary(talk));
  };
  call.signal.addEventListener('abort', tell, { once: true });
  try {
    const { text, value } = await converse(talk);
    return { text, ...summary(talk), ...(value === undefined ? {} : { value }) };
  } finally {
    call.signal.removeEventListener('abort', tell);
    tell();
  }
}

/** Asks once, and once more when the answer misfits its schema. */
async function converse(talk: Talk): Promise<{ text: string; value?: unknown }> {
  const { parts, choice, call } = talk;
  const first = await speak(talk, call.messages);
  if (call.outputSchema === undefined) return { text: first };
  const held = (text: string, schema: Schema) =>
    fits(parts.computation, text, schema, call.workspaceId);
  const parsed = await held(first, call.outputSchema);
  if (parsed.ok) return { text: first, value: parsed.value };
  if (talk.heard.at(-1)?.reason === 'length') throw cutBeforeItsEnd();
  const { provider, model } = choice;
  parts.log.warn({ provider, model }, 'an answer misfits its schema');
  const again = await speak(talk, [
    ...call.messages,
    { role: 'assistant', content: first },
    {
      role: 'user',
      content: `That does not fit the wanted form. ${parsed.problem}\nAnswer again with the corrected JSON and nothing else.`,
    },
  ]);
  const second = await held(again, call.outputSchema);
  if (second.ok) return { text: again, value: second.value };
  if (talk.heard.at(-1)?.reason === 'length') throw cutBeforeItsEnd();
  const message = `The model's answer does not fit the output schema: ${second.problem}`;
  throw new StepError('output_misfit', message, { retryable: true });
}

function cutBeforeItsEnd(): StepError {
  return new StepError(
    'output_cut',
    'The answer was cut off at the token limit before its JSON was complete. Increase “Max. tokens”.',
  );
}

const cutNote = 'The answer was cut off at the token limit.';
const spentNote = 'The answer was cut off where its budget ended.';

function summary({ choice, price, heard }: Talk): Call {
  const streams = heard.filter(({ begun }) => begun).map(tokensOf);
  const cost = priceCall(price, choice.model, {
    inputTokens: streams.reduce((sum, each) => sum + each.inputTokens, 0),
    outputTokens: streams.reduce((sum, each) => sum + each.outputTokens, 0),
  });
  const last = heard.at(-1);
  const note = [
    last?.fit,
    last?.note?.doubt ?? doubtAbout(last, choice.provider),
    last?.reason === 'length' ? (last.limited ? spentNote : cutNote) : undefined,
  ];
  const notes = note.filter((part) => part !== undefined).join(' ');
  return {
    provider: choice.provider,
    model: choice.model,
    rehearsed: choice.provider === 'rehearsal',
    reason: [
      choice.reason,
      cost.note,
      streams.some(({ estimated }) => estimated) ? estimateNote : undefined,
      last?.note?.window,
      ...note,
    ]
      .filter((part) => part !== undefined)
      .join(' '),
    ...(notes === '' ? {} : { note: notes }),
    usage: cost.usage,
  };
}

/** Servers of unknown make may cut prompts without a word, as Ollama does through its compatible API. */
function doubtAbout(heard: Heard | undefined, provider: ProviderId): string | undefined {
  if (heard === undefined || (provider !== 'compatible' && provider !== 'llamacpp'))
    return undefined;
  const estimate = estimateRequest(heard.request.system, heard.request.messages);
  return isDoubtful(heard.inputTokens, estimate) ? doubtOf(heard.inputTokens, estimate) : undefined;
}

const estimateNote = 'Tokens are estimated: the server did not count them.';

/** What a stream costs: as its server counted, and an estimate of what it did not. */
function tokensOf({ request, text, thoughts, reason, ...counted }: Heard) {
  const { inputTokens, outputTokens } = counted;
  const wrote = estimateTokens(text) + estimateTokens(thoughts);
  // A server that was broken off had not counted all that it wrote.
  const counts = outputTokens > 0 && (reason !== undefined || outputTokens >= wrote);
  return {
    inputTokens: inputTokens || estimateRequest(request.system, request.messages),
    outputTokens: counts ? outputTokens : wrote,
    estimated: inputTokens === 0 || (!counts && wrote > 0),
  };
}

async function speak(talk: Talk, messages: ModelMessage[]): Promise<string> {
  const { parts, choice, opened, call } = talk;
  const idleMs = parts.idleMs ?? 60_000;
  const failed = (error: unknown) => {
    if (call.signal.aborted) return call.signal.reason;
    return modelFailure(error, choice.provider, choice.model, opened.secret);
  };
  const { request, fit } = await fitted(talk, messages, idleMs).catch((error: unknown) => {
    throw failed(error);
  });
  const ticket = await openTicket(talk, request);
  const { maxTokens, limited } = ticket;
  const heard: Heard = {
    ...{ request, text: '', thoughts: '', inputTokens: 0, outputTokens: 0, begun: false },
    ...{ limited, askedAt: performance.now() },
    ...(fit === undefined ? {} : { fit }),
  };
  talk.heard.push(heard);
  const asked = maxTokens === undefined ? request : { ...request, maxTokens };
  try {
    const text = await listen(opened.provider, asked, talk, { heard, idleMs });
    await ticket.settle(endOf(talk, heard));
    return text;
  } catch (error) {
    const failure = failed(error);
    await ticket.settle(endOf(talk, heard, failure));
    throw failure;
  }
}

/** The request, cut so that it fits the model's window. */
async function fitted({ choice, opened, call }: Talk, messages: ModelMessage[], idleMs: number) {
  const asked = AbortSignal.any([call.signal, AbortSignal.timeout(idleMs)]);
  const window =
    (await opened.provider.window?.(choice.model, asked)) ??
    contextTokens(choice.provider, choice.model);
  const room = window - answerTokens(call) - estimateTokens(call.system ?? '');
  const fit = fitMessages(messages, room);
  const request: ModelRequest = {
    model: choice.model,
    messages: fit.messages,
    ...(call.system === undefined ? {} : { system: call.system }),
    ...(call.outputSchema === undefined ? {} : { outputSchema: call.outputSchema }),
    ...(call.maxTokens === undefined ? {} : { maxTokens: call.maxTokens }),
    ...(call.temperature === undefined ? {} : { temperature: call.temperature }),
  };
  return { request, fit: fitNote(fit, window) };
}

/** The answer's length that a budget reckons with where the step names none. */
const usualWant = 16_384;

function openTicket({ parts, choice, price, call }: Talk, request: ModelRequest): Promise<Ticket> {
  const { workspaceId, mode, place, signal } = call;
  const schema = request.outputSchema ? [JSON.stringify(request.outputSchema)] : [];
  const texts = [request.system ?? '', ...request.messages.map(({ content }) => content)];
  return parts.ledger.open(
    {
      ...place,
      ...{ workspaceId, mode, price, provider: choice.provider, model: choice.model },
      decision: choice.decision,
      input: mostTokens([...texts, ...schema]),
      want: call.maxTokens ?? usualWant,
      asked: call.maxTokens !== undefined,
    },
    signal,
  );
}

/** What a stream came to, for the ledger. A stream that nothing came of costs nothing. */
function endOf({ choice, price }: Talk, heard: Heard, error?: unknown): CallEnd {
  const { askedAt, firstAt, begun, reason, text, thoughts } = heard;
  const counted = begun ? tokensOf(heard) : { inputTokens: 0, outputTokens: 0, estimated: false };
  return {
    state: error === undefined ? 'settled' : 'failed',
    cost: priceCall(price, choice.model, counted).pico,
    ...counted,
    finish: reason ?? null,
    errorCode: error === undefined ? null : StepError.isInstance(error) ? error.code : 'aborted',
    outputBytes: Buffer.byteLength(text) + Buffer.byteLength(thoughts),
    firstPartMs: firstAt === undefined ? null : Math.round(firstAt - askedAt),
    durationMs: performance.now() - askedAt,
  };
}

/** What was left out so that the request fits the model, for people. */
function fitNote({ dropped, shortened }: Fitted, window: number): string | undefined {
  const of = `to fit the model’s window of ${window} tokens.`;
  const oldest = dropped === 1 ? 'The oldest message was' : `The ${dropped} oldest messages were`;
  const notes = [
    ...(dropped > 0 ? [`${oldest} left out ${of}`] : []),
    ...(shortened ? [`The middle of the prompt was left out ${of}`] : []),
  ];
  return notes.length === 0 ? undefined : notes.join(' ');
}

/** The whole text of a stream. What came costs, also when the stream breaks. */
async function listen(
  provider: ModelProvider,
  request: ModelRequest,
  { call }: Talk,
  { heard, idleMs }: { heard: Heard; idleMs: number },
): Promise<string> {
  const stream = watched((signal) => provider.stream(request, signal), idleMs, call.signal);
  for await (const part of stream) {
    heard.begun = true;
    heard.firstAt ??= performance.now();
    take(heard, part);
    if (part.type === 'text-delta') call.onDelta?.(part.text);
    if (heard.text.length + heard.thoughts.length > longestText) {
      throw new StepError('model_endless', 'The model did not stop writing.');
    }
  }
  if (heard.reason === 'refused') {
    throw new StepError('model_refused', 'The model refused to answer. Change the prompt.');
  }
  if (heard.text.trim() !== '') return heard.text;
  throw silence(heard);
}

function take(heard: Heard, part: StreamPart): void {
  if (part.type === 'text-delta') heard.text += part.text;
  else if (part.type === 'thinking-delta') heard.thoughts += part.text;
  else if (part.type === 'all-thinking') {
    heard.thoughts = heard.text + heard.thoughts;
    heard.text = '';
  } else if (part.type !== 'alive') {
    heard.inputTokens = tokenCount(part.usage.inputTokens);
    heard.outputTokens = tokenCount(part.usage.outputTokens);
    if (part.type === 'usage') return;
    heard.reason = part.reason;
    if (part.note !== undefined) heard.note = part.note;
  }
}

function silence({ thoughts, reason }: Heard): StepError {
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
