import { AppError } from '@/lib/api/errors';
import type { ConnectionUse } from '@/lib/connections/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { findMentions } from '@/server/workflows/find-mentions';

type Needs = Pick<Services, 'pool' | 'drafts'>;

/** Workflows whose draft or live version calls the service, with the steps that do. */
export function usesOf(
  services: Needs,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  ref: string,
): Promise<ConnectionUse[]> {
  return findMentions(services, workspaceId, { widget: 'service', value: ref });
}

/** Throws `conflict` with the uses while there are any. */
export async function refuseWhileUsed(
  services: Needs,
  actor: Actor,
  { name }: { name: string },
  what: 'Delete' | 'Rename',
): Promise<void> {
  const uses = await usesOf(services, actor, name);
  if (uses.length === 0) return;
  const where =
    uses.length === 1 ? `the workflow "${uses[0]?.workflowName}"` : `${uses.length} workflows`;
  const message = `"${name}" is used by ${where}. ${what} it with force, and those steps fail until they name another service.`;
  throw new AppError('conflict', message, { uses });
}
