import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { listSpaces as contract } from '@/lib/memory/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { spacesOf } from '../space-store';
import { viewSpace } from '../view';

/** Spaces that the actor may read: all but those of other people. */
export async function listSpaces(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId, userId }: Actor,
  _input: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  return { items: (await spacesOf(pool, workspaceId, userId)).map(viewSpace) };
}
