import { AppError } from '@/lib/api/errors';
import type { ConnectionUse } from '@/lib/connections/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { findMentions } from '@/server/workflows/find-mentions';
import type { ConnectionRow } from './store';

type Needs = Pick<Services, 'pool' | 'drafts'>;

/** Workflows whose draft or live version names the connection, with the steps that do. */
export async function usesOf(
  services: Needs,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  { name }: Pick<ConnectionRow, 'name'>,
): Promise<ConnectionUse[]> {
  return findMentions(services, workspaceId, { widget: 'connection', value: name });
}

/** Throws `conflict` with the uses while there are any. */
export async function refuseWhileUsed(
  services: Needs,
  actor: Actor,
  row: ConnectionRow,
  what: 'Delete' | 'Rename',
): Promise<void> {
  const uses = await usesOf(services, actor, row);
  if (uses.length === 0) return;
  const where =
    uses.length === 1 ? `the workflow "${uses[0]?.workflowName}"` : `${uses.length} workflows`;
  const message = `"${row.name}" is used by ${where}. ${what} it with force, and those steps fail until they name another connection.`;
  throw new AppError('conflict', message, { uses });
}
