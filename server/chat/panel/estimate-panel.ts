import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { estimatePanel as contract } from '@/lib/chat/panel/contract';
import { catalogue } from '@/lib/nodes/catalogue';
import { stepsOf } from '@/lib/panel/next-move';
import { maxRounds } from '@/lib/panel/schema';
import type { Actor } from '@/lib/people/schema';
import { picoOf, usdOf } from '@/lib/spending/pico';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import type { Services } from '@/server/services';
import { estimatePlan } from '@/server/spending/estimate/estimate-workflow';
import { agentsToAsk } from '../asked-agents';

/**
 * What a panel would cost: at least the answers of the first two, at most all answers in all rounds, with a third more for
 * readings and the judge. Throws `invalid_input` for agents that are not there.
 */
export async function estimatePanel(
  services: Services,
  actor: Actor,
  { body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { agents: ids, text, policy } = body;
  const asked = { agents: ids, mode: 'panel' as const };
  const agents = (await agentsToAsk(services, actor, { workflowId: null }, asked)) ?? [];
  const each = await Promise.all(
    agents.map(async ({ handle }) => {
      const plan = compile(
        definitionSchema.parse({
          name: 'Answer',
          nodes: [
            {
              ...{ id: 'a', key: 'a', type: 'agent', name: 'Answer', position: { x: 0, y: 0 } },
              config: { agent: handle, prompt: text.replaceAll('{{', '\\{{') || '…' },
            },
          ],
          edges: [],
        }),
        catalogue,
      );
      return estimatePlan(services, actor.workspaceId, plan);
    }),
  );
  const calls = stepsOf(agents.length, policy);
  const models = [...new Set(each.flatMap(({ models: used }) => used))];
  const known = each.flatMap(({ costUsd }) => costUsd ?? []);
  if (known.length < each.length) return { calls, costUsd: null, models };
  const sum = (texts: readonly string[]) =>
    texts.reduce((total, usd) => total + (picoOf(usd) ?? 0n), 0n);
  const least = sum(known.slice(0, 2).map(({ p50 }) => p50));
  const rounds = policy === 'discuss' ? BigInt(1 + maxRounds) : 1n;
  const most = (sum(known.map(({ p95 }) => p95)) * rounds * 4n) / 3n;
  return { calls, costUsd: { least: usdOf(least), most: usdOf(most) }, models };
}
