import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { messageStats as contract } from '@/lib/messages/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { countsOf } from '../mailbox-store';
import { flowsOf, hoursOf, waitsOf } from './stats-store';

/** Where all that was sent is now, and how the last day went; every number is counted from rows. */
export async function messageStats(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId, userId }: Actor,
  _input: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const [counts, waits, hours, flows] = await Promise.all([
    countsOf(pool, workspaceId),
    waitsOf(pool, workspaceId),
    hoursOf(pool, workspaceId),
    flowsOf(pool, workspaceId, userId),
  ]);
  return { ...counts, ...waits, hours, flows };
}
