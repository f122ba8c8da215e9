import type { Pool } from 'pg';
import type { Role } from '@/lib/people/schema';
import { firstRunOf } from '@/server/messages/mail-of-run';

/** Whose rights a run has, and how it began. */
export type Starter = {
  /** Absent: nobody of the workspace stands behind it any more. */
  role: Role | undefined;
  /** Who started it, where somebody did. */
  personId: string | undefined;
  trigger: string;
};

/**
 * The rights of a run are those that whoever started it has at this moment; of one that nobody started, those of
 * whoever published its version. A run that another one began has the rights of the run at the top; one that a message
 * began has those of the run that the first message came from.
 */
export async function starterOf(pool: Pool, runId: string): Promise<Starter> {
  const own = await readStarter(pool, runId);
  if (own.trigger !== 'message' || own.personId !== undefined) return own;
  const first = await firstRunOf(pool, runId);
  if (first === runId) return own;
  const { role, personId } = await readStarter(pool, first);
  return { role, personId, trigger: own.trigger };
}

async function readStarter(pool: Pool, runId: string): Promise<Starter> {
  const { rows } = await pool.query<{
    role: Role | null;
    personId: string | null;
    trigger: string;
  }>(
    `select m.role, top.started_by as "personId", top.trigger from run r
     join run top on top.id = coalesce(r.root_run_id, r.id)
     left join workflow_version v on v.workflow_id = top.workflow_id and v.number = top.version_number
     left join member m on m."organizationId" = top.workspace_id
       and m."userId" = coalesce(top.started_by, v.published_by)
     where r.id = $1`,
    [runId],
  );
  const [row] = rows;
  return {
    role: row?.role ?? undefined,
    personId: row?.personId ?? undefined,
    trigger: row?.trigger ?? '',
  };
}

/** What a person may do in a workspace; undefined for one who is no member. */
export async function rightsOfPerson(
  pool: Pool,
  workspaceId: string,
  userId: string,
): Promise<Role | undefined> {
  const { rows } = await pool.query<{ role: Role }>(
    'select role from member where "organizationId" = $1 and "userId" = $2',
    [workspaceId, userId],
  );
  return rows[0]?.role;
}
