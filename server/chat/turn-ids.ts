import { randomUUID } from 'node:crypto';
import { uuidOf } from '@/server/db/uuid-of';
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
