import type { Pool } from 'pg';
import { listPrice, type TokenPrice } from '@/lib/models/price';
import type { ProviderId } from '@/lib/models/schema';

/** What a model costs a workspace: its own price, else the listed one; undefined where nobody knows. */
export async function priceOf(
  pool: Pool,
  workspaceId: string,
  provider: ProviderId,
  model: string,
): Promise<TokenPrice | undefined> {
  const { rows } = await pool.query<{ input_pico: string; output_pico: string; day: string }>(
    `select input_pico, output_pico, to_char(updated_at, 'YYYY-MM-DD') as day from model_price
     where workspace_id = $1 and provider = $2 and model = $3`,
    [workspaceId, provider, model],
  );
  const own = rows[0];
  if (own === undefined) return listPrice(provider, model);
  const list = `own ${own.day}`;
  return { input: BigInt(own.input_pico), output: BigInt(own.output_pico), list };
}
