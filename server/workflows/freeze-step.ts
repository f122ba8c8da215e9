import { AppError } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { stepWithItsBody } from '@/lib/workflows/compile-only';
import type { Definition } from '@/lib/workflows/schema';
import type { Services } from '@/server/services';
import { requireWorkflow } from './require-workflow';
import { problemsOf } from './view-workflow';

/**
 * The draft of a workflow as it stands, fit to run one of its steps: what is wrong elsewhere does not count. Throws
 * `has_problems` with those of the step and what stands inside it, `conflict` when the draft does not reach the state
 * vector in time, `not_found`.
 */
export async function freezeStep(
  services: Pick<Services, 'pool' | 'computation' | 'drafts' | 'engine'>,
  actor: Pick<Actor, 'workspaceId'>,
  workflowId: string,
  { stepId, stateVector }: { stepId: string; stateVector: string | undefined },
): Promise<{ name: string; definition: Definition }> {
  const { id, name } = await requireWorkflow(services, actor, workflowId);
  const including = stateVector ? Buffer.from(stateVector, 'base64') : undefined;
  const definition = await services.drafts.read(id, { ...(including ? { including } : {}) });
  const part = stepWithItsBody(definition, catalogue, stepId);
  const problems = (await problemsOf(services, actor, definition, id)).filter(
    ({ severity, nodeId }) => severity === 'error' && nodeId !== undefined && part.has(nodeId),
  );
  const [first] = problems;
  if (first) {
    throw new AppError('has_problems', `This step is not ready: ${first.message}`, { problems });
  }
  return { name, definition };
}
