import type { PoolClient } from 'pg';
import type { Actor } from '@/lib/people/schema';

/** Ends an experiment that runs: runs that are under way keep to it, later ones do not take part. */
export async function endExperiment(client: PoolClient, actor: Actor, id: string): Promise<void> {
  await client.query(
    `update experiment set state = 'ended', ended_at = clock_timestamp(), end_reason = $3
     where id = $1 and workspace_id = $2 and state = 'running'`,
    [id, actor.workspaceId, `${actor.name} ended it.`],
  );
}
