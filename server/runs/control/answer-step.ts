import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { Actor } from '@/lib/people/schema';
import type { answerStep as contract } from '@/lib/runs/contract';
import { planStep } from '@/lib/runs/engine/readiness';
import type { WaitEnd } from '@/lib/runs/schema';
import { cleanValue } from '@/lib/runs/values/clean';
import { notifyAnswered } from '@/server/notifications/notify-asked';
import { auditLine } from '@/server/runs/journal/audit';
import { findRun } from '@/server/runs/reading/find-run';
import type { Services } from '@/server/services';
import { budgetEnd } from './budget-answer';
import { recoveryEnd } from './unknown-outcome-answer';

const patienceMs = 5000;

/**
 * Ends the wait of a step with what a person answers. Throws `not_found`, `conflict` when the step does not wait for a
 * person (any more), `forbidden` and `invalid_input` when the step does not take the answer, which leaves it waiting.
 */
export async function answerStep(
  services: Pick<Services, 'pool' | 'bus' | 'engine'>,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id, stepId } = params;
  await findRun(services, actor, id);
  const state = await services.engine.load(id);
  const step = state && planStep(state.plan, stepId);
  if (!state || !step) throw new AppError('not_found', 'The run does not have this step.');
  const current = state.steps[stepId];
  const about = { workspaceId: actor.workspaceId, runId: id, stepId };
  const tooLate = async (): Promise<never> => {
    // Whoever answered may have died before the notifications were closed, or never heard that the answer was taken.
    const now = (await services.engine.load(id))?.steps[stepId];
    if (now?.status === 'succeeded') await notifyAnswered(services, about);
    throw notWaiting();
  };
  if (current?.status !== 'waiting' || current.wait?.kind !== 'person') return tooLate();
  const { attempt } = current;
  const end =
    (await budgetEnd(
      services,
      { runId: id, stepId, attempt },
      current.wait.ask,
      actor,
      body.answer,
    )) ??
    recoveryEnd(step, state.mode, current.wait.ask, actor, body.answer) ??
    endOf(step.type, current.wait.ask, actor, body.answer);
  const command = { type: 'resume', stepId, attempt, end } as const;
  const audit = auditLine(actor, 'run.answered', id);
  const dispatched = await services.engine.dispatch(id, command, patienceMs, { audit });
  if (dispatched === undefined || dispatched.events.length === 0) return tooLate();
  await notifyAnswered(services, about);
  return { id, status: dispatched.state.status };
}

function endOf(type: string, ask: unknown, { name, role, email }: Actor, value: unknown): WaitEnd {
  const node = Object.hasOwn(catalogue, type) ? catalogue[type] : undefined;
  if (node?.kind !== 'task' || !node.answer) throw notWaiting();
  try {
    const end = node.answer(ask, { by: { name, role, email }, value });
    const clean = cleanValue(end);
    if (!clean.ok)
      throw new StepError('invalid_input', `The answer cannot be kept: ${clean.reason}.`);
    return clean.value as WaitEnd;
  } catch (error) {
    if (!StepError.isInstance(error)) throw error;
    throw new AppError(error.code === 'forbidden' ? 'forbidden' : 'invalid_input', error.message);
  }
}

const notWaiting = () =>
  new AppError('conflict', 'This step is no longer waiting: someone else may have answered.');
