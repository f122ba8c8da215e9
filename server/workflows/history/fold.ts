import type { PoolClient } from 'pg';
import { type Burst, burstsOf } from '@/lib/history/bursts';
import type { ChangedPaths } from '@/lib/workflows/changes/changed-paths';
import { cutsOf } from './store';

type Folded = { seq: string; userId: string | null; source: string; at: string };

/**
 * Takes the updates up to a number out of the rows and writes down who changed what, in the caller's transaction,
 * which has replaced them by a state. Whoever deletes an update's row writes its change: exactly once.
 */
export async function foldUpdates(
  client: PoolClient,
  workflowId: string,
  upTo: number,
  changedPaths: ReadonlyMap<number, ChangedPaths>,
): Promise<Burst[]> {
  const deleted = await client.query<Folded>(
    `delete from draft_update where workflow_id = $1 and seq <= $2 and not quarantined
     returning seq, user_id as "userId", origin as source, (extract(epoch from at) * 1000)::bigint as at`,
    [workflowId, upTo],
  );
  const changes = deleted.rows
    .map(({ seq, userId, source, at }) => ({
      seq: Number(seq),
      userId,
      source,
      at: Number(at),
      changedPaths: changedPaths.get(Number(seq)) ?? {},
    }))
    .sort((a, b) => a.seq - b.seq);
  const bursts = burstsOf(changes, await cutsOf(client, workflowId));
  if (bursts.length > 0) await insertBursts(client, workflowId, bursts);
  return bursts;
}

async function insertBursts(client: PoolClient, workflowId: string, bursts: Burst[]) {
  await client.query(
    `insert into draft_change
       (workflow_id, from_seq, to_seq, user_id, origin, touched, started_at, ended_at)
     select $1, f, t, u, o, j, to_timestamp(s / 1000.0), to_timestamp(e / 1000.0)
     from unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::jsonb[], $7::bigint[],
       $8::bigint[]) as b (f, t, u, o, j, s, e)`,
    [
      workflowId,
      bursts.map((burst) => burst.fromSeq),
      bursts.map((burst) => burst.toSeq),
      bursts.map((burst) => burst.userId),
      bursts.map((burst) => burst.source),
      bursts.map((burst) => JSON.stringify(burst.changedAt)),
      bursts.map((burst) => burst.startedAt),
      bursts.map((burst) => burst.endedAt),
    ],
  );
}
