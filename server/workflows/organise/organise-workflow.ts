import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { organiseWorkflow as contract } from '@/lib/workflows/organise/contract';
import { changeTags, tagLimits } from '@/lib/workflows/organise/tags';
import { transaction } from '@/server/db/transaction';
import type { Services } from '@/server/services';
import { requireWorkflow } from '../require-workflow';
import { holdPlace, setPlace } from './store';

/**
 * Moves a workflow to a folder and changes its tags. Each tag that somebody adds or takes away at the same time counts;
 * of two folders the later one does. Throws `not_found`, `invalid_input` for too many tags.
 */
export async function organiseWorkflow(
  services: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { params: { id }, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { pool, bus } = services;
  await requireWorkflow(services, actor, id);
  const place = await transaction(pool, async (client) => {
    const was = await holdPlace(client, actor.workspaceId, id);
    if (!was) throw new AppError('not_found', 'This workflow does not exist.');
    const { addTags: add, removeTags: remove } = body;
    const tags = changeTags(body.tags ?? was.tags, {
      ...(add ? { add } : {}),
      ...(remove ? { remove } : {}),
    });
    if (tags.length > tagLimits.count) {
      throw new AppError(
        'invalid_input',
        `A workflow has at most ${tagLimits.count} tags. Take some away first.`,
      );
    }
    const now = { folder: body.folder ?? was.folder, tags };
    await setPlace(client, id, now);
    return now;
  });
  bus.publish(`workspace:${actor.workspaceId}`, { kind: 'workflow', id });
  return { id, ...place };
}
