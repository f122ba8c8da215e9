import type { StreamPart } from '@/lib/models/schema';
import { at, listIn, objectIn, textIn } from '@/lib/values/unknown';
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
  } else if (type === 'response.output_item.done') yield* readItem(reader, at(value, 'item'));
  const whole = at(value, 'object') === 'response';
  const response = whole ? value : at(value, 'response');
  if (whole) yield* wholeItems(reader, response);
  else if (type === 'response.completed') {
    for (const item of listIn(at(response, 'output'))) yield* readCall(reader, item);
  }
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

function* wholeItems(reader: Reader, response: unknown): Generator<StreamPart> {
  for (const item of listIn(at(response, 'output'))) {
    for (const part of listIn(at(item, 'content'))) {
      const text = textIn(at(part, 'text'));
      if (text !== undefined) yield { type: 'text-delta', text };
    }
    yield* readItem(reader, item);
  }
}

/** An item of the answer that is over. The vendor wants each again as it was, thoughts only where they are sealed. */
function* readItem(reader: Reader, value: unknown): Generator<StreamPart> {
  const item = objectIn(value);
  if (item === undefined) return;
  if (item.type === 'reasoning' && textIn(item.encrypted_content) !== undefined) {
    yield { type: 'sealed', kind: 'reasoning', opaque: { ...item } };
  } else if (item.type === 'message' && textIn(item.id) !== undefined) {
    yield { type: 'sealed', kind: 'text', opaque: { ...item } };
  } else yield* readCall(reader, item);
}

function* readCall(reader: Reader, value: unknown): Generator<StreamPart> {
  const item = objectIn(value);
  const type = textIn(item?.type) ?? '';
  if (item === undefined || !type.endsWith('_call')) return;
  reader.ending.tool();
  const id = textIn(item.call_id) ?? textIn(item.id);
  const key = id ?? `${reader.places.size}`;
  const place = reader.places.get(key) ?? reader.places.size;
  reader.places.set(key, place);
  const args = textIn(item.arguments) ?? '';
  const name = textIn(item.name) ?? type;
  const named = id === undefined ? {} : { id };
  yield { type: 'tool-call', place, ...named, name, argsText: args, opaque: { ...item } };
}
