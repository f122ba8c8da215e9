import type { Pool } from 'pg';
import { type Speeds, speedKey } from '@/lib/models/modes';
import type { ProviderId } from '@/lib/models/schema';

const keptMs = 60_000;
/** Calls of a model from which its speed is known, and the newest that count. */
const fewest = 3;
const newest = 2_000;

/** How fast each model answered a workspace in the last 30 days: the median of its calls. Looked up once a minute. */
export function createSpeeds(pool: Pool): (workspaceId: string) => Promise<Speeds> {
  const known = new Map<string, { at: number; speeds: Promise<Speeds> }>();
  return (workspaceId) => {
    const last = known.get(workspaceId);
    if (last !== undefined && Date.now() - last.at < keptMs) return last.speeds;
    for (const [id, { at }] of known) if (Date.now() - at >= keptMs) known.delete(id);
    const speeds = readSpeeds(pool, workspaceId);
    known.set(workspaceId, { at: Date.now(), speeds });
    // A failure is the caller's to hear, and nobody else's.
    speeds.catch(() => known.delete(workspaceId));
    return speeds;
  };
}

async function readSpeeds(pool: Pool, workspaceId: string): Promise<Speeds> {
  const { rows } = await pool.query<{ provider: ProviderId; model: string; speed: number }>(
    `with latest as (
       select provider, model, output_tokens::float8 * 1000 / duration_ms as speed from model_call
       where workspace_id = $1 and state = 'settled' and error_code is null and started_at > now() - interval '30 days'
         and duration_ms > 0 and output_tokens > 0
       order by started_at desc limit ${newest}
     )
     select provider, model, percentile_cont(0.5) within group (order by speed) as speed from latest
     group by provider, model having count(*) >= ${fewest}`,
    [workspaceId],
  );
  return new Map(rows.map(({ provider, model, speed }) => [speedKey(provider, model), speed]));
}
