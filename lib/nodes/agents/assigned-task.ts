import type { Candidate } from '@/lib/agents/assignment/assign';
import { compile } from '@/lib/workflows/compile';
import type { WorkflowNode } from '@/lib/workflows/schema';
import type { NodeContext, NodeType } from '../node-type/define-node';
import type { AssignedTask } from './assigned';
import { needsOf } from './need-settings';

/** What of a step's settings goes on to whoever does its task. */
type Settings = Parameters<typeof needsOf>[0] & {
  prompt: string;
  history: string;
  files: string;
  budgetUsd?: number | undefined;
  ifNobody: 'fail' | 'ask';
};

/** The settings that an agent's own step takes over as they are. */
const same = [
  ...(['model', 'outputSchema', 'toolChoice', 'tools', 'maxTurns', 'answerCache'] as const),
];
type Same = { [Name in (typeof same)[number]]?: unknown };

/** A task for whoever fits, as a run of one step of this node type. What is written in it stays as it is. */
export async function assignedTask(
  context: Pick<NodeContext, 'render' | 'evaluate'>,
  config: Settings & Same,
  agent: NodeType,
): Promise<AssignedTask> {
  const task = await context.render(config.prompt);
  const history = config.history ? await context.evaluate(config.history) : undefined;
  const files = config.files ? await context.evaluate(config.files) : undefined;
  const input = {
    task,
    ...(history === undefined ? {} : { history }),
    ...(files === undefined ? {} : { files }),
  };
  const needs = needsOf(config);
  const caps = [config.budgetUsd, needs.maxUsd].filter((cap) => cap !== undefined);
  const capUsd = caps.length === 0 ? undefined : Math.min(...caps);
  return {
    ...{ needs, input },
    ...(config.ifNobody === 'ask' ? { askPerson: { shaped: Boolean(config.outputSchema) } } : {}),
    ...(capUsd === undefined ? {} : { capUsd }),
    planFor(chosen, leftUsd) {
      const name = chosen?.name ?? 'General assistant';
      const own = same.flatMap((key) => (config[key] === undefined ? [] : [[key, config[key]]]));
      const node: WorkflowNode = {
        ...{ id: 'task', key: 'task', type: 'agent', name, position: { x: 0, y: 0 } },
        config: {
          ...Object.fromEntries(own),
          ...(chosen === undefined ? {} : { agent: chosen.handle, ifAway: 'fail' }),
          prompt: '{{ input.task }}',
          ...(history === undefined ? {} : { history: 'input.history' }),
          ...(files === undefined ? {} : { files: 'input.files' }),
          ...capOf(leftUsd, chosen),
        },
        policy: { retry: { attempts: 2, backoffMs: 500, maxBackoffMs: 5_000 } },
      };
      const time = needs.maxMinutes;
      const timeoutMs = time === undefined ? {} : { timeoutMs: Math.max(1_000, time * 60_000) };
      const definition = { schema: 1, name: `Task for ${name}`, description: '' } as const;
      return compile({ ...definition, ...timeoutMs, nodes: [node], edges: [] }, { agent });
    },
  };
}

/** The least of what the step has left and the agent may spend. */
function capOf(
  leftUsd: number | undefined,
  chosen: Pick<Candidate, 'budgetUsd'> | undefined,
): { budgetUsd?: number } {
  const caps = [leftUsd, chosen?.budgetUsd].filter((cap) => cap !== undefined);
  return caps.length === 0 ? {} : { budgetUsd: Math.min(...caps) };
}
