import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { rightsOfPerson } from '@/server/tools/rights';

/** Whether somebody may read chats of their workspace by now. */
export async function mayStillRead(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId, userId }: Pick<Actor, 'workspaceId' | 'userId'>,
): Promise<boolean> {
  const role = await rightsOfPerson(pool, workspaceId, userId);
  return role !== undefined && can(role, 'chat.read');
}
