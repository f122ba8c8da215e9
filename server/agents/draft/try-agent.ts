import type { tryAgent as contract } from '@/lib/agents/draft/contract';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { roleText } from '@/lib/models/rehearsal/role-prompt';
import type { Actor } from '@/lib/people/schema';
import type { Definition } from '@/lib/workflows/schema';
import { holdRate } from '@/server/chat/hold-rate';
import { startInline } from '@/server/runs/starting/start-inline';
import type { Services } from '@/server/services';
import { grantedTools } from '@/server/tools/find-tools';

/** What a try may cost where nobody said so, in US dollars. */
const usualBudgetUsd = 0.5;

/**
 * Tries an agent that is not stored: a run of one step with its instructions. Tools that change something are left out, so
 * that a try does nothing. Throws `too_many_requests`.
 */
export async function tryAgent(
  services: Services,
  actor: Actor,
  { body: { agent, input, budgetUsd } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  await holdRate(services, actor);
  const granted = await grantedTools(services, actor.workspaceId, agent.tools);
  const usable = granted.filter(({ tool }) => tool.effect === 'read' && tool.begins !== true);
  const tools = usable.map(({ tool }) => tool.name);
  const name = `Try ${agent.name}`;
  const definition: Definition = {
    ...{ schema: 1, name, description: '', edges: [] },
    nodes: [
      {
        ...{ id: 'task', key: 'task', type: 'agent', name: agent.name },
        position: { x: 0, y: 0 },
        config: {
          agent: '',
          prompt: '{{ input.role }}\n\n{{ input.task }}',
          model: agent.model,
          toolChoice: tools.length === 0 ? 'none' : 'more',
          tools: usable.map(({ grant }, index) => ({
            ...{ id: `tool${index}`, name: grant.name, approval: grant.approval },
            ...(grant.connection === undefined ? {} : { connection: grant.connection }),
          })),
          maxTurns: 10,
          budgetUsd: Math.min(budgetUsd ?? usualBudgetUsd, usualBudgetUsd),
        },
        policy: { retry: { attempts: 1, backoffMs: 0, maxBackoffMs: 0 } },
      },
    ],
  };
  const role = roleText(agent.instructions);
  const { id, status } = await startInline(services, actor, {
    ...{ definition, name, mode: 'live', trigger: 'try' },
    input: { role, task: input },
  });
  const left = agent.tools.filter((grant) => !tools.includes(grant.name)).map((one) => one.name);
  return { id, status, tools, left };
}
