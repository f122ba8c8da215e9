import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { promoteVersion as contract } from '@/lib/workflows/contract';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { noWorkflow } from './require-workflow';
import { lockWorkflow, setLive, versionExists } from './store';

/**
 * Makes a published version the live one again, as it is; the draft stays. Of the one that is live already nothing is
 * done. Throws `conflict` when another version is live than the one that is to be replaced, `not_found`.
 */
export async function promoteVersion(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Pick<Actor, 'workspaceId' | 'userId'>,
  { params: { id, number }, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const changed = await transaction(pool, async (client) => {
    const locked = await lockWorkflow(client, actor.workspaceId, id);
    if (!locked) throw noWorkflow();
    const { liveVersion } = locked;
    if (!(await versionExists(client, id, number))) {
      throw new AppError('not_found', `Version ${number} does not exist.`);
    }
    if (liveVersion === number) return false;
    if (body?.replaces !== undefined && body.replaces !== liveVersion) {
      const now = liveVersion === null ? 'No version' : `Version ${liveVersion}`;
      throw new AppError('conflict', `${now} is live by now. Nothing was changed.`);
    }
    await setLive(client, id, number);
    const detail = { version: number, replaced: liveVersion };
    await insertAudit(client, actor, 'workflow.promoted', { type: 'workflow', id }, detail);
    return true;
  });
  if (changed) bus.publish(`workspace:${actor.workspaceId}`, { kind: 'workflow', id });
  return { liveVersion: number };
}
