import type { InputOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { AskedChange } from '@/lib/canvas-turns/calls';
import type { postMessage as contract } from '@/lib/chat/contract';
import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import { viewForAgents } from '@/server/canvas-turns/view-for-agents';
import type { Services } from '@/server/services';
import { requireWorkflow } from '@/server/workflows/require-workflow';
import type { ThreadRow } from './store';

/**
 * The change of a workflow that a message asks for, with what agents are told of that workflow; undefined where it asks for
 * none. Throws `forbidden` for who may not suggest, `not_found`, and `invalid_input` where no agent answers by itself.
 */
export async function changeToAsk(
  services: Services,
  actor: Actor,
  thread: Pick<ThreadRow, 'workflowId'>,
  { change, mode }: Pick<InputOf<typeof contract>['body'], 'change' | 'mode'>,
): Promise<(AskedChange & { view: string }) | undefined> {
  if (change === undefined) return undefined;
  if (thread.workflowId !== null) {
    throw new AppError('invalid_input', 'A workflow answers here: ask an agent for a change.');
  }
  if (mode === 'panel') {
    throw new AppError(
      'invalid_input',
      'A panel answers; it changes nothing. Ask agents one by one.',
    );
  }
  if (!can(actor.role, 'workflows.suggest')) {
    throw new AppError('forbidden', 'Your role may not suggest changes of workflows.');
  }
  const { id } = await requireWorkflow(services, actor, change.workflowId);
  return { ...change, view: await viewForAgents(services, actor, id, change.selected) };
}
