import type { StreamPart } from '@/lib/models/schema';
import { at, textIn } from '@/lib/values/unknown';
import { countedIn, larger, nothingCounted } from './counts';
import { createEnding } from './ending';
import { brokeOff, type Frame } from './frames';
import { messageBlocks } from './message-blocks';
import { unknownProtocol, withoutAnswer } from './read-chat';
import { failureSaid } from './stream-error';

/** An answer in Anthropic's protocol: whole only with its `message_stop`, or as one document. */
export async function* readMessages(events: AsyncIterable<Frame>): AsyncGenerator<StreamPart> {
  const ending = createEnding();
  const blocks = messageBlocks(ending);
  let usage = nothingCounted;
  let [understood, silent, stopped] = [false, true, false];
  try {
    for await (const event of events) {
      if (event.kind === 'alive') yield { type: 'alive' };
      if (event.kind === 'done') stopped = true;
      if (event.kind !== 'value') continue;
      silent = false;
      const { value } = event;
      const failure = failureSaid(value, event.name);
      if (failure) throw failure;
      const type = textIn(at(value, 'type')) ?? '';
      understood ||= /^(message|content_block|ping)/.test(type);
      const counted =
        countedIn(at(value, 'usage')) ??
        countedIn(at(value, 'message', 'usage')) ??
        countedIn(at(value, 'delta', 'usage'));
      if (counted !== undefined) {
        usage = larger(usage, counted);
        yield { type: 'usage', usage };
      }
      ending.say(at(value, 'delta', 'stop_reason') ?? at(value, 'stop_reason'));
      if (type === 'message') {
        yield* blocks.whole(at(value, 'content'));
        stopped = true;
      } else if (type === 'content_block_start') {
        yield* blocks.start(at(value, 'index'), at(value, 'content_block'));
      } else if (type === 'content_block_delta') {
        yield* blocks.delta(at(value, 'index'), at(value, 'delta'));
      } else if (type === 'content_block_stop') yield* blocks.stop(at(value, 'index'));
      else if (type === 'message_stop') {
        yield* blocks.end();
        stopped = true;
      }
      yield { type: 'alive' };
      const reason = stopped ? ending.soFar() : undefined;
      if (reason !== undefined) yield { type: 'finish', reason, usage };
      if (type === 'message_stop') break;
    }
  } catch (error) {
    if (!stopped || ending.soFar() === undefined) throw error;
  }
  if (!understood) throw silent ? brokeOff(withoutAnswer) : unknownProtocol();
  if (!stopped) throw brokeOff('The answer ended before it was complete.');
  const reason = ending.reason();
  yield* blocks.end();
  yield { type: 'finish', reason, usage };
}
