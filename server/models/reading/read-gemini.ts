import type { Counted, StreamPart } from '@/lib/models/schema';
import { tokenCount } from '@/lib/models/usage';
import { at, listIn, textIn } from '@/lib/values/unknown';
import { larger, nothingCounted } from './counts';
import { createEnding } from './ending';
import { brokeOff, type Frame } from './frames';
import { unknownProtocol, withoutAnswer } from './read-chat';
import { failureSaid } from './stream-error';

/** An answer in Gemini's protocol. Thoughts are no part of the text, and are paid for as output. */
export async function* readGemini(events: AsyncIterable<Frame>): AsyncGenerator<StreamPart> {
  const ending = createEnding();
  let usage = nothingCounted;
  let [understood, silent] = [false, true];
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
      const counted = countedBy(at(value, 'usageMetadata'));
      const blocked = textIn(at(value, 'promptFeedback', 'blockReason'));
      understood ||= candidate !== undefined || blocked !== undefined || counted !== undefined;
      if (counted !== undefined) {
        usage = larger(usage, counted);
        yield { type: 'usage', usage };
      }
      if (blocked !== undefined && blocked !== 'BLOCK_REASON_UNSPECIFIED') ending.say('safety');
      for (const part of listIn(at(candidate, 'content', 'parts'))) {
        const text = textIn(at(part, 'text'));
        if (at(part, 'functionCall') !== undefined) {
          ending.tool(textIn(at(part, 'functionCall', 'name')));
        }
        if (text === undefined) continue;
        yield at(part, 'thought') === true
          ? { type: 'thinking-delta', text }
          : { type: 'text-delta', text };
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

/** The same reasons are given for pictures. */
function withoutPicture(reason: unknown): unknown {
  return typeof reason === 'string' ? reason.replace(/^IMAGE_/, '') : reason;
}

function countedBy(usage: unknown): Counted | undefined {
  if (typeof usage !== 'object' || usage === null) return undefined;
  const count = (name: string) => tokenCount(at(usage, name));
  const inputTokens = count('promptTokenCount') + count('toolUsePromptTokenCount');
  return {
    inputTokens,
    outputTokens: count('candidatesTokenCount') + count('thoughtsTokenCount'),
  };
}
