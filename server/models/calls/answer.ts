import { contextTokens } from '@/lib/models/catalogue';
import type { Choice } from '@/lib/models/choose';
import { contextFill } from '@/lib/models/context/fill';
import type { ContextFill, EarlierLeft } from '@/lib/models/context/schema';
import {
  callsIn,
  type ModelMessage,
  picturesIn,
  writtenOf,
  writtenOfTools,
} from '@/lib/models/message';
import { schemaProblem } from '@/lib/models/output';
import { type Collected, collectParts } from '@/lib/models/parts/collect-parts';
import { type Fitted, fitMessages } from '@/lib/models/parts/fit';
import { familyOf } from '@/lib/models/parts/origin';
import { mostPictureTokens } from '@/lib/models/pictures/picture-tokens';
import { priceCall, type TokenPrice } from '@/lib/models/price';
import type { ModelProvider, ModelRequest, ProviderId } from '@/lib/models/schema';
import { estimateRequest, estimateTokens, estimateWords } from '@/lib/models/tokens';
import { doubtOf, isDoubtful } from '@/lib/models/window';
import { type ModelAnswer, StepError } from '@/lib/nodes/node-type/define-node';
import type { Call } from '@/lib/runs/schema';
import { withTrial } from '@/lib/spending/decision';
import { numberOf } from '@/lib/spending/pico';
import { mostTokens } from '@/lib/spending/room';
import type { Computation } from '@/server/computation/computation';
import type { CallEnd } from '@/server/spending/ledger/call';
import type { Ledger, Ticket } from '@/server/spending/ledger/ledger';
import type { Admitted, Limits } from '../limits/limits';
import { answerTokens, type ModelCall } from '../providers/model-call';
import { leastAnswer } from '../providers/openai-responses';
import { nothingCounted } from '../reading/counts';
import { modelFailure } from './failure';
import type { Opened } from './find-model';
import { fits } from './fits';
import { askedInVain, brokenArgs, type Heard, silence, take, tokensOf } from './heard';
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
  limits: Limits;
};

type Schema = Record<string, unknown>;

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
    const { spoken, value } = await converse(talk);
    const { text, parts: own, calls: toolCalls, finish } = spoken;
    const { callId } = talk.heard.at(-1) ?? {};
    const said = { text, parts: own, toolCalls, finish, ...(callId ? { callId } : {}) };
    return { ...said, ...summary(talk), ...(value === undefined ? {} : { value }) };
  } finally {
    call.signal.removeEventListener('abort', tell);
    tell();
  }
}

/** One answer, read: its text, and its message. */
type Spoken = Collected & { text: string; finish: ModelAnswer['finish'] };

/** Asks once, and once more when the answer misfits its schema. An answer that asks for tools is none yet. */
async function converse(talk: Talk): Promise<{ spoken: Spoken; value?: unknown }> {
  const { parts, choice, call } = talk;
  const first = await speak(talk, call.messages);
  if (call.outputSchema === undefined || first.calls.length > 0) return { spoken: first };
  const held = (text: string, schema: Schema) =>
    fits(parts.computation, text, schema, call.workspaceId);
  const parsed = await held(first.text, call.outputSchema);
  if (parsed.ok) return { spoken: first, value: parsed.value };
  if (talk.heard.at(-1)?.reason === 'length') throw cutBeforeItsEnd();
  const { provider, model } = choice;
  parts.log.warn({ provider, model }, 'an answer misfits its schema');
  const again = await speak(talk, [
    ...call.messages,
    { role: 'assistant', content: first.parts },
    {
      role: 'user',
      content: `That does not fit the wanted form. ${parsed.problem}\nAnswer again with the corrected JSON and nothing else.`,
    },
  ]);
  if (again.calls.length > 0) return { spoken: again };
  const second = await held(again.text, call.outputSchema);
  if (second.ok) return { spoken: again, value: second.value };
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
  // Each stream has its own price: only what is long by itself costs more.
  const costs = streams.map((each) => priceCall(price, choice.model, each));
  const usage = {
    inputTokens: streams.reduce((sum, each) => sum + each.inputTokens, 0),
    outputTokens: streams.reduce((sum, each) => sum + each.outputTokens, 0),
    costUsd: numberOf(costs.reduce((sum, { pico }) => sum + pico, 0n)),
  };
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
      costs[0]?.note,
      streams.some(({ estimated }) => estimated) ? estimateNote : undefined,
      last?.note?.window,
      ...note,
    ]
      .filter((part) => part !== undefined)
      .join(' '),
    ...(notes === '' ? {} : { note: notes }),
    ...(costs.some(({ unpriced }) => unpriced) ? { unpriced: true as const } : {}),
    usage,
  };
}

/** Servers of unknown make may cut prompts without a word, as Ollama does through its compatible API. */
function doubtAbout(heard: Heard | undefined, provider: ProviderId): string | undefined {
  if (heard === undefined || (provider !== 'compatible' && provider !== 'llamacpp'))
    return undefined;
  const { system, messages, tools } = heard.request;
  const estimate = estimateWords(system, messages, tools);
  return isDoubtful(heard.counted.inputTokens, estimate)
    ? doubtOf(heard.counted.inputTokens, estimate)
    : undefined;
}

const estimateNote = 'Tokens are estimated: the server did not count them.';

async function speak(talk: Talk, messages: ModelMessage[]): Promise<Spoken> {
  const { parts, choice, opened, call } = talk;
  const idleMs = parts.idleMs ?? 60_000;
  const failed = (error: unknown) => {
    if (call.signal.aborted) return call.signal.reason;
    return modelFailure(error, choice.provider, choice.model, opened.secret);
  };
  const { request, fit, context } = await fitted(talk, messages, idleMs).catch((error: unknown) => {
    throw failed(error);
  });
  const admitted = await parts.limits.take(takingOf(talk, request), call.signal);
  const ticket = await openTicket(talk, request, context).catch(async (error: unknown) => {
    await admitted.end(0);
    throw error;
  });
  const { id: callId, maxTokens, limited } = ticket;
  const heard: Heard = {
    ...{ request, text: '', thoughts: '', calls: '', counted: nothingCounted },
    parts: collectParts({ provider: choice.provider, family: familyOf(choice.model) }),
    begun: false,
    ...{ callId, limited, askedAt: performance.now() },
    ...(fit === undefined ? {} : { fit }),
  };
  talk.heard.push(heard);
  const asked = maxTokens === undefined ? request : { ...request, maxTokens };
  try {
    const spoken = await listen(opened.provider, asked, talk, { heard, idleMs });
    await settle({ talk, heard, ticket, admitted });
    return spoken;
  } catch (error) {
    const failure = failed(error);
    await settle({ talk, heard, ticket, admitted }, failure);
    throw failure;
  }
}

type Ending = { talk: Talk; heard: Heard; ticket: Ticket; admitted: Admitted };

async function settle({ talk, heard, ticket, admitted }: Ending, failure?: unknown): Promise<void> {
  const end = endOf(talk, heard, failure);
  await Promise.all([ticket.settle(end), admitted.end(end.inputTokens + end.outputTokens)]);
}

/** An answer that nobody said the length of is reckoned as a short one; what it really took is counted when it ends. */
const shortAnswer = 500;

function takingOf({ choice, call }: Talk, { system, messages, tools }: ModelRequest) {
  const tokens = estimateRequest(system, messages, tools) + (call.maxTokens ?? shortAnswer);
  return { workspaceId: call.workspaceId, ...choice, tokens };
}

/** The request, cut so that it fits the model's window. */
async function fitted({ choice, opened, call }: Talk, messages: ModelMessage[], idleMs: number) {
  const asked = AbortSignal.any([call.signal, AbortSignal.timeout(idleMs)]);
  const window =
    (await opened.provider.window?.(choice.model, asked)) ??
    contextTokens(choice.provider, choice.model);
  const tools = estimateTokens(writtenOfTools(call.tools));
  const room = window - answerTokens(call) - estimateTokens(call.system ?? '') - tools;
  const fit = fitMessages(messages, room);
  const request: ModelRequest = {
    model: choice.model,
    messages: fit.messages,
    ...(call.system === undefined ? {} : { system: call.system }),
    ...(call.tools === undefined ? {} : { tools: call.tools }),
    ...(call.toolChoice === undefined ? {} : { toolChoice: call.toolChoice }),
    ...(call.outputSchema === undefined ? {} : { outputSchema: call.outputSchema }),
    ...(call.maxTokens === undefined ? {} : { maxTokens: call.maxTokens }),
    ...(call.temperature === undefined ? {} : { temperature: call.temperature }),
  };
  const { earlier } = call;
  const answer = answerTokens(call);
  const context = contextFill({ request, asked: messages, fitted: fit, window, answer, earlier });
  return { request, context, fit: fitNote(fit, window, earlier) };
}

/** The answer's length that a budget reckons with where the step names none. */
const usualWant = 16_384;

function openTicket(
  { parts, choice, price, call }: Talk,
  request: ModelRequest,
  context: ContextFill,
): Promise<Ticket> {
  const { workspaceId, mode, place, signal } = call;
  const schema = request.outputSchema ? [JSON.stringify(request.outputSchema)] : [];
  const texts = [request.system ?? '', ...request.messages.map(writtenOf)];
  const tools = request.tools?.length ? [writtenOfTools(request.tools)] : [];
  const seen = request.messages
    .flatMap(picturesIn)
    .reduce((sum, each) => sum + mostPictureTokens(choice.provider, choice.model, each), 0);
  const least = choice.provider === 'openai' ? leastAnswer : 1;
  return parts.ledger.open(
    {
      ...place,
      ...{ workspaceId, mode, price, provider: choice.provider, model: choice.model },
      ...{ decision: withTrial(choice.decision, call.trial), context },
      input: mostTokens([...texts, ...tools, ...schema]) + toolFrame(request) + seen,
      want: Math.max(call.maxTokens ?? usualWant, least),
      asked: call.maxTokens !== undefined,
    },
    signal,
  );
}

/** Vendors put words of their own around tools, and more around each call. */
const toolFrame = ({ tools = [], messages }: ModelRequest) =>
  (tools.length === 0 ? 0 : 1_000 + tools.length * 32) + 16 * messages.flatMap(callsIn).length;

/** What a stream came to, for the ledger. A stream that nothing came of costs nothing. */
function endOf({ choice, price }: Talk, heard: Heard, error?: unknown): CallEnd {
  const { askedAt, firstAt, begun, reason, text, thoughts, calls } = heard;
  const counted = begun ? tokensOf(heard) : { ...nothingCounted, estimated: false };
  return {
    state: error === undefined ? 'settled' : 'failed',
    cost: priceCall(price, choice.model, counted).pico,
    ...counted,
    finish: reason ?? null,
    errorCode: error === undefined ? null : StepError.isInstance(error) ? error.code : 'aborted',
    outputBytes: [text, thoughts, calls].reduce((sum, part) => sum + Buffer.byteLength(part), 0),
    firstPartMs: firstAt === undefined ? null : Math.round(firstAt - askedAt),
    durationMs: performance.now() - askedAt,
  };
}

/** What was left out so that the request fits the model, for people. */
function fitNote(
  { dropped, shortened }: Fitted,
  window: number,
  earlier: EarlierLeft | undefined,
): string | undefined {
  const of = `to fit the model’s window of ${window} tokens.`;
  const oldest = dropped === 1 ? 'The oldest message was' : `The ${dropped} oldest messages were`;
  // Those for which a summary is sent are told of in the chat itself.
  const missed = earlier === undefined ? 0 : earlier.messages - (earlier.summarised ?? 0);
  const before = missed === 1 ? 'message was' : `${missed} messages were`;
  const which = earlier?.summarised === undefined ? 'The first' : 'After the summary the next';
  const notes = [
    ...(missed > 0 ? [`${which} ${before} not sent, so that the turn stays cheap.`] : []),
    ...(dropped > 0 ? [`${oldest} left out ${of}`] : []),
    ...(shortened ? [`The middle of the prompt was left out ${of}`] : []),
  ];
  return notes.length === 0 ? undefined : notes.join(' ');
}

/** The whole message of a stream. What came costs, also when the stream breaks. */
async function listen(
  provider: ModelProvider,
  request: ModelRequest,
  { call }: Talk,
  { heard, idleMs }: { heard: Heard; idleMs: number },
): Promise<Spoken> {
  const stream = watched((signal) => provider.stream(request, signal), idleMs, call.signal);
  for await (const part of stream) {
    heard.begun = true;
    heard.firstAt ??= performance.now();
    take(heard, part);
    if (part.type === 'text-delta') call.onDelta?.(part.text);
    if (heard.text.length + heard.thoughts.length + heard.calls.length > longestText) {
      throw new StepError('model_endless', 'The model did not stop writing.');
    }
  }
  if (heard.reason === 'refused') {
    throw new StepError('model_refused', 'The model refused to answer. Change the prompt.');
  }
  return spokenOf(heard);
}

/** Calls are handed on only where the answer ended by asking for them, with arguments that can be read. */
function spokenOf(heard: Heard): Spoken {
  const { reason = 'stop', request, text } = heard;
  const asks = reason === 'tool-calls';
  const offers = (request.tools ?? []).length > 0 && request.toolChoice !== 'none';
  if (asks && !offers) throw askedInVain(heard.parts.names()[0]);
  const taken = request.messages.flatMap((message) => callsIn(message).map(({ id }) => id));
  const said = heard.parts.end(asks, taken);
  const broken = said.broken[0];
  if (broken !== undefined) throw brokenArgs(broken);
  if (text.trim() === '' && said.calls.length === 0) throw silence(heard);
  return { ...said, text, finish: reason === 'refused' ? 'stop' : reason };
}
