import type { ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { listLabels as contract } from '@/lib/workflows/organise/contract';
import type { Services } from '@/server/services';
import { readLabels } from './store';

/** Folders and tags of the workspace, and how many workflows there are in each. */
export function listLabels(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId, userId }: Actor,
): Promise<ResultOf<typeof contract>> {
  return readLabels(pool, workspaceId, userId);
}
