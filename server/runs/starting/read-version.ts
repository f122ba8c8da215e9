import type { Pool } from 'pg';
import { AppError } from '@/lib/api/errors';

type Version = { number: number; name: string; definition: unknown; hash: string };

/** A published version of a workflow of this workspace: the given one, or the live one. */
export async function readVersion(
  pool: Pool,
  workspaceId: string,
  workflowId: string,
  number: number | undefined,
): Promise<Version> {
  const { rows } = await pool.query<Partial<Version> & { name: string; trashed: boolean }>(
    `select w.name, w.deleted_at is not null as trashed, v.number, v.definition, v.hash from workflow w
     left join workflow_version v on v.workflow_id = w.id and v.number = coalesce($3::int, w.live_version)
     where w.id = $2 and w.workspace_id = $1 and w.purged_at is null`,
    [workspaceId, workflowId, number],
  );
  const [row] = rows;
  if (row === undefined) throw new AppError('not_found', 'This workflow does not exist.');
  if (row.trashed) {
    throw new AppError(
      'not_found',
      `The workflow “${row.name}” is in the trash. Restore it to run it.`,
    );
  }
  if (row.number != null && row.hash != null) return row as Version;
  if (number !== undefined) throw new AppError('not_found', `Version ${number} does not exist.`);
  throw new AppError('conflict', 'This workflow is not published. Publish it first.');
}
