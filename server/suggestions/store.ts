import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import type { TimeCursor } from '@/lib/api/cursor';
import {
  type Change,
  changeSchema,
  type Decided,
  decidedSchema,
  type Suggestion,
  type SuggestionStatus,
  type SuggestionView,
  suggestionStatusSchema,
} from '@/lib/suggestions/schema';

/** An agent's turn, as the row remembers it. */
export const turnSchema = z.strictObject({
  handle: z.string(),
  name: z.string(),
  /** Keys of the calls that are in it: each once, however often it is made. */
  calls: z.array(z.string()),
  /** Calls one after the other that left problems. */
  rounds: z.int(),
});
export type Turn = z.infer<typeof turnSchema>;

export type SuggestionRow = {
  id: string;
  workflowId: string;
  title: string;
  note: string;
  status: SuggestionStatus;
  origin: string;
  authorId: string | null;
  authorName: string | null;
  createdAt: Date;
  updatedAt: Date;
  decidedAt: Date | null;
  changes: Change[];
  decided: Decided;
  update: Buffer;
  runId: string | null;
  turn: Turn | null;
};

const columns = `s.id, s.workflow_id as "workflowId", s.title, s.note, s.status, s.origin,
  s.author_id as "authorId", u.name as "authorName", s.created_at as "createdAt",
  s.updated_at as "updatedAt", s.decided_at as "decidedAt", s.changes, s.decided,
  s.run_id as "runId", s.turn`;
const changesSchema = z.array(changeSchema);

function toRow(row: SuggestionRow): SuggestionRow {
  return {
    ...row,
    status: suggestionStatusSchema.parse(row.status),
    changes: changesSchema.parse(row.changes),
    decided: decidedSchema.parse(row.decided),
    turn: row.turn === null ? null : turnSchema.parse(row.turn),
  };
}

/** A row as lists show it. */
export function toSuggestion(row: SuggestionRow): Suggestion {
  const { id, workflowId, title, note, status, origin, changes, decided, turn, runId } = row;
  return {
    id,
    workflowId,
    title,
    note,
    status,
    origin,
    agent: turn === null || runId === null ? null : { handle: turn.handle, name: turn.name, runId },
    author: row.authorId === null ? null : { id: row.authorId, name: row.authorName ?? 'Somebody' },
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    changeCount: changes.length,
    openCount: changes.filter(({ key }) => !Object.hasOwn(decided, key)).length,
  };
}

/** A row with all of it. */
export function toView(row: SuggestionRow): SuggestionView {
  const { changes, decided, update } = row;
  return { ...toSuggestion(row), changes, decided, update: update.toString('base64') };
}

/** Suggestions of a workflow that this person may see, new to old. One more than `limit`, where there are more. */
export async function suggestionsBefore(
  pool: Pool,
  workflowId: string,
  about: { userId: string; status?: SuggestionStatus; limit: number; before?: TimeCursor },
): Promise<SuggestionRow[]> {
  const { userId, status, limit, before } = about;
  const found = await pool.query<SuggestionRow>(
    `select ${columns}, ''::bytea as update from suggestion s
     left join "user" u on u.id = s.author_id
     where s.workflow_id = $1 and (s.status <> 'draft' or s.author_id = $2)
       and ($3::text is null or s.status = $3)
       and ($4::timestamptz is null or (s.created_at, s.id) < ($4::timestamptz, $5::uuid))
     order by s.created_at desc, s.id desc limit $6`,
    [workflowId, userId, status ?? null, before?.at ?? null, before?.id ?? null, limit + 1],
  );
  return found.rows.map(toRow);
}

/** One suggestion that this person may see. With `lock`, nobody else changes it until the transaction ends. */
export async function findSuggestion(
  db: Pool | PoolClient,
  workflowId: string,
  id: string,
  userId: string,
  lock = false,
): Promise<SuggestionRow | undefined> {
  const found = await db.query<SuggestionRow>(
    `select ${columns}, s.update from suggestion s left join "user" u on u.id = s.author_id
     where s.id = $2 and s.workflow_id = $1 and (s.status <> 'draft' or s.author_id = $3)
     ${lock ? 'for update of s' : ''}`,
    [workflowId, id, userId],
  );
  return found.rows[0] && toRow(found.rows[0]);
}

export async function countUndecided(db: PoolClient, workflowId: string): Promise<number> {
  const found = await db.query<{ n: number }>(
    `select count(*)::int as n from suggestion where workflow_id = $1 and status in ('draft', 'making', 'open')`,
    [workflowId],
  );
  return found.rows[0]?.n ?? 0;
}

export type NewSuggestion = Pick<
  SuggestionRow,
  'workflowId' | 'title' | 'note' | 'status' | 'origin' | 'authorId' | 'changes'
> & { workspaceId: string; update: Uint8Array; runId?: string; turn?: Turn };

export async function insertSuggestion(db: PoolClient, made: NewSuggestion): Promise<string> {
  const { workspaceId, workflowId, title, note, status, origin, authorId, changes, update } = made;
  const { runId = null, turn = null } = made;
  const inserted = await db.query<{ id: string }>(
    `insert into suggestion
       (id, workspace_id, workflow_id, title, note, status, origin, author_id, changes, update,
        run_id, turn)
     values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
    [
      workspaceId,
      workflowId,
      title,
      note,
      status,
      origin,
      authorId,
      JSON.stringify(changes),
      update,
      runId,
      turn === null ? null : JSON.stringify(turn),
    ],
  );
  const id = inserted.rows[0]?.id;
  if (id === undefined) throw new Error('a suggestion was not inserted');
  return id;
}

/** Writes what its author may change. */
export async function rewriteSuggestion(
  db: PoolClient,
  id: string,
  to: Pick<SuggestionRow, 'title' | 'note' | 'status' | 'changes'> & { update: Uint8Array },
): Promise<void> {
  await db.query(
    `update suggestion set title = $2, note = $3, status = $4, changes = $5, update = $6,
       updated_at = now() where id = $1`,
    [id, to.title, to.note, to.status, JSON.stringify(to.changes), to.update],
  );
}

/** Writes what was decided. */
export async function decideSuggestion(
  db: PoolClient,
  id: string,
  { decided, status, userId }: { decided: Decided; status: SuggestionStatus; userId: string },
): Promise<void> {
  await db.query(
    `update suggestion set decided = $2, status = $3, updated_at = now(),
       decided_by = case when $3 = 'decided' then $4 else decided_by end,
       decided_at = case when $3 = 'decided' then now() else decided_at end
     where id = $1`,
    [id, JSON.stringify(decided), status, userId],
  );
}
