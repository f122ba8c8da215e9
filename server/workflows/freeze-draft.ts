import { AppError } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { requireWithin } from '@/lib/runs/limits';
import type { Plan } from '@/lib/runs/schema';
import { compile } from '@/lib/workflows/compile';
import { hasErrors } from '@/lib/workflows/problems/problems';
import type { Definition, Problem } from '@/lib/workflows/schema';
import type { Services } from '@/server/services';
import { definitionHash } from './definition-hash';
import { requireWorkflow } from './require-workflow';
import { problemsOf } from './view-workflow';

type Frozen = {
  name: string;
  definition: Definition;
  plan: Plan;
  hash: string;
  /** Warnings. */
  problems: Problem[];
  /** The live version, where the draft means the same; else null. */
  version: number | null;
};

/**
 * The draft of a workflow as it stands, fit to run: it holds the given state vector and has no errors. Throws
 * `has_problems` with the problems, `conflict` when it does not reach the state vector in time, `too_large` for more
 * steps than the instance runs, `not_found`.
 */
export async function freezeDraft(
  services: Pick<Services, 'pool' | 'computation' | 'drafts' | 'engine'>,
  actor: Pick<Actor, 'workspaceId' | 'userId'>,
  workflowId: string,
  stateVector: string | undefined,
): Promise<Frozen> {
  const { id, name, liveVersion, liveHash } = await requireWorkflow(services, actor, workflowId);
  const including = stateVector ? Buffer.from(stateVector, 'base64') : undefined;
  const definition = await services.drafts.read(id, { ...(including ? { including } : {}) });
  const problems = await problemsOf(services, actor, definition, id);
  if (hasErrors(problems)) {
    const errors = problems.filter((problem) => problem.severity === 'error');
    const count = errors.length === 1 ? 'A problem stands' : `${errors.length} problems stand`;
    throw new AppError('has_problems', `${count} in the way: ${errors[0]?.message}`, { problems });
  }
  const plan = compile(definition, catalogue);
  requireWithin(plan, services.engine.limits);
  const hash = definitionHash(definition);
  const version = liveHash === hash ? liveVersion : null;
  return { name, definition, plan, hash, problems, version };
}
