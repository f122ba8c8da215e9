import type { Content, Part } from '@google/genai';
import { type MessagePart, type ModelMessage, partsOf } from '@/lib/models/message';
import { opaqueOf } from '@/lib/models/parts/origin';
import type { ModelRequest } from '@/lib/models/schema';
import { at, isRecord, textIn } from '@/lib/values/unknown';
import { dataOf, messagesFor } from './wire';

/** What stands in place of a signature for calls of another model; newer models refuse a call without any. */
const unsigned = 'skip_thought_signature_validator';

/** The messages of a request in Gemini's protocol. Results are matched by their names and order. */
export function toContents(request: ModelRequest): Content[] {
  const ids = new Map<string, string>();
  return messagesFor('google', request).map((message) => ({
    role: message.role === 'assistant' ? 'model' : 'user',
    parts: toParts(message, ids),
  }));
}

function toParts(message: ModelMessage, ids: Map<string, string>): Part[] {
  if (typeof message.content === 'string') return [{ text: message.content }];
  let first = true;
  return partsOf(message).flatMap((part): Part[] => {
    if (part.type !== 'tool-call') return toPart(part, ids);
    const opaque = opaqueOf(part);
    const id = textIn(at(opaque, 'functionCall', 'id'));
    if (id !== undefined) ids.set(part.id, id);
    const signed = first && opaque === undefined ? { thoughtSignature: unsigned } : {};
    first = false;
    if (isPart(opaque)) return [opaque];
    return [{ functionCall: { name: part.name, args: part.args }, ...signed }];
  });
}

function toPart(
  part: Exclude<MessagePart, { type: 'tool-call' }>,
  ids: Map<string, string>,
): Part[] {
  if (part.type === 'picture') {
    return [{ inlineData: { mimeType: part.mediaType, data: dataOf(part) } }];
  }
  if (part.type === 'tool-result') {
    const id = ids.get(part.id);
    const response = part.error ? { error: part.text } : { output: part.text };
    return [{ functionResponse: { name: part.name, response, ...(id ? { id } : {}) } }];
  }
  const signature = textIn(opaqueOf(part)?.thoughtSignature);
  if (part.type === 'reasoning') {
    if (signature === undefined) return [];
    return [{ text: part.text ?? '', thought: true, thoughtSignature: signature }];
  }
  return [{ text: part.text, ...(signature === undefined ? {} : { thoughtSignature: signature }) }];
}

/** What Gemini sent as a part is one. */
const isPart = (value: unknown): value is Part => isRecord(value);
