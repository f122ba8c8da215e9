import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { testTrigger as contract } from '@/lib/triggers/contract';
import { hookInput } from '@/lib/triggers/hook-input';
import { insertAudit } from '@/server/people/insert-audit';
import { startTriggered } from '@/server/runs/starting/start-triggered';
import type { Services } from '@/server/services';
import { messageInput } from './message-input';
import { requireTrigger } from './view';

/** Starts a run now as the trigger would, in the actor's name. Throws `not_found`, and as `startTriggered`. */
export async function testTrigger(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const row = await requireTrigger(services, actor, params.id);
  const { id, status } = await startTriggered(services, {
    workspaceId: row.workspaceId,
    workflowId: row.workflowId,
    trigger: row.kind,
    startedBy: actor.userId,
    input: (names, fields) => {
      switch (row.kind) {
        case 'schedule':
          return row.config.input;
        case 'webhook':
          return hookInput(names, { body: body.body ?? {}, headers: {}, query: {} });
        case 'chat':
          return messageInput(
            row.config,
            fields,
            typeof body.body === 'string' ? body.body : 'A test.',
          );
      }
    },
  });
  const detail = { workflowId: row.workflowId, runId: id };
  await insertAudit(
    services.pool,
    actor,
    'trigger.tested',
    { type: 'trigger', id: row.id },
    detail,
  );
  return { id, status };
}
