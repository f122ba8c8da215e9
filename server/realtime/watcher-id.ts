import { createHmac, randomInt } from 'node:crypto';

/** Above every id that is issued for edits, and above those of held-back suggestions. */
const first = 2 ** 52 + 2 ** 40;
const nonces = 2 ** 14;
const seals = 2 ** 37;

/**
 * Client ids of those who may only look: under them presence is told, and no edit is taken. They are sealed instead of
 * stored, so that a socket that comes back can keep its own, nobody can take another's, and looking writes no rows.
 */
export function watcherId(secret: string, workflowId: string, userId: string): number {
  return sealed(secret, workflowId, userId, randomInt(nonces));
}

/** Whether the id was given to this person for this workflow. */
export function isWatcherId(
  secret: string,
  workflowId: string,
  userId: string,
  id: number,
): boolean {
  if (!Number.isSafeInteger(id) || id < first) return false;
  return sealed(secret, workflowId, userId, Math.floor((id - first) / seals)) === id;
}

function sealed(secret: string, workflowId: string, userId: string, nonce: number): number {
  const hash = createHmac('sha256', secret)
    .update(`watcher\0${workflowId}\0${userId}\0${nonce}`)
    .digest();
  return first + nonce * seals + (hash.readUIntBE(0, 6) % seals);
}
