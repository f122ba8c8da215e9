import type { StreamPart } from '@/lib/models/schema';
import { at, listIn, textIn } from '@/lib/values/unknown';
import { countedIn, larger } from './counts';
import type { Reader } from './read-chat';

/** One event of OpenAI's Responses protocol, or a whole answer of it. Failures among them are known before. */
export function* readResponseEvent(reader: Reader, value: unknown): Generator<StreamPart> {
  reader.understood = true;
  const type = textIn(at(value, 'type')) ?? '';
  const delta = textIn(at(value, 'delta'));
  if (type === 'response.output_text.delta' && delta) yield { type: 'text-delta', text: delta };
  else if (/^response\.reasoning.*\.delta$/.test(type) && delta) {
    yield { type: 'thinking-delta', text: delta };
  } else if (type === 'response.refusal.delta' && delta) {
    reader.ending.say('refusal');
    yield { type: 'text-delta', text: delta };
  } else if (type === 'response.output_item.added' || type === 'response.output_item.done') {
    if (/_call$/.test(textIn(at(value, 'item', 'type')) ?? '')) {
      reader.ending.tool(textIn(at(value, 'item', 'name')));
    }
  }
  const whole = at(value, 'object') === 'response';
  const response = whole ? value : at(value, 'response');
  if (whole) yield* wholeText(response);
  const counted = countedIn(at(response, 'usage'));
  if (counted !== undefined) {
    reader.usage = larger(reader.usage, counted);
    yield { type: 'usage', usage: reader.usage };
  }
  if (whole || /^response\.(completed|incomplete|failed|cancelled)$/.test(type)) {
    const reason = at(response, 'incomplete_details', 'reason');
    const status = textIn(at(response, 'status')) ?? type.slice('response.'.length);
    if (status === 'incomplete') reader.ending.say(textIn(reason) ?? 'incomplete');
    else reader.ending.say(status === 'failed' ? 'error' : status);
  }
  yield { type: 'alive' };
}

function* wholeText(response: unknown): Generator<StreamPart> {
  for (const item of listIn(at(response, 'output'))) {
    for (const part of listIn(at(item, 'content'))) {
      const text = textIn(at(part, 'text'));
      if (text !== undefined) yield { type: 'text-delta', text };
    }
  }
}
