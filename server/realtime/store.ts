import type { Pool } from 'pg';
import { type Role, roleSchema } from '@/lib/people/schema';
import type { RunEvent } from '@/lib/runs/schema';

/** What sockets ask the rows for, again and again: one statement each, whatever the number of sockets. */
export type RealtimeStore = ReturnType<typeof createRealtimeStore>;

export const pairKey = (userId: string, workspaceId: string): string => `${userId}\n${workspaceId}`;

export function createRealtimeStore(pool: Pool) {
  return {
    /** Workspace of a workflow that is not deleted. */
    async workspaceOfWorkflow(workflowId: string): Promise<string | undefined> {
      const found = await pool.query<{ workspace_id: string }>(
        'select workspace_id from workflow where id = $1 and deleted_at is null',
        [workflowId],
      );
      return found.rows[0]?.workspace_id;
    },

    async workspaceOfRun(runId: string): Promise<string | undefined> {
      const found = await pool.query<{ workspace_id: string }>(
        'select workspace_id from run where id = $1',
        [runId],
      );
      return found.rows[0]?.workspace_id;
    },

    /** Roles by {@link pairKey}; a pair without membership is not there. */
    async roles(
      pairs: readonly { userId: string; workspaceId: string }[],
    ): Promise<Map<string, Role>> {
      const found = await pool.query<{ userId: string; organizationId: string; role: string }>({
        name: 'realtime-roles',
        text: `select m."userId", m."organizationId", m.role from member m
          join unnest($1::text[], $2::text[]) as p (user_id, workspace_id)
            on m."userId" = p.user_id and m."organizationId" = p.workspace_id`,
        values: [pairs.map((pair) => pair.userId), pairs.map((pair) => pair.workspaceId)],
      });
      return new Map(
        found.rows.map((row) => [
          pairKey(row.userId, row.organizationId),
          roleSchema.catch('viewer').parse(row.role),
        ]),
      );
    },

    /** Those of the sessions that are still good. */
    async liveSessions(ids: readonly string[]): Promise<Set<string>> {
      const found = await pool.query<{ id: string }>({
        name: 'realtime-sessions',
        text: 'select id from session where id = any($1) and "expiresAt" > now()',
        values: [ids],
      });
      return new Set(found.rows.map((row) => row.id));
    },

    /** Those of the workflows that are not deleted. */
    async liveWorkflows(ids: readonly string[]): Promise<Set<string>> {
      const found = await pool.query<{ id: string }>({
        name: 'realtime-workflows',
        text: 'select id from workflow where id = any($1::uuid[]) and deleted_at is null',
        values: [ids],
      });
      return new Set(found.rows.map((row) => row.id));
    },

    /** Events of a run after a number, in order, at most `limit`. */
    async runEvents(runId: string, after: number, limit: number): Promise<RunEvent[]> {
      const found = await pool.query<{ seq: number; at: string; type: string; data: object }>({
        name: 'realtime-run-events',
        text: `select seq, (extract(epoch from at) * 1000)::bigint as at, type, data from run_event
          where run_id = $1 and seq > $2 order by seq limit $3`,
        values: [runId, after, limit],
      });
      return found.rows.map(
        ({ data, seq, at, type }) => ({ ...data, seq, at: Number(at), type }) as RunEvent,
      );
    },
  };
}
