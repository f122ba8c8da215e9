import type { Pool } from 'pg';
import { usdOf } from '@/lib/spending/pico';

export type OwnPrice = { provider: string; model: string; input: number; output: number };

/** A workspace's own prices, in US dollars per million tokens. */
export async function ownPrices(pool: Pool, workspaceId: string): Promise<OwnPrice[]> {
  const { rows } = await pool.query<{
    provider: string;
    model: string;
    input_pico: string;
    output_pico: string;
  }>(
    'select provider, model, input_pico, output_pico from model_price where workspace_id = $1 order by model limit 500',
    [workspaceId],
  );
  const perMillion = (pico: string) => Number(usdOf(BigInt(pico) * 1_000_000n));
  return rows.map(({ provider, model, input_pico, output_pico }) => ({
    provider,
    model,
    input: perMillion(input_pico),
    output: perMillion(output_pico),
  }));
}
