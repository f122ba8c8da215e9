import { randomUUID } from 'node:crypto';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { createTable as contract } from '@/lib/data-tables/contract';
import { maxTables } from '@/lib/data-tables/schema';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { newColumns } from './columns';
import { holdTableCount, insertTable, isTaken } from './store';
import { nameTaken, requireTable, viewTable } from './view';

/** Makes an empty table. Throws `conflict` for a taken name or where there are too many. */
export async function createTable(
  services: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { body: { name, columns } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { workspaceId, userId } = actor;
  const id = randomUUID();
  try {
    await transaction(services.pool, async (client) => {
      if ((await holdTableCount(client, workspaceId)) >= maxTables) {
        throw new AppError('conflict', `A workspace may have ${maxTables} tables.`);
      }
      const made = { id, workspaceId, name, columns: newColumns(columns, []), createdBy: userId };
      await insertTable(client, made);
      await insertAudit(client, actor, 'table.created', { type: 'table', id }, { name });
    });
  } catch (error) {
    throw isTaken(error) ? nameTaken(name) : error;
  }
  services.bus.publish(`workspace:${workspaceId}`, { kind: 'table', id });
  return viewTable(await requireTable(services, actor, id));
}
