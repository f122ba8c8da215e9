import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { deleteModelPrice as contract } from '@/lib/spending/contract';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';

/** Goes back to the listed price of a model. Throws `not_found` where the workspace has none of its own. */
export async function deleteModelPrice(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { provider, model } = params;
  await transaction(pool, async (client) => {
    const { rowCount } = await client.query(
      'delete from model_price where workspace_id = $1 and provider = $2 and model = $3',
      [actor.workspaceId, provider, model],
    );
    if (rowCount === 0) throw new AppError('not_found', 'This model has no price of your own.');
    const subject = { type: 'model', id: `${provider}/${model}` } as const;
    await insertAudit(client, actor, 'model.unpriced', subject);
  });
  return params;
}
