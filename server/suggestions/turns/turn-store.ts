import type { Pool, PoolClient } from 'pg';
import type { Change } from '@/lib/suggestions/schema';
import type { Turn } from '../store';

export type TurnRow = {
  id: string;
  workflowId: string;
  status: string;
  authorId: string | null;
  changes: Change[];
  update: Buffer;
  turn: Turn;
};

const columns = `id, workflow_id as "workflowId", status, author_id as "authorId", changes, update, turn`;

/** What an agent makes in a run. With `lock`, no other attempt changes it until the transaction ends. */
export async function suggestionOfRun(
  db: Pool | PoolClient,
  { workspaceId, runId }: { workspaceId: string; runId: string },
  lock = false,
): Promise<TurnRow | undefined> {
  const found = await db.query<TurnRow>(
    `select ${columns} from suggestion where run_id = $1 and workspace_id = $2
     ${lock ? 'for update' : ''}`,
    [runId, workspaceId],
  );
  return found.rows[0];
}

export async function keepTurn(
  db: PoolClient,
  id: string,
  { changes, update, turn }: Pick<TurnRow, 'changes' | 'turn'> & { update: Uint8Array },
): Promise<void> {
  await db.query(
    `update suggestion set changes = $2, update = $3, turn = $4, updated_at = now() where id = $1`,
    [id, JSON.stringify(changes), update, JSON.stringify(turn)],
  );
}

/** Ends the making of one, once; says whether this ended it. */
export async function endMaking(
  db: Pool | PoolClient,
  id: string,
  to: { status: 'open' | 'withdrawn'; note: string },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update suggestion set status = $2, note = $3, updated_at = now()
     where id = $1 and status = 'making'`,
    [id, to.status, to.note],
  );
  return rowCount === 1;
}

/** Runs in which agents make suggestions for a workflow. */
export async function runsMaking(
  pool: Pool,
  workflowId: string,
): Promise<{ id: string; workspaceId: string; runId: string }[]> {
  const found = await pool.query<{ id: string; workspaceId: string; runId: string }>(
    `select id, workspace_id as "workspaceId", run_id as "runId" from suggestion
     where workflow_id = $1 and status = 'making' and run_id is not null`,
    [workflowId],
  );
  return found.rows;
}
