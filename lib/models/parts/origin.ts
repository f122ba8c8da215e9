import type { JsonObject, MessagePart, ModelMessage } from '../message';
import type { ProviderId } from '../schema';

/** The models that understand each other's opaque data: one model and its dated snapshots. */
export function familyOf(model: string): string {
  return model.replace(/-(?:\d{8}|\d{4}-\d{2}-\d{2}|latest)$/, '');
}

/**
 * The messages as one model may see them: what was opaque to others is left out, thoughts together with it, and what
 * is left empty too.
 */
export function withoutForeign(
  messages: readonly ModelMessage[],
  provider: ProviderId,
  model: string,
): ModelMessage[] {
  const family = familyOf(model);
  const own = (part: MessagePart) =>
    'origin' in part && part.origin?.provider === provider && part.origin.family === family;
  return messages.flatMap((message) => {
    if (typeof message.content === 'string') return [message];
    const content = message.content.flatMap((part): MessagePart[] => {
      if (own(part) || part.type === 'tool-result' || part.type === 'picture') return [part];
      if (part.type === 'reasoning') return [];
      const { origin: _, ...bare } = part;
      return part.type === 'text' && part.text === '' ? [] : [bare];
    });
    return content.length === 0 ? [] : [{ ...message, content }];
  });
}

/** What the vendor of a part wants to see again. Only of messages that went through {@link withoutForeign}. */
export function opaqueOf(part: MessagePart): JsonObject | undefined {
  return 'origin' in part ? part.origin?.opaque : undefined;
}
