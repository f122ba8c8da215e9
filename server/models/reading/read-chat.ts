import { assembleToolCalls } from '@/lib/models/parts/assemble-tool-calls';
import type { Counted, StreamPart } from '@/lib/models/schema';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { at, listIn, objectIn, textIn } from '@/lib/values/unknown';
import { countedIn, larger, nothingCounted, timedIn } from './counts';
import { createEnding, type Ending } from './ending';
import { brokeOff, type Frame } from './frames';
import { readResponseEvent } from './read-responses';
import { failureSaid } from './stream-error';

/**
 * An answer in OpenAI's chat protocol, as all those write it who say that they speak it: streamed, or whole in one
 * document. Also takes the events of the Responses protocol, which some servers send at the same address.
 */
export async function* readChat(events: AsyncIterable<Frame>): AsyncGenerator<StreamPart> {
  const ending = createEnding();
  const reader: Reader = {
    ...{ ending, usage: nothingCounted, understood: false },
    ...{ calls: assembleToolCalls(), places: new Map(), thought: {} },
  };
  let done = false;
  let silent = true;
  try {
    for await (const event of events) {
      if (event.kind === 'done') {
        done = true;
        reader.understood = true;
      } else if (event.kind === 'alive') yield { type: 'alive' };
      else {
        silent = false;
        const failure = failureSaid(event.value, event.name);
        if (failure) throw failure;
        yield* readValue(reader, event.value);
      }
      if (done) break;
      const reason = ending.soFar();
      if (reason !== undefined && event.kind === 'value') {
        yield* handOver(reader);
        yield { type: 'finish', reason, usage: reader.usage };
      }
    }
  } catch (error) {
    // What breaks behind a whole answer has broken nothing.
    if (ending.soFar() === undefined || failureOfServer(error)) throw error;
  }
  if (done && reader.understood && ending.soFar() === undefined) endWithout(ending);
  if (!reader.understood) throw silent ? brokeOff(withoutAnswer) : unknownProtocol();
  const reason = ending.reason();
  yield* handOver(reader);
  yield { type: 'finish', reason, usage: reader.usage };
}

export type Reader = {
  ending: Ending;
  usage: Counted;
  understood: boolean;
  calls: ReturnType<typeof assembleToolCalls>;
  /** Calls that came whole: where each stands, by its id. */
  places: Map<string, number>;
  /** What was thought, in the server's own form: some want to see it again with the results of tools. */
  thought: Record<string, unknown>;
};

/** The calls that are together now; once more each time, since the last of each counts. */
function* handOver(reader: Reader): Generator<StreamPart> {
  const calls = reader.calls.calls();
  if (calls.length === 0) return;
  if (Object.keys(reader.thought).length > 0) {
    yield { type: 'sealed', kind: 'reasoning', opaque: reader.thought };
    reader.thought = {};
  }
  for (const [place, call] of calls.entries()) yield { type: 'tool-call', place, ...call };
}

const failureOfServer = (error: unknown) => !StepError.isInstance(error);

/** The mark that all has been said stands for a reason where none was given. */
function endWithout(ending: Ending): void {
  try {
    ending.reason();
  } catch (error) {
    if (StepError.isInstance(error) && error.code === 'model_broke_off') ending.whole();
  }
}

export const withoutAnswer = 'The server closed the connection without an answer.';

export function unknownProtocol(): StepError {
  return new StepError(
    'model_protocol',
    'The server’s answer is in an unknown protocol. Check its URL in Settings → Models.',
  );
}

function* readValue(reader: Reader, value: unknown): Generator<StreamPart> {
  if (textIn(at(value, 'type'))?.startsWith('response.') || at(value, 'object') === 'response') {
    yield* readResponseEvent(reader, value);
    return;
  }
  const choices = listIn(at(value, 'choices'));
  const choice = choices.find((one) => (at(one, 'index') ?? 0) === 0);
  const shaped = Array.isArray(at(value, 'choices')) || at(value, 'usage') !== undefined;
  if (shaped || at(value, 'object') !== undefined || at(value, 'type') === 'ping') {
    reader.understood = true;
  }
  const counted =
    countedIn(at(value, 'usage')) ??
    countedIn(at(choice, 'usage')) ??
    countedIn(at(value, 'x_groq', 'usage')) ??
    countedIn(at(choice, 'delta', 'usage')) ??
    timedIn(at(value, 'timings'));
  if (counted !== undefined) {
    reader.usage = larger(reader.usage, counted);
    yield { type: 'usage', usage: reader.usage };
  }
  if (choice === undefined) return void (yield { type: 'alive' });
  const streamed = objectIn(at(choice, 'delta'));
  const message = streamed ?? objectIn(at(choice, 'message'));
  yield* readMessage(reader, message);
  const text = message === undefined ? textIn(at(choice, 'text')) : undefined;
  if (text !== undefined) yield { type: 'text-delta', text };
  reader.ending.say(at(choice, 'finish_reason'));
  // A document that came to its end is whole.
  const document = streamed === undefined && objectIn(at(choice, 'message')) !== undefined;
  if (document && at(choice, 'finish_reason') === undefined) reader.ending.whole();
  yield { type: 'alive' };
}

function* readMessage(reader: Reader, message: unknown): Generator<StreamPart> {
  const thoughts =
    thoughtIn(at(message, 'reasoning_content')) ??
    thoughtIn(at(message, 'reasoning')) ??
    thoughtIn(at(message, 'thinking')) ??
    thoughtIn(at(message, 'reasoning_details'));
  if (thoughts !== undefined) yield { type: 'thinking-delta', text: thoughts };
  noteThought(reader, message);
  yield* readContent(at(message, 'content'));
  const refusal = textIn(at(message, 'refusal'));
  if (refusal !== undefined) {
    reader.ending.say('refusal');
    yield { type: 'text-delta', text: refusal };
  }
  for (const call of listIn(at(message, 'tool_calls'))) noteCall(reader, call);
  const called = objectIn(at(message, 'function_call'));
  if (called !== undefined) noteCall(reader, { function: called });
}

function noteCall(reader: Reader, call: unknown): void {
  const inner = at(call, 'function') ?? call;
  const index = at(call, 'index');
  const args = at(inner, 'arguments') ?? at(inner, 'parameters');
  // Google's signature, as its compatible server passes it on.
  const extra = objectIn(at(call, 'extra_content'));
  reader.ending.tool();
  reader.calls.push({
    id: textIn(at(call, 'id')),
    index: typeof index === 'number' ? index : undefined,
    name: textIn(at(inner, 'name')),
    args: typeof args === 'string' ? args : objectIn(args),
    opaque: extra === undefined ? undefined : { extra_content: extra },
  });
}

function noteThought(reader: Reader, message: unknown): void {
  for (const name of ['reasoning_content', 'reasoning', 'reasoning_details']) {
    const value = at(message, name);
    const before = reader.thought[name];
    if (textIn(value) !== undefined) reader.thought[name] = `${before ?? ''}${value}`;
    else if (Array.isArray(value)) reader.thought[name] = [...listIn(before), ...value];
  }
}

/** Content as a text, or as a list of parts: of text, of thought, of others that hold no text. */
export function* readContent(content: unknown): Generator<StreamPart> {
  if (typeof content === 'string') {
    if (content !== '') yield { type: 'text-delta', text: content };
    return;
  }
  for (const part of Array.isArray(content) ? content : [content]) {
    const type = textIn(at(part, 'type')) ?? '';
    const text = textIn(part) ?? textIn(at(part, 'text')) ?? textIn(at(part, 'text', 'value'));
    if (/thinking|reasoning|thought/i.test(type)) {
      const thought = thoughtIn(at(part, 'thinking')) ?? thoughtIn(part);
      if (thought !== undefined) yield { type: 'thinking-delta', text: thought };
    } else if (text !== undefined) yield { type: 'text-delta', text };
    else if (textIn(at(part, 'content')) !== undefined) {
      yield { type: 'text-delta', text: textIn(at(part, 'content')) ?? '' };
    }
  }
}

/** What was thought, in any of the forms in which servers write it. */
function thoughtIn(value: unknown): string | undefined {
  if (typeof value === 'string') return textIn(value);
  if (Array.isArray(value)) return textIn(value.map((one) => thoughtIn(one) ?? '').join(''));
  const names = ['text', 'content', 'thinking', 'summary'];
  return names.map((name) => textIn(at(value, name))).find((text) => text !== undefined);
}
