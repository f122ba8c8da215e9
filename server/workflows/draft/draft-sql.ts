import type { Pool, PoolClient } from 'pg';
import type { AuthoredUpdate } from '@/lib/workflows/changes/authored-update';
import type { ChangedPaths } from '@/lib/workflows/changes/changed-paths';
import type { Searchable } from '@/lib/workflows/draft/searchable';
import { transaction } from '@/server/db/transaction';
import { foldUpdates } from '../history/fold';
import { keepWhenDue } from '../history/keep-revision';
import type { DraftRows } from './draft-rows';

/** Pieces of a draft after a number. One statement sees one moment: a compaction with its deletion, or neither. */
export async function load(
  pool: Pool | PoolClient,
  workflowId: string,
  after: number,
): Promise<DraftRows | undefined> {
  const found = await pool.query<{
    seq: string;
    data: Buffer | null;
    userId: string | null;
    source: string;
    at: string;
    kind: string;
  }>({
    name: 'draft-load',
    text: `with head as (
        select d.workflow_id, d.seq, d.state, d.state_seq from draft d
        join workflow w on w.id = d.workflow_id and w.deleted_at is null
        where d.workflow_id = $1
      )
      select seq, null::bytea as data, null as "userId", '' as source, 0::bigint as at,
        'head' as kind, 0 as rank from head
      union all
      select state_seq, state, null, '', 0, 'state', 1 from head
        where state is not null and (state_seq > $2 or $2 = 0)
      union all
      select u.seq, u.data, u.user_id, u.origin, (extract(epoch from u.at) * 1000)::bigint,
        'update', 2 from head
        join draft_update u on u.workflow_id = head.workflow_id
        where u.seq > $2 and u.seq > head.state_seq and not u.quarantined
      order by rank, seq`,
    values: [workflowId, after],
  });
  const [head, ...pieces] = found.rows;
  if (!head) return undefined;
  const rows = pieces.flatMap(({ seq, data, userId, source, at, kind }) =>
    data
      ? [{ seq: Number(seq), data, userId, source, at: Number(at), state: kind === 'state' }]
      : [],
  );
  return { rows, seq: Number(head.seq) };
}

/** A state that holds all updates up to `seq`, and what is written down of them as they go. */
export type Compaction = {
  state: Uint8Array;
  seq: number;
  /** What each of those updates changed, by number. */
  changedPaths: ReadonlyMap<number, ChangedPaths>;
  /** Nobody has the draft open any more. */
  atRest?: boolean;
};

export async function compact(
  pool: Pool,
  workflowId: string,
  { state, seq, changedPaths, atRest = false }: Compaction,
): Promise<void> {
  await transaction(pool, async (client) => {
    const updated = await client.query(
      'update draft set state = $2, state_seq = $3 where workflow_id = $1 and state_seq < $3',
      [workflowId, state, seq],
    );
    if (updated.rowCount === 0) return;
    const bursts = await foldUpdates(client, workflowId, seq, changedPaths);
    const authors = bursts.map((burst) => burst.userId);
    if (authors.length > 0) await keepWhenDue(client, workflowId, { state, seq, authors, atRest });
  });
}

/**
 * Keeps everybody else from writing the draft until the transaction ends. Gives the number of its last update and the
 * bytes that it takes; undefined: there is none.
 */
export async function holdDraft(
  client: PoolClient,
  workflowId: string,
): Promise<{ number: number; bytes: number } | undefined> {
  const held = await client.query({
    name: 'draft-hold',
    text: `select from draft d join workflow w on w.id = d.workflow_id and w.deleted_at is null
      where d.workflow_id = $1 for update of d`,
    values: [workflowId],
  });
  if (held.rowCount === 0) return undefined;
  // A statement of its own: one that waited for the row would not see what was committed meanwhile.
  const found = await client.query<{ seq: string; bytes: string }>({
    name: 'draft-held',
    text: `select d.seq, coalesce(octet_length(d.state), 0) + coalesce((
        select sum(octet_length(u.data)) from draft_update u
        where u.workflow_id = d.workflow_id and u.seq > d.state_seq
      ), 0) as bytes from draft d where d.workflow_id = $1`,
    values: [workflowId],
  });
  const [row] = found.rows;
  return row && { number: Number(row.seq), bytes: Number(row.bytes) };
}

/** Stores an update under the next number of a draft that is held. */
export async function insertUpdate(
  client: PoolClient,
  workflowId: string,
  seq: number,
  { data, userId, source }: Omit<AuthoredUpdate, 'at'>,
): Promise<void> {
  await client.query({
    name: 'draft-insert-held',
    text: `with taken as (
        update draft set seq = $2 where workflow_id = $1 returning workflow_id, seq
      )
      insert into draft_update (workflow_id, seq, data, user_id, origin)
      select workflow_id, seq, $3, $4, $5 from taken`,
    values: [workflowId, seq, data, userId, source],
  });
}

export async function numbers(
  pool: Pool,
  workflowIds: readonly string[],
): Promise<Map<string, number>> {
  const found = await pool.query<{ workflow_id: string; seq: string }>({
    name: 'draft-numbers',
    text: 'select workflow_id, seq from draft where workflow_id = any($1::uuid[])',
    values: [workflowIds],
  });
  return new Map(found.rows.map((row) => [row.workflow_id, Number(row.seq)]));
}

export async function quarantine(pool: Pool, workflowId: string, seq: number): Promise<void> {
  await pool.query(
    'update draft_update set quarantined = true where workflow_id = $1 and seq = $2',
    [workflowId, seq],
  );
}

/** Those of the client ids that were issued to a person. */
export async function ownedClientIds(
  pool: Pool,
  workflowId: string,
  clientIds: readonly number[],
  userId: string,
): Promise<Set<number>> {
  const found = await pool.query<{ client_id: string }>({
    name: 'draft-owned-clients',
    text: `select client_id from draft_client
      where workflow_id = $1 and client_id = any($2::bigint[]) and user_id = $3`,
    values: [workflowId, clientIds, userId],
  });
  return new Set(found.rows.map((row) => Number(row.client_id)));
}

export async function insertClientId(
  pool: Pool,
  workflowId: string,
  clientId: number,
  userId: string | null,
): Promise<'issued' | 'taken' | 'no-draft'> {
  const issued = await pool.query(
    'insert into draft_client (workflow_id, client_id, user_id) ' +
      'select workflow_id, $2, $3 from draft where workflow_id = $1 on conflict do nothing',
    [workflowId, clientId, userId],
  );
  if (issued.rowCount === 1) return 'issued';
  const draft = await pool.query('select from draft where workflow_id = $1', [workflowId]);
  return draft.rowCount === 0 ? 'no-draft' : 'taken';
}

export async function insertDraft(
  db: Pool | PoolClient,
  workflowId: string,
  state: Uint8Array,
  clientId: number,
): Promise<void> {
  await db.query('insert into draft (workflow_id, state) values ($1, $2)', [workflowId, state]);
  await db.query('insert into draft_client (workflow_id, client_id) values ($1, $2)', [
    workflowId,
    clientId,
  ]);
}

export async function touch(
  pool: Pool | PoolClient,
  workflowId: string,
  { name, description, steps }: Searchable,
): Promise<string | undefined> {
  const touched = await pool.query<{ workspace_id: string }>(
    `update workflow set name = $2, description = $3, updated_at = now(),
       steps = case when steps = $4::jsonb then steps else $4::jsonb end
     where id = $1 and deleted_at is null returning workspace_id`,
    [workflowId, name, description, JSON.stringify(steps)],
  );
  return touched.rows[0]?.workspace_id;
}
