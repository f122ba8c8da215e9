import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { unpublishWorkflow as contract } from '@/lib/workflows/contract';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { noWorkflow } from './require-workflow';
import { lockWorkflow, setLive } from './store';

/**
 * Takes the live version off: triggers start nothing until one is live again. Versions, draft and runs under way stay.
 * Where nothing is live, nothing is done. Throws `conflict` when another version is live than the named one, `not_found`.
 */
export async function unpublishWorkflow(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Pick<Actor, 'workspaceId' | 'userId'>,
  { params: { id }, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const was = await transaction(pool, async (client) => {
    const locked = await lockWorkflow(client, actor.workspaceId, id);
    if (!locked) throw noWorkflow();
    const { liveVersion } = locked;
    if (liveVersion === null) return null;
    if (body?.version !== undefined && body.version !== liveVersion) {
      throw new AppError(
        'conflict',
        `Version ${liveVersion} is live by now, not version ${body.version}. Nothing was changed.`,
      );
    }
    await setLive(client, id, null);
    const detail = { version: liveVersion };
    await insertAudit(client, actor, 'workflow.unpublished', { type: 'workflow', id }, detail);
    return liveVersion;
  });
  if (was !== null) bus.publish(`workspace:${actor.workspaceId}`, { kind: 'workflow', id });
  return { liveVersion: null };
}
