import { z } from 'zod';

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/**
 * What an editor may say of edits of its own: that they were accepted from a suggestion (by its id), or restore a
 * revision (by its id) or a version (by its number). The server believes it of nothing else, and never `api` or `mend`.
 */
export const claimedOriginSchema = z
  .string()
  .max(50)
  .regex(new RegExp(`^(?:suggestion:${uuid}|restore:(?:${uuid}|v[1-9][0-9]{0,8}))$`))
  .transform((origin) => origin as ClaimedOrigin);
export type ClaimedOrigin = `suggestion:${string}` | `restore:${string}`;

/** A stored origin taken apart: through which door, and what it came from where that is known. */
export function partsOfOrigin(origin: string): { door: string; from: string | undefined } {
  const [door = '', from] = origin.split(':');
  return { door, from };
}
