import type { Pool, PoolClient } from 'pg';
import type { Burst, ChangedAt } from '@/lib/history/bursts';
import type { Definition } from '@/lib/workflows/schema';

/** Place in the timeline: everything of it runs from new to old by moment and key. */
export type Place = { at: Date; key: string };

type BurstRow = {
  fromSeq: string;
  toSeq: string;
  userId: string | null;
  source: string;
  changedAt: ChangedAt;
  startedAt: Date;
  endedAt: Date;
};

const burstColumns = `from_seq as "fromSeq", to_seq as "toSeq", user_id as "userId", origin as source,
  touched as "changedAt",   started_at as "startedAt", ended_at as "endedAt"`;

const toBurst = (row: BurstRow): Burst => ({
  ...row,
  fromSeq: Number(row.fromSeq),
  toSeq: Number(row.toSeq),
  startedAt: row.startedAt.getTime(),
  endedAt: row.endedAt.getTime(),
});

/** Key of a burst in the timeline. */
export const burstKey = (fromSeq: number): string => `c${String(fromSeq).padStart(19, '0')}`;

/** Stored bursts from new to old, behind a place. */
export async function burstsBefore(
  pool: Pool,
  workflowId: string,
  limit: number,
  before: Place | undefined,
): Promise<Burst[]> {
  const found = await pool.query<BurstRow>(
    `select ${burstColumns} from draft_change
     where workflow_id = $1 and ($2::timestamptz is null
       or (ended_at, 'c' || lpad(from_seq::text, 19, '0') collate "C") < ($2, $3))
     order by ended_at desc, from_seq desc limit $4`,
    [workflowId, before?.at ?? null, before?.key ?? '', limit],
  );
  return found.rows.map(toBurst);
}

/** Stored bursts that ended after a moment, or all, oldest first. */
export async function burstsSince(
  pool: Pool,
  workflowId: string,
  since: Date | undefined,
): Promise<Burst[]> {
  const found = await pool.query<BurstRow>(
    `select ${burstColumns} from draft_change
     where workflow_id = $1 and ($2::timestamptz is null or ended_at > $2) order by from_seq`,
    [workflowId, since ?? null],
  );
  return found.rows.map(toBurst);
}

/** Stored bursts that changed an element, with nothing else in them, oldest first. */
export async function burstsOfElement(
  pool: Pool,
  workflowId: string,
  element: string,
): Promise<Burst[]> {
  const found = await pool.query<BurstRow>(
    `select ${burstColumns.replace('touched as', 'jsonb_build_object($2::text, touched -> $2) as')}
     from draft_change where workflow_id = $1 and touched ? $2 order by from_seq`,
    [workflowId, element],
  );
  return found.rows.map(toBurst);
}

/** When versions were published and states were kept, in milliseconds since 1970, in order: what was done before and after stays apart. */
export async function cutsOf(db: Pool | PoolClient, workflowId: string): Promise<number[]> {
  const found = await db.query<{ at: Date }>(
    `select published_at as at from workflow_version where workflow_id = $1
     union all select created_at from draft_revision where workflow_id = $1 order by at`,
    [workflowId],
  );
  return found.rows.map(({ at }) => at.getTime());
}

export type RevisionRow = {
  id: string;
  name: string;
  createdBy: string | null;
  authors: string[];
  createdAt: Date;
};

export async function revisionsBefore(
  pool: Pool,
  workflowId: string,
  limit: number,
  before: Place | undefined,
): Promise<RevisionRow[]> {
  const found = await pool.query<RevisionRow>(
    `select id, name, created_by as "createdBy", authors, created_at as "createdAt"
     from draft_revision
     where workflow_id = $1 and ($2::timestamptz is null
       or (created_at, 'r' || id::text collate "C") < ($2, $3))
     order by created_at desc, id::text collate "C" desc limit $4`,
    [workflowId, before?.at ?? null, before?.key ?? '', limit],
  );
  return found.rows;
}

/** Key of a version in the timeline. */
export const versionKey = (number: number): string => `v${String(number).padStart(10, '0')}`;

export type PublishedRow = {
  number: number;
  note: string;
  publishedBy: string | null;
  publishedAt: Date;
};

export async function publishedBefore(
  pool: Pool,
  workflowId: string,
  limit: number,
  before: Place | undefined,
): Promise<PublishedRow[]> {
  const found = await pool.query<PublishedRow>(
    `select number, note, published_by as "publishedBy", published_at as "publishedAt"
     from workflow_version
     where workflow_id = $1 and ($2::timestamptz is null
       or (published_at, 'v' || lpad(number::text, 10, '0') collate "C") < ($2, $3))
     order by published_at desc, number desc limit $4`,
    [workflowId, before?.at ?? null, before?.key ?? '', limit],
  );
  return found.rows;
}

export async function creationOf(
  pool: Pool,
  workflowId: string,
): Promise<{ createdBy: string | null; createdAt: Date }> {
  const found = await pool.query<{ createdBy: string | null; createdAt: Date }>(
    'select created_by as "createdBy", created_at as "createdAt" from workflow where id = $1',
    [workflowId],
  );
  const [row] = found.rows;
  if (!row) throw new Error(`workflow ${workflowId} is gone`);
  return row;
}

/** Names of people by id; who is gone is not there. */
export async function namesOf(
  pool: Pool,
  ids: Iterable<string | null>,
): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null && id !== '');
  if (wanted.length === 0) return new Map();
  const found = await pool.query<{ id: string; name: string }>(
    'select id, name from "user" where id = any($1)',
    [wanted],
  );
  return new Map(found.rows.map((row) => [row.id, row.name]));
}

export async function findRevision(
  pool: Pool,
  workflowId: string,
  id: string,
): Promise<(RevisionRow & { kind: string; definition: Definition }) | undefined> {
  const found = await pool.query(
    `select id, kind, name, created_by as "createdBy", authors, created_at as "createdAt", definition
     from draft_revision where workflow_id = $1 and id = $2`,
    [workflowId, id],
  );
  return found.rows[0];
}

/** Whether there was one to name. */
export async function setRevisionName(
  client: PoolClient,
  workflowId: string,
  id: string,
  name: string,
): Promise<{ createdAt: Date } | undefined> {
  const named = await client.query<{ createdAt: Date }>(
    `update draft_revision set name = $3, kind = 'named' where workflow_id = $1 and id = $2
     returning created_at as "createdAt"`,
    [workflowId, id, name],
  );
  return named.rows[0];
}

/** Deletes a named revision and gives its name; undefined when there is none. */
export async function deleteNamed(
  client: PoolClient,
  workflowId: string,
  id: string,
): Promise<string | undefined> {
  const gone = await client.query<{ name: string }>(
    `delete from draft_revision where workflow_id = $1 and id = $2 and kind = 'named'
     returning name`,
    [workflowId, id],
  );
  return gone.rows[0]?.name;
}

export async function findVersion(
  pool: Pool,
  workflowId: string,
  number: number,
): Promise<(PublishedRow & { definition: Definition }) | undefined> {
  const found = await pool.query(
    `select number, note, published_by as "publishedBy", published_at as "publishedAt", definition
     from workflow_version where workflow_id = $1 and number = $2`,
    [workflowId, number],
  );
  return found.rows[0];
}

export type ActivityRow = {
  id: string;
  at: Date;
  actorId: string | null;
  action: string;
  detail: Record<string, unknown>;
};

/** Lines of the audit trail about a workflow, newest first, before an id. */
export async function activityBefore(
  pool: Pool,
  workspaceId: string,
  workflowId: string,
  limit: number,
  before: string | undefined,
): Promise<ActivityRow[]> {
  const found = await pool.query<ActivityRow>(
    `select id, at, actor_id as "actorId", action, detail from audit
     where workspace_id = $1 and subject_type = 'workflow' and subject_id = $2
       and ($3::bigint is null or id < $3)
     order by id desc limit $4`,
    [workspaceId, workflowId, before ?? null, limit],
  );
  return found.rows;
}
