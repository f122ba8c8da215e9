import type { Pool, PoolClient } from 'pg';
import { AppError } from '@/lib/api/errors';
import type { BudgetScope } from '@/lib/spending/schema';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * The subject that a budget names, as calls know it: null for each of its scope. Throws `invalid_input` for one that
 * this workspace does not have.
 */
export async function findSubject(
  db: Pool | PoolClient,
  workspaceId: string,
  scope: BudgetScope,
  given: string | undefined,
): Promise<string | null> {
  if (scope === 'workspace') {
    if (given === undefined || given === workspaceId) return workspaceId;
    throw missing(scope);
  }
  if (given === undefined) return null;
  const found = await query(db, workspaceId, scope, given);
  if (found === undefined) throw missing(scope);
  return found;
}

const statements = {
  run: 'select coalesce(root_run_id, id)::text as id from run where workspace_id = $1 and id::text = lower($2)',
  workflow: 'select id::text from workflow where workspace_id = $1 and id::text = lower($2)',
  agent:
    'select id::text from agent where workspace_id = $1 and (id::text = lower($2) or handle = $2)',
  person: 'select "userId" as id from member where "organizationId" = $1 and "userId" = $2',
} as const;

async function query(
  db: Pool | PoolClient,
  workspaceId: string,
  scope: Exclude<BudgetScope, 'workspace'>,
  given: string,
): Promise<string | undefined> {
  if ((scope === 'run' || scope === 'workflow') && !uuid.test(given)) return undefined;
  const { rows } = await db.query<{ id: string }>(statements[scope], [
    workspaceId,
    given.replace(/^@/, ''),
  ]);
  return rows[0]?.id;
}

const missing = (scope: BudgetScope) =>
  new AppError('invalid_input', `scopeId: This workspace has no such ${scope}.`);
