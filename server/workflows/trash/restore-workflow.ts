import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { isAppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import { searchableOf } from '@/lib/workflows/draft/searchable';
import type { restoreWorkflow as contract } from '@/lib/workflows/trash-contract';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { resumeSchedules } from '@/server/triggers/resume-schedules';
import { noWorkflow } from '../require-workflow';
import { findWorkflow } from '../store';
import { takeFromTrash } from './store';

/**
 * Takes a workflow out of the trash as it was. Its triggers go on from now: times that passed meanwhile are not made up
 * for. Where it is outside already, nothing is done. Throws `not_found`, also once it is being deleted for good.
 */
export async function restoreWorkflow(
  { pool, bus, drafts }: Pick<Services, 'pool' | 'bus' | 'drafts'>,
  actor: Actor,
  { params: { id } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { workspaceId } = actor;
  const restored = await transaction(pool, async (client) => {
    const name = await takeFromTrash(client, workspaceId, id);
    if (name === undefined) return undefined;
    await resumeSchedules(client, workspaceId, id, Date.now());
    await insertAudit(client, actor, 'workflow.undeleted', { type: 'workflow', id }, { name });
    return name;
  });
  if (restored === undefined) {
    const there = await findWorkflow(pool, workspaceId, id);
    if (!there) throw noWorkflow();
    return { id, name: there.name };
  }
  const name = await nameByDraft(drafts, id).catch((error: unknown) => {
    // Somebody has deleted it again already.
    if (isAppError(error) && error.code === 'not_found') return restored;
    throw error;
  });
  bus.publish(`workspace:${workspaceId}`, { kind: 'workflow', id });
  bus.publish(`workspace:${workspaceId}`, { kind: 'trigger', id });
  return { id, name };
}

/** The last edits may have been stored when the row no longer followed the draft. */
async function nameByDraft(drafts: Services['drafts'], id: string): Promise<string> {
  const row = searchableOf(await drafts.read(id));
  await drafts.touch(id, row);
  return row.name;
}
