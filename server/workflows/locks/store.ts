import type { Pool, PoolClient } from 'pg';
import type { DraftLock } from '@/lib/realtime/messages';

type Row = Omit<DraftLock, 'createdAt' | 'expiresAt'> & {
  workflowId: string;
  createdAt: Date;
  expiresAt: Date | null;
};

/** Locks of workflows that hold now, oldest first. One whose owner left the workspace holds no more. */
export async function activeLocks(
  db: Pool | PoolClient,
  workflowIds: readonly string[],
): Promise<Map<string, DraftLock[]>> {
  const found = await db.query<Row>({
    name: 'draft-locks',
    text: `select l.id, l.workflow_id as "workflowId", l.node_ids as "nodeIds",
        l.owner_id as "ownerId", u.name as "ownerName", l.reason,
        l.expires_at as "expiresAt", l.created_at as "createdAt"
      from draft_lock l
      join workflow w on w.id = l.workflow_id
      join member m on m."organizationId" = w.workspace_id and m."userId" = l.owner_id
      join "user" u on u.id = l.owner_id
      where l.workflow_id = any($1::uuid[]) and (l.expires_at is null or l.expires_at > now())
      order by l.created_at, l.id`,
    values: [workflowIds],
  });
  const locks = new Map<string, DraftLock[]>(workflowIds.map((id) => [id, []]));
  for (const { workflowId, expiresAt, createdAt, ...lock } of found.rows) {
    locks.get(workflowId)?.push({
      ...lock,
      expiresAt: expiresAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
    });
  }
  return locks;
}

/** Holds the draft's row until the transaction ends, so that locks are made one after the other. */
export async function holdDraft(client: PoolClient, workflowId: string): Promise<void> {
  await client.query('select from draft where workflow_id = $1 for update', [workflowId]);
}

export type LockValues = { nodeIds: string[]; reason: string; expiresAt: string | null };

export async function insertLock(
  client: PoolClient,
  workflowId: string,
  ownerId: string,
  { nodeIds, reason, expiresAt }: LockValues,
): Promise<string> {
  await client.query('delete from draft_lock where workflow_id = $1 and expires_at < now()', [
    workflowId,
  ]);
  const made = await client.query<{ id: string }>(
    `insert into draft_lock (id, workflow_id, node_ids, owner_id, reason, expires_at)
     values (gen_random_uuid(), $1, $2, $3, $4, $5) returning id`,
    [workflowId, nodeIds, ownerId, reason, expiresAt],
  );
  const id = made.rows[0]?.id;
  if (id === undefined) throw new Error('a lock was not inserted');
  return id;
}

export async function updateLock(
  client: PoolClient,
  lockId: string,
  { nodeIds, reason, expiresAt }: LockValues,
): Promise<void> {
  await client.query(
    'update draft_lock set node_ids = $2, reason = $3, expires_at = $4 where id = $1',
    [lockId, nodeIds, reason, expiresAt],
  );
}

export async function deleteLock(client: PoolClient, lockId: string): Promise<void> {
  await client.query('delete from draft_lock where id = $1', [lockId]);
}
