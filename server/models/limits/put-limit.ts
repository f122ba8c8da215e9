import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { putModelLimit as contract } from '@/lib/models/contract';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';

/** A call looks at two limits; a list of them all is for people. */
const maxLimits = 100;

/** Sets a limit, for calls from now on. Throws `conflict` where a workspace has too many. */
export async function putLimit(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
  { params: { provider }, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { model, requestsPerMinute, tokensPerMinute, atOnce } = body;
  await transaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `insert into model_limit
         (workspace_id, provider, model, requests_per_minute, tokens_per_minute, at_once, updated_by)
       select $1, $2, $3, $4, $5, $6, $7
       where (select count(*) from model_limit where workspace_id = $1) < $8
         or exists (select from model_limit where workspace_id = $1 and provider = $2 and model = $3)
       on conflict (workspace_id, provider, model) do update set
         requests_per_minute = $4, tokens_per_minute = $5, at_once = $6, updated_by = $7, updated_at = now()`,
      [
        ...[actor.workspaceId, provider, model, requestsPerMinute, tokensPerMinute, atOnce],
        ...[actor.userId, maxLimits],
      ],
    );
    if (rowCount === 0) {
      throw new AppError('conflict', `A workspace has at most ${maxLimits} limits of models.`);
    }
    const subject = { type: 'model', id: `${provider}/${model}` } as const;
    await insertAudit(client, actor, 'model.limited', subject, body);
  });
  return body;
}
