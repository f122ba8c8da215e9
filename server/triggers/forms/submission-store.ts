import type { Pool } from 'pg';
import type { RunStatus } from '@/lib/runs/schema';

/** The run of a submission. */
export type SubmittedRun = {
  id: string;
  status: RunStatus;
  ended: boolean;
  input: unknown;
  output: unknown;
};

export async function findSubmission(
  pool: Pool,
  workspaceId: string,
  key: string,
): Promise<SubmittedRun | undefined> {
  const { rows } = await pool.query<SubmittedRun>(
    `select id, status, finished_at is not null as ended, input, output from run
     where workspace_id = $1 and idempotency_key = $2`,
    [workspaceId, key],
  );
  return rows[0];
}
