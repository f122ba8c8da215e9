import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { estimateAgent as contract } from '@/lib/spending/contract';
import { getAgent } from '@/server/agents/get-agent';
import type { Services } from '@/server/services';
import { estimateStep, ifModelsOf, inUsd } from './estimate-step';

/** What one answer of an agent would cost. Throws `not_found`. */
export async function estimateAgent(
  services: Services,
  actor: Actor,
  input: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { workspaceId } = actor;
  const { handle } = await getAgent(services, actor, { ...input, query: {} });
  const asking = { config: { agent: handle } };
  const step = await estimateStep(services, workspaceId, asking, undefined);
  const { model, cost, from } = step;
  const costUsd = from === 'unknown' ? null : inUsd(cost);
  return { costUsd, model, ifModels: await ifModelsOf(services, workspaceId, [step]) };
}
