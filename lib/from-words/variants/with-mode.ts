import { type ModelMode, type ModelPolicy, modelPolicySchema } from '@/lib/models/schema';
import type { Definition, WorkflowNode } from '@/lib/workflows/schema';

/** Types of steps whose settings name the model that is asked. */
const asking: ReadonlySet<string> = new Set(['agent', 'model', 'planner', 'router']);

export const asksModel = ({ type }: Pick<WorkflowNode, 'type'>): boolean => asking.has(type);

/** Which model an agent of the workspace asks, by its handle. */
export type AgentModels = ReadonlyMap<string, ModelPolicy>;

/**
 * The draft with another rule for the choice of models. A model that was named, by a step or by its agent, stays, and so does
 * an agent that may send nothing off this machine. `kept`: names of the steps that stay as they are.
 */
export function withMode(
  definition: Definition,
  mode: ModelMode,
  agents: AgentModels,
): { definition: Definition; kept: string[] } {
  const kept: string[] = [];
  const nodes = definition.nodes.map((node) => {
    if (!asksModel(node)) return node;
    if (!isOpen(node, agents)) {
      kept.push(node.name);
      return node;
    }
    return { ...node, config: { ...node.config, model: { mode } } };
  });
  return { definition: { ...definition, nodes }, kept };
}

/** Whether nobody has said which model a step asks. */
function isOpen({ config }: WorkflowNode, agents: AgentModels): boolean {
  const { model, agent, who } = config;
  const own = modelPolicySchema.safeParse(model);
  if (model !== undefined && (!own.success || own.data !== 'auto')) return false;
  if (who === 'fits') return false;
  if (typeof agent !== 'string' || agent === '') return true;
  return (agents.get(agent.replace(/^@/, '')) ?? 'auto') === 'auto';
}
