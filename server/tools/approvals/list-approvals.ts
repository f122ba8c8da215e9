import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { listApprovals as contract } from '@/lib/tools/contract';
import type { Services } from '@/server/services';
import { viewApproval } from '../view';
import { waitingCalls } from './waiting-store';

/** Calls of tools that wait for a person of the workspace. */
export async function listApprovals(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  { query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  return { items: (await waitingCalls(pool, workspaceId, query.runId)).map(viewApproval) };
}
