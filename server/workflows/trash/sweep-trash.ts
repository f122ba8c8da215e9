import { trashDays } from '@/lib/workflows/trash';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { finishPurge } from './finish-purge';
import { halfPurged, holdOverdue, markPurged } from './store';

/** Workflows of one look: what is more waits for the next one. */
const maxAtOnce = 20;
const everyMs = 10 * 60_000;

/**
 * Deletes workflows for good whose days in the trash are over, and finishes what was begun by somebody who died. Any
 * number of processes may do it at once: each takes rows that no other one holds. Gives how many are gone.
 */
export async function sweepTrash(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  limit = maxAtOnce,
): Promise<number> {
  const marked = await transaction(pool, async (client) => {
    const overdue = await holdOverdue(client, trashDays, limit);
    await markPurged(
      client,
      overdue.map(({ id }) => id),
    );
    for (const { id, workspaceId, name } of overdue) {
      const nobody = { workspaceId, userId: null };
      await insertAudit(client, nobody, 'workflow.purged', { type: 'workflow', id }, { name });
    }
    return overdue;
  });
  for (const { id, workspaceId } of marked) {
    bus.publish(`workspace:${workspaceId}`, { kind: 'workflow', id });
  }
  let gone = 0;
  for (const id of await halfPurged(pool, limit)) {
    if (await finishPurge(pool, id)) gone += 1;
  }
  return gone;
}

/** Sweeps again and again, from a while after the start on, until it is stopped. */
export function startTrashSweeper(services: Pick<Services, 'pool' | 'bus' | 'log'>) {
  const { log } = services;
  const sweep = () => {
    sweepTrash(services)
      .then((gone) => {
        if (gone > 0) log.info({ gone }, 'workflows in the trash were deleted for good');
      })
      .catch((error: unknown) => log.warn({ err: error }, 'the trash could not be swept'));
  };
  const timer = setInterval(sweep, everyMs);
  return { stop: () => clearInterval(timer) };
}
