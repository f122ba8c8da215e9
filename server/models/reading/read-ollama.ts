import type { StreamPart } from '@/lib/models/schema';
import { tokenCount } from '@/lib/models/usage';
import { at, listIn, textIn } from '@/lib/values/unknown';
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
    if (thoughts !== undefined) yield { type: 'thinking-delta', text: thoughts };
    if (text !== undefined) yield { type: 'text-delta', text };
    for (const call of listIn(at(message, 'tool_calls'))) {
      ending.tool(textIn(at(call, 'function', 'name')));
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
