import startNode, { startConfig } from '@/lib/nodes/forms/start';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { readPlan } from './read-plan';
import { readInput } from './start-run';
import type { TriggeredRun } from './start-triggered';

/**
 * Starts a live run of the draft as a trigger would start one of the live version, for who tries the trigger out. Throws as
 * `readPlan`, and `invalid_input`.
 */
export async function startTriggeredDraft(
  services: Pick<Services, 'pool' | 'engine' | 'drafts' | 'computation'>,
  actor: Actor,
  { workflowId, trigger, input }: Omit<TriggeredRun, 'once'>,
  stateVector: string | undefined,
) {
  const which = {
    version: 'draft',
    ...(stateVector === undefined ? {} : { stateVector }),
  } as const;
  const { plan, ...frozen } = await readPlan(services, actor, workflowId, which);
  const start = plan.steps.find((step) => step.type === startNode.type);
  const fields = start ? startConfig.parse(start.config).inputs : [];
  const names = fields.map(({ name }) => name);
  return services.engine.start({
    workspaceId: actor.workspaceId,
    workflowId,
    ...frozen,
    mode: 'live',
    trigger,
    startedBy: actor.userId,
    plan,
    input: readInput(plan, input(names, fields)),
  });
}
