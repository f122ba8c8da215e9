import { type MessagePart, type ModelMessage, partsOf, picturesIn } from '@/lib/models/message';
import { opaqueOf } from '@/lib/models/parts/origin';
import type { ModelRequest, ProviderId } from '@/lib/models/schema';
import { dataUrlOf, messagesFor, turnStart, wireId } from './wire';

/** The messages of a request in OpenAI's chat protocol. */
export function toChatMessages(provider: ProviderId, request: ModelRequest): object[] {
  const messages = messagesFor(provider, request);
  const start = turnStart(messages);
  return messages.flatMap((message, index) =>
    message.role === 'user' ? fromUser(provider, message) : [fromAssistant(message, index > start)],
  );
}

function fromUser(provider: ProviderId, message: ModelMessage): object[] {
  if (typeof message.content === 'string') return [{ role: 'user', content: message.content }];
  const results = message.content.flatMap((part) =>
    part.type === 'tool-result'
      ? [{ role: 'tool', tool_call_id: wireId(part.id), content: part.text }]
      : [],
  );
  const text = textOf(message.content);
  const pictures = picturesIn(message);
  if (pictures.length > 0) {
    // Other servers do not know how closely one can look.
    const closely = provider === 'openai' ? { detail: 'high' } : {};
    const content = [
      ...pictures.map((picture) => ({
        type: 'image_url',
        image_url: { url: dataUrlOf(picture), ...closely },
      })),
      ...(text === '' ? [] : [{ type: 'text', text }]),
    ];
    return [...results, { role: 'user', content }];
  }
  return [...results, ...(text === '' ? [] : [{ role: 'user', content: text }])];
}

/** `current`: of the turn under way, whose thoughts some servers want to see again, and others refuse later. */
function fromAssistant(message: ModelMessage, current: boolean): object {
  const parts = partsOf(message);
  const calls = parts.flatMap((part) =>
    part.type === 'tool-call'
      ? [
          {
            id: wireId(part.id),
            type: 'function',
            function: { name: part.name, arguments: JSON.stringify(part.args) },
            ...opaqueOf(part),
          },
        ]
      : [],
  );
  const thoughts = parts.filter((part) => part.type === 'reasoning' && current);
  const text = textOf(parts);
  return {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
    ...Object.assign({}, ...thoughts.map(opaqueOf)),
  };
}

const textOf = (parts: readonly MessagePart[]) =>
  parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
