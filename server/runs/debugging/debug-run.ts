import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { releaseStep as release, setDebug as set } from '@/lib/runs/debug-contract';
import { isEnded, planStep } from '@/lib/runs/engine/readiness';
import type { WaitEnd } from '@/lib/runs/schema';
import { endWithOutput } from '@/server/runs/control/given-output';
import { auditLine } from '@/server/runs/journal/audit';
import { findRun } from '@/server/runs/reading/find-run';
import { requireMayAnswer } from '@/server/runs/starting/asking-steps';
import type { Services } from '@/server/services';
import { isPausedStep } from './breakpoints';
import { withSettings } from './fork-run';
import { debuggedRun } from './step-on';

type Needs = Pick<Services, 'pool' | 'engine'>;
const patienceMs = 5000;

/**
 * Sets where a run under way stops, with those of its containers. Throws `not_found`, `already_finished`, and `conflict`
 * for a run inside another.
 */
export async function setDebug(
  services: Needs,
  actor: Actor,
  { params: { id }, body }: InputOf<typeof set>,
): Promise<ResultOf<typeof set>> {
  await debuggedRun(services, actor, id);
  const command = { type: 'debug', by: actor.name, debug: body } as const;
  const dispatched = await services.engine.dispatch(id, command, patienceMs);
  if (dispatched === undefined) throw new AppError('not_found', 'This run does not exist.');
  const { status } = dispatched.state;
  if (isEnded(status)) {
    throw new AppError('already_finished', `The run has already ended: ${status}.`);
  }
  return { id, status };
}

/**
 * Lets a step go on that the debugger stopped. Throws `not_found`, `conflict` when it does not stand there (any more),
 * `invalid_input` for settings or an output that the step cannot have, and `forbidden` where it asks others.
 */
export async function releaseStep(
  services: Needs,
  actor: Actor,
  { params: { id, stepId }, body }: InputOf<typeof release>,
): Promise<ResultOf<typeof release>> {
  await findRun(services, actor, id);
  const state = await services.engine.load(id);
  const step = state && planStep(state.plan, stepId);
  if (!state || !step) throw new AppError('not_found', 'The run does not have this step.');
  const current = state.steps[stepId];
  if (current === undefined || !isPausedStep(current)) throw notStopped();
  if (body.settings !== undefined) {
    requireMayAnswer(step, state.mode, actor);
    withSettings(step, body.settings);
  }
  const end: WaitEnd =
    body.output === undefined
      ? { ok: 'again', value: { released: true, settings: body.settings ?? {} } }
      : givenInDebugger(endWithOutput(step, state.mode, actor, body as Given), actor.name);
  const command = {
    type: 'resume',
    stepId,
    attempt: current.attempt,
    end,
    by: actor.name,
  } as const;
  const audit = auditLine(actor, 'run.released', id);
  const dispatched = await services.engine.dispatch(id, command, patienceMs, { audit });
  if (dispatched === undefined || dispatched.events.length === 0) throw notStopped();
  return { id, status: dispatched.state.status };
}

type Given = { output: unknown; ports?: string[] };

/** Everybody who reads the run sees that the output is none of the step's own; watchers know it by how this begins. */
function givenInDebugger(end: WaitEnd & { ok: true }, name: string): WaitEnd {
  if (end.reason === undefined) return { ...end, reason: `Output set by ${name}.` };
  return {
    ...end,
    reason: `Output set by ${name} in the debugger instead of an answer. ${end.reason}`,
  };
}

const notStopped = () =>
  new AppError('conflict', 'This step is no longer paused: someone else may have continued it.');
