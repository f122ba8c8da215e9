import { z } from 'zod';
import type { InputOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { settingsFor, stepSettings } from '@/lib/experiments/apply';
import type { createExperiment } from '@/lib/experiments/contract';
import { type Change, variantIds } from '@/lib/experiments/schema';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { isRecord } from '@/lib/values/unknown';
import { configProblems } from '@/lib/workflows/config-problems';
import { typeNamed } from '@/lib/workflows/node-catalogue';
import { type Definition, definitionSchema, type WorkflowNode } from '@/lib/workflows/schema';
import { getAgent } from '@/server/agents/get-agent';
import { readVersion } from '@/server/runs/starting/read-version';
import type { Services } from '@/server/services';
import { problemsOf as draftProblems } from '@/server/workflows/view-workflow';

type Body = InputOf<typeof createExperiment>['body'];
type Needs = Pick<Services, 'pool' | 'computation'>;
export type Target = {
  workflowId: string | null;
  stepId: string | null;
  stepName: string | null;
  agentId: string | null;
};

/**
 * What an experiment is of, with both variants tried on it as it is live. Throws `not_found`, `conflict` for a workflow
 * that is not published, and `invalid_input` with the variant whose settings cannot be.
 */
export async function findTarget(
  services: Services,
  actor: Actor,
  { target, variants }: Pick<Body, 'target' | 'variants'>,
): Promise<Target> {
  const { workspaceId } = actor;
  const changes = variants.map(({ change }) => change);
  if (target.type === 'agent') {
    const { agentId } = target;
    await getAgent(services, actor, { params: { id: agentId }, query: {}, body: undefined });
    if (changes.some(({ prompt }) => prompt !== undefined)) {
      throw new AppError('invalid_input', 'An agent has instructions; the prompt is its step’s.');
    }
    return { workflowId: null, stepId: null, stepName: null, agentId };
  }
  const { workflowId, stepId } = target;
  const { definition } = await readVersion(services.pool, workspaceId, workflowId, undefined);
  const live = definitionSchema.parse(definition);
  const node = live.nodes.find(({ id }) => id === stepId);
  if (node === undefined) {
    throw new AppError(
      'invalid_input',
      'The live version has no such step. Publish the workflow first.',
    );
  }
  for (const [index, change] of changes.entries()) {
    const problem =
      settingProblem(node, change) ??
      (await textProblem(services, { workspaceId, workflowId }, live, node, change));
    if (problem === undefined) continue;
    throw new AppError('invalid_input', `Variant ${variantIds[index]}: ${problem}`);
  }
  return { workflowId, stepId, stepName: node.name, agentId: null };
}

/** What is wrong with the settings themselves. */
function settingProblem(node: WorkflowNode, change: Change): string | undefined {
  const type = typeNamed(catalogue, node.type);
  if (type === undefined || settingsFor(type).length === 0) return `“${node.name}” asks no model.`;
  return configProblems(type, { ...node.config, ...stepSettings(change) })[0]?.message;
}

/** What the texts of a variant name that is not there, where the step as it is does not. */
async function textProblem(
  services: Needs,
  { workspaceId, workflowId }: { workspaceId: string; workflowId: string },
  live: Definition,
  node: WorkflowNode,
  change: Change,
): Promise<string | undefined> {
  const errors = async (config: WorkflowNode['config']) => {
    const nodes = live.nodes.map((one) => (one.id === node.id ? { ...one, config } : one));
    const found = await draftProblems(services, { workspaceId }, { ...live, nodes }, workflowId);
    return found.filter(({ nodeId, severity }) => nodeId === node.id && severity === 'error');
  };
  const changed = z.json().parse(stepSettings(change));
  const before = new Set((await errors(node.config)).map(({ message }) => message));
  const after = await errors({ ...node.config, ...(isRecord(changed) ? changed : {}) });
  return after.find(({ message }) => !before.has(message))?.message;
}
