import { StepError } from '@/lib/nodes/node-type/define-node';
import { VaultError } from '@/server/models/keys/vault';
import type { Services } from '@/server/services';
import { type Credential, credentialOf } from './credential';
import { openSecret } from './secret';
import { findSealed, markUsed, type SealedConnection } from './store';

type Needs = Pick<Services, 'pool' | 'vault'>;

/**
 * Opens the connection that a step names, for one request. Throws `StepError` `connection_missing`,
 * `connection_forbidden` or `connection_unreadable`, none of which another attempt would change.
 */
export async function openConnection(
  { pool, vault }: Needs,
  {
    workspaceId,
    workflowId,
    name,
  }: { workspaceId: string; workflowId: string | null; name: string },
): Promise<Credential> {
  const row = await findSealed(pool, workspaceId, { name });
  if (row === undefined) {
    throw new StepError(
      'connection_missing',
      `There is no connection "${name}" in this workspace. Add it in Settings, or choose another one in the step.`,
    );
  }
  const allowed = row.allowedWorkflowIds;
  if (allowed !== null && (workflowId === null || !allowed.includes(workflowId))) {
    throw new StepError(
      'connection_forbidden',
      `The connection "${name}" may not be used by this workflow. An admin can allow it in Settings.`,
    );
  }
  const credential = openRow(vault, row);
  await markUsed(pool, workspaceId, row.id);
  return credential;
}

/** The credential of a row. Throws `StepError` `connection_unreadable`. */
export function openRow(vault: Needs['vault'], row: SealedConnection): Credential {
  try {
    return credentialOf(row, openSecret(vault, row, row));
  } catch (error) {
    if (!VaultError.isInstance(error)) throw error;
    throw new StepError('connection_unreadable', `Connection "${row.name}": ${error.message}`);
  }
}
