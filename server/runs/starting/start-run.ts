import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { checkInput } from '@/lib/nodes/forms/run-input';
import startNode, { startConfig } from '@/lib/nodes/forms/start';
import type { Actor } from '@/lib/people/schema';
import type { startRun as contract } from '@/lib/runs/contract';
import { planUntil } from '@/lib/runs/engine/plan-parts';
import { planStep } from '@/lib/runs/engine/readiness';
import type { Plan } from '@/lib/runs/schema';
import { hashOf } from '@/server/idempotency/hash-of';
import { readIdempotencyKey } from '@/server/idempotency/read-key';
import type { Services } from '@/server/services';
import { earlierRun } from './earlier-run';
import { planOnly } from './plan-only';
import { readPlan } from './read-plan';
import { triggerOf } from './trigger-of';

type Body = InputOf<typeof contract>['body'];

/**
 * Starts a run of a version, or of the draft, frozen as it is now. The same Idempotency-Key with the same request gives
 * the same run, whatever was changed since; with another one `idempotency_mismatch`. Throws as `readPlan` and
 * `planOnly`, and `invalid_input` when the input is not what the start step declares.
 */
export async function startRun(
  services: Pick<Services, 'pool' | 'engine' | 'drafts' | 'computation'>,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
  request?: Pick<Request, 'headers'>,
): Promise<ResultOf<typeof contract>> {
  const key = readIdempotencyKey(request);
  const requestHash = hashOf({ workflow: params.id, ...body });
  const earlier = await earlierRun(services, actor, key, requestHash);
  if (earlier) return earlier;
  const { input, ...what } = await whatToRun(services, actor, params.id, body);
  const { id, status } = await services.engine.start({
    workspaceId: actor.workspaceId,
    workflowId: params.id,
    ...what,
    input,
    mode: body.mode,
    trigger: triggerOf(request),
    startedBy: actor.userId,
    ...(body.debug === undefined ? {} : { debug: body.debug }),
    ...(key === undefined ? {} : { idempotency: { key, requestHash } }),
  });
  return { id, status };
}

/** A workflow, a part of it, or one step, with what it is given. */
async function whatToRun(
  services: Pick<Services, 'pool' | 'engine' | 'drafts' | 'computation'>,
  actor: Actor,
  workflowId: string,
  { only, ...body }: Body,
) {
  if (only !== undefined) {
    // The start step does not check it: what the step does not read may be left out.
    const what = await planOnly(services, actor, workflowId, { ...body, only });
    return { ...what, input: body.input };
  }
  for (const name of ['outputs', 'outputsFrom', 'names'] as const) {
    if (body[name] === undefined) continue;
    throw new AppError(
      'invalid_input',
      `"${name}" goes with "only": the steps of a whole run give their own.`,
    );
  }
  const { plan: whole, ...frozen } = await readPlan(services, actor, workflowId, body);
  const plan = body.until === undefined ? whole : untilStep(whole, body.until);
  return { ...frozen, plan, input: readInput(plan, body.input) };
}

function untilStep(plan: Plan, stepId: string): Plan {
  if (planStep(plan, stepId)) return planUntil(plan, stepId);
  throw new AppError('invalid_input', `There is no step "${stepId}" in what was to run.`);
}

/** The input in the shape that the start step declares, with its defaults; any object where there is none. */
export function readInput(plan: Plan, given: Record<string, unknown>): Record<string, unknown> {
  const start = plan.steps.find((step) => step.type === startNode.type);
  if (start === undefined) return given;
  const checked = checkInput(startConfig.parse(start.config).inputs, given);
  if (checked.ok) return checked.value;
  throw new AppError('invalid_input', checked.problems.join(' '), { problems: checked.problems });
}
