import type { Pool } from 'pg';
import type { Role } from '@/lib/people/schema';

/** Whose rights a run has, and how it began. */
export type Starter = {
  /** Absent: nobody of the workspace stands behind it any more. */
  role: Role | undefined;
  trigger: string;
};

/**
 * The rights of a run are those that whoever started it has at this moment; of one that nobody started, those of
 * whoever published its version. A run that another one began has the rights of the run at the top.
 */
export async function starterOf(pool: Pool, runId: string): Promise<Starter> {
  const { rows } = await pool.query<{ role: Role | null; trigger: string }>(
    `select m.role, top.trigger from run r
     join run top on top.id = coalesce(r.root_run_id, r.id)
     left join workflow_version v on v.workflow_id = top.workflow_id and v.number = top.version_number
     left join member m on m."organizationId" = top.workspace_id
       and m."userId" = coalesce(top.started_by, v.published_by)
     where r.id = $1`,
    [runId],
  );
  const [row] = rows;
  return { role: row?.role ?? undefined, trigger: row?.trigger ?? '' };
}
