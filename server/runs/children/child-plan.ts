import type { Pool } from 'pg';
import { AppError } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import { planStep } from '@/lib/runs/engine/readiness';
import type { RunLimits } from '@/lib/runs/limits';
import type { Children } from '@/lib/runs/schema';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import type { Facts } from '@/server/runs/journal/child-rows';
import type { NewRun, StoredRun } from '@/server/runs/journal/store';
import { readVersion } from '@/server/runs/starting/read-version';

/** What a child runs, and whether its expressions see what the step that starts it sees. */
export type ChildPlan = Pick<
  NewRun,
  'plan' | 'definitionHash' | 'name' | 'workflowId' | 'versionNumber' | 'draftAt'
> & { inherits: boolean };

/**
 * What the children of a step run. Throws `AppError` where they cannot: too deep, nothing inside, a workflow that is not
 * published, or one that would run itself.
 */
export async function planOfChildren(
  pool: Pool,
  run: StoredRun,
  facts: Facts,
  stepId: string,
  { of }: Children,
  { depth }: Pick<RunLimits, 'depth'>,
): Promise<ChildPlan> {
  if (facts.depth + 1 > depth) {
    throw new AppError('too_large', `Child runs can be nested at most ${depth} levels deep.`);
  }
  const own = {
    definitionHash: facts.hash,
    inherits: true,
    ...(facts.workflowId === null ? {} : { workflowId: facts.workflowId }),
    ...(facts.version === null ? {} : { versionNumber: facts.version }),
    ...(facts.draftAt === null ? {} : { draftAt: facts.draftAt }),
  };
  const step = planStep(run.state.plan, stepId);
  if (of.kind === 'body') {
    if (!step?.body) throw new AppError('invalid_input', 'There are no steps inside this one.');
    return { ...own, plan: step.body, name: `${facts.name} · ${step.name}` };
  }
  if (of.kind === 'plan') {
    return { ...own, plan: of.plan, name: of.plan.name, inherits: of.alone !== true };
  }
  if (facts.workflows.includes(of.workflowId)) {
    throw new AppError('invalid_input', 'This workflow would run itself endlessly.');
  }
  const found = await readVersion(pool, run.workspaceId, of.workflowId, of.version);
  return {
    plan: compile(definitionSchema.parse(found.definition), catalogue),
    definitionHash: found.hash,
    name: found.name,
    inherits: false,
    workflowId: of.workflowId,
    versionNumber: found.number,
  };
}
