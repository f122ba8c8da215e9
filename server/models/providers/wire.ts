import { type ModelMessage, type PicturePart, textOfMessage } from '@/lib/models/message';
import { withoutForeign } from '@/lib/models/parts/origin';
import { pairTools } from '@/lib/models/parts/pair-tools';
import type { ModelRequest, ProviderId } from '@/lib/models/schema';
import { hashText } from '@/lib/models/seed';

/** The messages as this provider may see them: each call with its result, nothing that was sealed for others. */
export function messagesFor(provider: ProviderId, request: ModelRequest): ModelMessage[] {
  return withoutForeign(pairTools(request.messages), provider, request.model);
}

/** An id that every vendor takes, the same each time. */
export function wireId(id: string): string {
  return /^[A-Za-z0-9_-]{1,64}$/.test(id) ? id : `call_${hashText(id).toString(36)}`;
}

/** The bytes of a picture as base64. Whoever calls a model has read them. */
export function dataOf({ data, name }: PicturePart): string {
  if (data === undefined) throw new Error(`the picture ${name} was not read before the call`);
  return data;
}

/** The same as an address. */
export const dataUrlOf = (picture: PicturePart): string =>
  `data:${picture.mediaType};base64,${dataOf(picture)}`;

/** Where the turn begins that is under way: behind it, what was thought belongs to the answer that is asked for. */
export function turnStart(messages: readonly ModelMessage[]): number {
  return messages.findLastIndex(
    (message) => message.role === 'user' && textOfMessage(message) !== '',
  );
}
