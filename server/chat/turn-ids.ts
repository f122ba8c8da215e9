import { createHash, randomUUID } from 'node:crypto';
import type { TurnIds, Writer } from './open-turn';

/** Ids of a new turn; with an idempotency key always the same ones, so that a repeat finds the first. */
export function turnIds(actor: Writer, threadId: string, key: string | undefined): TurnIds {
  if (key === undefined) return { message: randomUUID(), answer: randomUUID(), run: randomUUID() };
  const derived = (part: string) =>
    uuidOf(JSON.stringify(['turn', actor.workspaceId, actor.userId, threadId, key, part]));
  return { message: derived('message'), answer: derived('answer'), run: derived('run') };
}

/** A UUID (version 8) that follows from a text. */
function uuidOf(text: string): string {
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
