import type { Pool } from 'pg';
import type { NodeContext } from '@/lib/nodes/node-type/define-node';
import type { PlanStep, RunMode } from '@/lib/runs/schema';
import { hashOf } from '@/server/idempotency/hash-of';
import { userOf } from './requests/user-of';

/** Where a step's output is kept: its workspace and the hash of all that it follows from. */
type Place = { workspaceId: string; key: string; ttlMs: number };
type Kept = { output: unknown; ports?: string[] };

/** The most that one output may weigh, as JSON, to be kept. */
const maxCharacters = 1_000_000;

/** Outputs that steps with a cache policy reuse from earlier ones of the same workspace. */
export function createStepCache(pool: Pool) {
  return {
    /** Undefined where the step has no such policy, or is rehearsed. */
    async placeOf(
      { workspaceId, runId }: { workspaceId: string; runId: string },
      mode: RunMode,
      step: PlanStep,
      context: Pick<NodeContext, 'evaluate' | 'memo'>,
    ): Promise<Place | undefined> {
      if (!step.cache || mode !== 'live' || context.memo !== undefined) return undefined;
      const { type, config, cache } = step;
      // What was asked with credentials is for the workflow and the person that may use them, and for no other one.
      const credentials = config.connection ? await userOf({ pool }, workspaceId, runId) : {};
      const key = hashOf({ type, config, key: await context.evaluate(cache.key), ...credentials });
      return { workspaceId, key, ttlMs: cache.ttlMs };
    },
    async read({ workspaceId, key }: Place): Promise<(Kept & { reason: string }) | undefined> {
      const { rows } = await pool.query<{ kept: Kept; age: number }>(
        `select kept, extract(epoch from now() - created_at)::float8 as age from step_cache
         where workspace_id = $1 and key = $2 and expires_at > now()`,
        [workspaceId, key],
      );
      const [found] = rows;
      if (found === undefined) return undefined;
      const age =
        found.age < 90 ? `${Math.round(found.age)} s` : `${Math.round(found.age / 60)} min`;
      return { ...found.kept, reason: `Taken from the cache, ${age} old.` };
    },
    async write({ workspaceId, key, ttlMs }: Place, { output, ports }: Kept): Promise<void> {
      const kept = JSON.stringify({ output, ...(ports === undefined ? {} : { ports }) });
      if (kept.length > maxCharacters) return;
      await pool.query(
        `insert into step_cache (workspace_id, key, kept, created_at, expires_at)
         values ($1, $2, $3, now(), now() + $4 * interval '1 millisecond')
         on conflict (workspace_id, key)
           do update set kept = excluded.kept, created_at = now(), expires_at = excluded.expires_at`,
        [workspaceId, key, kept, ttlMs],
      );
    },
  };
}
