import type { InputOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { postMessage as contract } from '@/lib/chat/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import type { ThreadRow } from './store';

export type AskedAgent = { id: string; handle: string; name: string };

/**
 * The agents that a message names, in its order; undefined where it names none and the thread's own answers. Throws
 * `invalid_input` for one that is not there, for several where one is to answer, for a panel of one, and in a thread with a workflow.
 */
export async function agentsToAsk(
  { prisma }: Pick<Services, 'prisma'>,
  { workspaceId }: Actor,
  thread: Pick<ThreadRow, 'workflowId'>,
  { agents = [], mode }: Pick<InputOf<typeof contract>['body'], 'agents' | 'mode'>,
): Promise<AskedAgent[] | undefined> {
  const wanted = [...new Set(agents)];
  if (wanted.length === 0 && mode !== 'panel') return undefined;
  if (thread.workflowId !== null) {
    throw new AppError('invalid_input', 'A workflow answers here: agents cannot be asked besides.');
  }
  if (mode === 'panel' && wanted.length < 2) {
    throw new AppError('invalid_input', 'A panel needs at least two agents. Name another one.');
  }
  if (mode === 'one' && wanted.length > 1) {
    throw new AppError('invalid_input', 'Name one agent, or let each answer (mode “each”).');
  }
  const rows = await prisma.agent.findMany({
    where: { workspaceId, id: { in: wanted } },
    select: { id: true, handle: true, name: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const found = wanted.flatMap((id) => byId.get(id) ?? []);
  if (found.length === wanted.length) return found;
  throw new AppError(
    'invalid_input',
    'An agent that this message asks was deleted. Remove it and send your message again.',
  );
}
