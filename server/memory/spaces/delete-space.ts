import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { deleteSpace as contract } from '@/lib/memory/contract';
import { spaceKey } from '@/lib/memory/space';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { requireSpace } from '../find-space';
import { removeSpace } from '../space-store';
import { tellMemory } from '../tell';
import { whoOf } from '../who';

/** Deletes a space with all that it holds. Throws `not_found`. */
export async function deleteSpace(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const space = await requireSpace(pool, whoOf(actor), params.space);
  const key = spaceKey(space);
  await transaction(pool, async (client) => {
    await removeSpace(client, actor.workspaceId, space.id);
    const subject = { type: 'memory' as const, id: space.id };
    await insertAudit(client, actor, 'memory.deleted', subject, {
      space: key,
      entries: space.entryCount,
    });
  });
  tellMemory(bus, space);
  return { space: key };
}
