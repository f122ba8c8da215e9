import { z } from 'zod';

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/**
 * What an editor may say of edits of its own: that they were accepted from a suggestion (by its id), or restore a
 * revision (by its id) or a version (by its number). The server believes it of nothing else, and never `api` or `repair`.
 */
export const claimedSourceSchema = z
  .string()
  .max(50)
  .regex(new RegExp(`^(?:suggestion:${uuid}|restore:(?:${uuid}|v[1-9][0-9]{0,8}))$`))
  .transform((source) => source as ClaimedSource);
export type ClaimedSource = `suggestion:${string}` | `restore:${string}`;

/** A stored source taken apart: its kind, and what it came from where that is known. */
export function partsOfSource(source: string): { kind: string; from: string | undefined } {
  const [kind = '', from] = source.split(':');
  // Rows of version 0.1 call repairs `mend`.
  return { kind: kind === 'mend' ? 'repair' : kind, from };
}
