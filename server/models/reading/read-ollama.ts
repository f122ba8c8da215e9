import type { AskedTool, StreamPart } from '@/lib/models/schema';
import { tokenCount } from '@/lib/models/usage';
import { at, listIn, objectIn, textIn } from '@/lib/values/unknown';
import { larger, nothingCounted } from './counts';
import { createEnding } from './ending';
import { brokeOff, type Frame } from './frames';
import { unknownProtocol, withoutAnswer } from './read-chat';
import { failureSaid } from './stream-error';

/** An answer in Ollama's own protocol, line by line; whole only with its last line. */
export async function* readOllama(events: AsyncIterable<Frame>): AsyncGenerator<StreamPart> {
  const ending = createEnding();
  let usage = nothingCounted;
  let [understood, silent, over] = [false, true, false];
  let [place, thought] = [0, ''];
  for await (const event of events) {
    if (event.kind !== 'value') {
      yield { type: 'alive' };
      continue;
    }
    silent = false;
    const { value } = event;
    const failure = failureSaid(value, event.name);
    if (failure) throw failure;
    const message = at(value, 'message');
    const thoughts =
      textIn(at(message, 'thinking')) ??
      textIn(at(message, 'reasoning_content')) ??
      textIn(at(message, 'reasoning'));
    const text = textIn(at(message, 'content'));
    understood ||= message !== undefined || at(value, 'done') !== undefined;
    if (thoughts !== undefined) {
      thought += thoughts;
      yield { type: 'thinking-delta', text: thoughts };
    }
    if (text !== undefined) yield { type: 'text-delta', text };
    for (const call of listIn(at(message, 'tool_calls'))) {
      ending.tool();
      // It wants to see what was thought again, together with the results of tools.
      if (thought !== '') {
        yield { type: 'sealed', kind: 'reasoning', opaque: { thinking: thought } };
        thought = '';
      }
      yield { type: 'tool-call', place, ...callOf(call) };
      place += 1;
    }
    const counted = {
      inputTokens: tokenCount(at(value, 'prompt_eval_count')),
      outputTokens: tokenCount(at(value, 'eval_count')),
    };
    if (counted.inputTokens + counted.outputTokens > 0) {
      usage = larger(usage, counted);
      yield { type: 'usage', usage };
    }
    yield { type: 'alive' };
    if (at(value, 'done') !== true) continue;
    over = true;
    ending.say(at(value, 'done_reason') ?? 'stop');
    break;
  }
  if (!understood) throw silent ? brokeOff(withoutAnswer) : unknownProtocol();
  if (!over) throw brokeOff('The answer ended before it was complete.');
  yield { type: 'finish', reason: ending.reason(), usage };
}

/** Ollama's calls come whole, with their arguments as an object; all may say that they are the first. */
function callOf(call: unknown): AskedTool {
  const id = textIn(at(call, 'id'));
  const args = at(call, 'function', 'arguments');
  const argsText = textIn(args) ?? JSON.stringify(objectIn(args) ?? {});
  const name = textIn(at(call, 'function', 'name')) ?? '';
  return { name, argsText, ...(id === undefined ? {} : { id }) };
}
