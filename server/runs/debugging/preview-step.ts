import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import { scopeFunctions } from '@/lib/nodes/node-type/scope-functions';
import type { Actor } from '@/lib/people/schema';
import type { previewStep as contract } from '@/lib/runs/debug-contract';
import { planStep } from '@/lib/runs/engine/readiness';
import { configProblems } from '@/lib/workflows/config-problems';
import { typeNamed } from '@/lib/workflows/node-catalogue';
import { elsewhereFor } from '@/server/computation/elsewhere';
import { findRun } from '@/server/runs/reading/find-run';
import { hydrateScope } from '@/server/runs/scope/hydrate-scope';
import { previewOf } from '@/server/runs/scope/preview';
import { outerScope, runsAbove } from '@/server/runs/scope/runs-above';
import { scopeOf } from '@/server/runs/scope/scope';
import type { Services } from '@/server/services';
import { isPausedStep } from './breakpoints';

/**
 * What the texts of a paused step become with other settings, and what is wrong about these. Runs nothing. Throws
 * `not_found`, and `conflict` when the debugger does not hold the step.
 */
export async function previewStep(
  services: Pick<Services, 'pool' | 'engine' | 'computation'>,
  actor: Actor,
  { params: { id, stepId }, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  await findRun(services, actor, id);
  const run = await services.engine.current(id);
  const step = run && planStep(run.state.plan, stepId);
  const type = step && typeNamed(catalogue, step.type);
  if (!run || !step || !type) throw new AppError('not_found', 'The run does not have this step.');
  if (!isPausedStep(run.state.steps[stepId])) {
    throw new AppError('conflict', 'This step is no longer paused in the debugger.');
  }
  const config = { ...step.config, ...body.settings };
  const outer = outerScope(await runsAbove(services, run));
  const seen = scopeOf(id, run.state, stepId, outer);
  const hydrate = services.engine.blobs.reader(run.parentLink?.rootId ?? id);
  const asked = { step: { ...step, config } };
  const scope = await hydrateScope(hydrate, asked, seen);
  const { each } = scopeFunctions(scope, elsewhereFor(services.computation, actor.workspaceId));
  const preview = await previewOf(type, { config }, each);
  return { ...preview, problems: [...configProblems(type, config), ...preview.problems] };
}
