import type { StreamPart } from '@/lib/models/schema';
import { at, listIn, objectIn, textIn } from '@/lib/values/unknown';
import { countedByGemini, larger, nothingCounted } from './counts';
import { createEnding } from './ending';
import { brokeOff, type Frame } from './frames';
import { unknownProtocol, withoutAnswer } from './read-chat';
import { failureSaid } from './stream-error';

/** An answer in Gemini's protocol. Thoughts are no part of the text, and are paid for as output. */
export async function* readGemini(events: AsyncIterable<Frame>): AsyncGenerator<StreamPart> {
  const ending = createEnding();
  let usage = nothingCounted;
  let [understood, silent] = [false, true];
  let place = 0;
  /** Text without a signature came last. */
  let open = false;
  try {
    for await (const event of events) {
      if (event.kind !== 'value') {
        yield { type: 'alive' };
        continue;
      }
      silent = false;
      // Some proxies wrap what they pass on.
      const value = at(event.value, 'response') ?? event.value;
      const failure = failureSaid(value, event.name);
      if (failure) throw failure;
      const candidates = listIn(at(value, 'candidates'));
      const candidate = candidates.find((one) => (at(one, 'index') ?? 0) === 0);
      const counted = countedByGemini(at(value, 'usageMetadata'));
      const blocked = textIn(at(value, 'promptFeedback', 'blockReason'));
      understood ||= candidate !== undefined || blocked !== undefined || counted !== undefined;
      if (counted !== undefined) {
        usage = larger(usage, counted);
        yield { type: 'usage', usage };
      }
      if (blocked !== undefined && blocked !== 'BLOCK_REASON_UNSPECIFIED') ending.say('safety');
      for (const part of listIn(at(candidate, 'content', 'parts'))) {
        const called = objectIn(at(part, 'functionCall'));
        if (called !== undefined) {
          ending.tool();
          yield* callOf(part, called, place);
          place += 1;
        } else {
          yield* textOf(part, open);
          open = textIn(at(part, 'text')) !== undefined && !isSigned(part);
        }
      }
      ending.say(withoutPicture(at(candidate, 'finishReason')));
      yield { type: 'alive' };
      const reason = ending.soFar();
      if (reason !== undefined) yield { type: 'finish', reason, usage };
    }
  } catch (error) {
    if (ending.soFar() === undefined) throw error;
  }
  if (!understood) throw silent ? brokeOff(withoutAnswer) : unknownProtocol();
  yield { type: 'finish', reason: ending.reason(), usage };
}

const isSigned = (part: unknown) => textIn(at(part, 'thoughtSignature')) !== undefined;

/** A part that is signed stands for itself: what came before it is another part. */
function* textOf(part: unknown, open: boolean): Generator<StreamPart> {
  const text = textIn(at(part, 'text'));
  const thought = at(part, 'thought') === true;
  if (isSigned(part) && open) yield { type: 'sealed', kind: 'text', opaque: {} };
  if (text !== undefined) yield { type: thought ? 'thinking-delta' : 'text-delta', text };
  if (!isSigned(part)) return;
  const opaque = { thoughtSignature: at(part, 'thoughtSignature') };
  yield { type: 'sealed', kind: thought ? 'reasoning' : 'text', opaque };
}

function* callOf(part: unknown, called: object, place: number): Generator<StreamPart> {
  const id = textIn(at(called, 'id'));
  const argsText = JSON.stringify(objectIn(at(called, 'args')) ?? {});
  yield {
    ...{ type: 'tool-call', place, name: textIn(at(called, 'name')) ?? '', argsText },
    ...{ opaque: { ...objectIn(part) }, ...(id === undefined ? {} : { id }) },
  };
}

/** The same reasons are given for pictures. */
function withoutPicture(reason: unknown): unknown {
  return typeof reason === 'string' ? reason.replace(/^IMAGE_/, '') : reason;
}
