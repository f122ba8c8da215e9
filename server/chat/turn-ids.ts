import { createHash, randomUUID } from 'node:crypto';
import type { TurnIds, Writer } from './open-turn';

/**
 * Ids of a new turn with so many answers; with an idempotency key always the same ones, so that a repeat finds the first.
 */
export function turnIds(
  actor: Writer,
  threadId: string,
  key: string | undefined,
  answers = 1,
): TurnIds {
  const idOf = (part: string) =>
    key === undefined
      ? randomUUID()
      : uuidOf(JSON.stringify(['turn', actor.workspaceId, actor.userId, threadId, key, part]));
  return {
    message: idOf('message'),
    answers: Array.from({ length: answers }, (_, at) => {
      const place = at === 0 ? '' : String(at);
      return { id: idOf(`answer${place}`), run: idOf(`run${place}`) };
    }),
  };
}

/** A UUID (version 8) that follows from a text. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
