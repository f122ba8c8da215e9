import type { startTask as contract } from '@/lib/agents/contract';
import { planTask } from '@/lib/agents/plan-task';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import { startInline } from '@/server/runs/starting/start-inline';
import { triggerOf } from '@/server/runs/starting/trigger-of';
import type { Services } from '@/server/services';
import { getAgent } from './get-agent';

/** Gives an agent a task. Throws `not_found`, and `invalid_input` for a tool that it does not have. */
export async function startTask(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
  request?: Pick<Request, 'headers'>,
): Promise<ResultOf<typeof contract>> {
  const agent = await getAgent(services, actor, { params, query: {}, body: undefined });
  const foreign = body.tools?.find((name) => !agent.tools.some((grant) => grant.name === name));
  if (foreign !== undefined) {
    throw new AppError('invalid_input', `${agent.name} does not have the tool "${foreign}".`);
  }
  const { definition, input } = planTask({ agent, ...body });
  const { name } = definition;
  const { id, status } = await startInline(services, actor, {
    ...{ definition, input, name, mode: 'live', trigger: triggerOf(request) },
  });
  return { id, status };
}
