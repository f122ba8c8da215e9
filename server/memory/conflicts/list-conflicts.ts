import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { listConflicts as contract } from '@/lib/memory/contract';
import { readSpace } from '@/lib/memory/space';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { openConflicts } from '../conflict-store';
import { requireSpace } from '../find-space';
import { viewConflict } from '../view';
import { whoOf } from '../who';

/** Writes that wait for a decision, of one space or of all that the actor may read. Throws `not_found`. */
export async function listConflicts(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
  { query: { space: key } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const asked = { workspaceId: actor.workspaceId, personId: actor.userId };
  if (key === undefined) return { items: (await openConflicts(pool, asked)).map(viewConflict) };
  const read = readSpace(key);
  if (!read.ok) throw new AppError('invalid_input', `space: "${key}" ${read.problem}.`);
  const { id } = await requireSpace(pool, whoOf(actor), read.space);
  return { items: (await openConflicts(pool, { ...asked, spaceId: id })).map(viewConflict) };
}
