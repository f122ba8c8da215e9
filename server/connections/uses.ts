import { AppError } from '@/lib/api/errors';
import type { ConnectionUse } from '@/lib/connections/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { type NamingTrigger, triggersNaming } from '@/server/triggers/mail/find-named';
import { findMentions } from '@/server/workflows/find-mentions';
import type { ConnectionRow } from './store';

type Needs = Pick<Services, 'pool' | 'drafts'>;

/** Workflows whose draft, live version or triggers name the connection, with what does. */
export async function usesOf(
  services: Needs,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  { name }: Pick<ConnectionRow, 'name'>,
): Promise<ConnectionUse[]> {
  const mentions = await findMentions(services, workspaceId, { widget: 'connection', value: name });
  return withTriggers(mentions, await triggersNaming(services.pool, workspaceId, [name]));
}

/** Uses with the triggers that name the same connection beside the steps that do. */
export function withTriggers(
  uses: readonly ConnectionUse[],
  triggers: readonly NamingTrigger[],
): ConnectionUse[] {
  const all = new Map(uses.map((use) => [use.workflowId, { ...use }]));
  for (const { id, name, workflowId, workflowName } of triggers) {
    const use = all.get(workflowId) ?? {
      ...{ workflowId, workflowName, inDraft: false, inLive: false, steps: [] },
    };
    all.set(workflowId, { ...use, triggers: [...(use.triggers ?? []), { id, name }] });
  }
  return [...all.values()];
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
  const message = `"${row.name}" is used by ${where}. ${what} it with force, and what uses it there fails until it names another connection.`;
  throw new AppError('conflict', message, { uses });
}
