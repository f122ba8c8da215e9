import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { putModelPrice as contract } from '@/lib/spending/contract';
import { picoOf } from '@/lib/spending/pico';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';

/** Sets a workspace's own price of a model; calls from now on cost it. */
export async function putModelPrice(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { provider, model } = params;
  // A million tokens for a dollar are a millionth of a dollar each.
  const perToken = (usd: string) => (picoOf(usd) ?? 0n) / 1_000_000n;
  await transaction(pool, async (client) => {
    await client.query(
      `insert into model_price (workspace_id, provider, model, input_pico, output_pico, updated_by)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (workspace_id, provider, model) do update
         set input_pico = $4, output_pico = $5, updated_by = $6, updated_at = now()`,
      [
        actor.workspaceId,
        provider,
        model,
        perToken(body.inputUsdPerMillion),
        perToken(body.outputUsdPerMillion),
        actor.userId,
      ],
    );
    const subject = { type: 'model', id: `${provider}/${model}` } as const;
    await insertAudit(client, actor, 'model.priced', subject, body);
  });
  return { provider, model, ...body };
}
