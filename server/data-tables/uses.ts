import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { findMentions } from '@/server/workflows/find-mentions';

/** Throws `conflict` while steps name the table. */
export async function refuseWhileUsed(
  services: Pick<Services, 'pool' | 'drafts'>,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  { name }: { name: string },
  what: 'Delete' | 'Rename',
): Promise<void> {
  const uses = await findMentions(services, workspaceId, { widget: 'table', value: name });
  if (uses.length === 0) return;
  const where = uses.map(({ workflowName }) => `“${workflowName}”`).join(', ');
  const message = `"${name}" is used in ${where}. ${what} it with force, and those steps fail until they name another table.`;
  throw new AppError('conflict', message, { uses });
}
