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
import { readPlan } from './read-plan';

/**
 * Starts a run of a version, or of the draft, frozen as it is now. The same Idempotency-Key with the same request gives
 * the same run, whatever was changed since; with another one `idempotency_mismatch`. Throws as `readPlan`, and
 * `invalid_input` when the input is not what the start step declares.
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
  const { plan: whole, ...frozen } = await readPlan(services, actor, params.id, body);
  const plan = body.until === undefined ? whole : untilStep(whole, body.until);
  const { id, status } = await services.engine.start({
    workspaceId: actor.workspaceId,
    workflowId: params.id,
    ...frozen,
    mode: body.mode,
    trigger: request?.headers.has('authorization') === true ? 'api' : 'manual',
    startedBy: actor.userId,
    plan,
    input: readInput(plan, body.input),
    ...(body.debug === undefined ? {} : { debug: body.debug }),
    ...(key === undefined ? {} : { idempotency: { key, requestHash } }),
  });
  return { id, status };
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
