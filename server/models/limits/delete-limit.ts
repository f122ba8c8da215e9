import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { deleteModelLimit as contract } from '@/lib/models/contract';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';

/** Removes a limit, for calls from now on. Throws `not_found` where there is none. */
export async function deleteLimit(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
  { params: { provider }, query: { model } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  await transaction(pool, async (client) => {
    const { rowCount } = await client.query(
      'delete from model_limit where workspace_id = $1 and provider = $2 and model = $3',
      [actor.workspaceId, provider, model],
    );
    if (rowCount === 0) throw new AppError('not_found', 'There is no such limit.');
    const subject = { type: 'model', id: `${provider}/${model}` } as const;
    await insertAudit(client, actor, 'model.unlimited', subject);
  });
  return { provider, model };
}
