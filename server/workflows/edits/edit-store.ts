import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import { type Change, changeSchema } from '@/lib/suggestions/schema';

/** Edits through the API that are kept for taking back, for each workflow. */
const maxKept = 200;
const changesSchema = z.array(changeSchema);

/** Keeps what an edit changed, and lets the oldest go. Gives its id. */
export async function insertEdit(
  db: Pool | PoolClient,
  workflowId: string,
  by: { userId: string | null; source: string },
  changes: readonly Change[],
): Promise<string> {
  const inserted = await db.query<{ id: string }>(
    `with gone as (
       delete from draft_edit where workflow_id = $1 and id in (
         select id from draft_edit where workflow_id = $1 order by created_at desc offset $5
       )
     )
     insert into draft_edit (id, workflow_id, user_id, origin, changes)
     values (gen_random_uuid(), $1, $2, $3, $4) returning id`,
    [workflowId, by.userId, by.source, JSON.stringify(changes), maxKept - 1],
  );
  const id = inserted.rows[0]?.id;
  if (id === undefined) throw new Error('an edit was not kept');
  return id;
}

/** An edit that was not taken back. */
export async function findEdit(
  pool: Pool,
  workflowId: string,
  id: string,
): Promise<{ userId: string | null; changes: Change[]; undone: boolean } | undefined> {
  const found = await pool.query<{ userId: string | null; changes: unknown; undone: boolean }>(
    `select user_id as "userId", changes, undone_at is not null as undone
     from draft_edit where workflow_id = $1 and id = $2`,
    [workflowId, id],
  );
  const [row] = found.rows;
  return row && { ...row, changes: changesSchema.parse(row.changes) };
}

/** Notes that an edit is taken back, in the transaction that does it: false when it was before. */
export async function claimUndo(db: PoolClient, id: string): Promise<boolean> {
  const claimed = await db.query(
    'update draft_edit set undone_at = now() where id = $1 and undone_at is null',
    [id],
  );
  return claimed.rowCount === 1;
}
