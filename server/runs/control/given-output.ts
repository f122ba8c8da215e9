import { AppError } from '@/lib/api/errors';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { Actor } from '@/lib/people/schema';
import type { PlanStep, RunMode, WaitEnd } from '@/lib/runs/schema';
import { cleanValue } from '@/lib/runs/values/clean';
import { isRecord } from '@/lib/values/unknown';
import { askOf, requireMayAnswer } from '@/server/runs/starting/asking-steps';

type Given = { output: unknown; ports?: readonly string[] | undefined };

/**
 * How a step ends whose output somebody gives instead of its own. Of a step that asks people it is an answer like any
 * other: only who may answer gives one, and the server says who that was. One with several ports says where it goes
 * on. Throws `forbidden` and `invalid_input`.
 */
export function endWithOutput(
  step: PlanStep,
  mode: RunMode,
  actor: Pick<Actor, 'name' | 'role' | 'email'>,
  { output, ports }: Given,
): WaitEnd & { ok: true } {
  const asked = askOf(step);
  if (!asked) return { ok: true, output: kept(output), ...portsOf(step, ports) };
  requireMayAnswer(step, mode, actor);
  const role = mode === 'rehearsal' ? 'owner' : actor.role;
  const end = answered(() =>
    asked.answer(asked.ask, {
      by: { name: actor.name, role, email: actor.email },
      value: withoutBy(output),
    }),
  );
  if (end.ok !== true)
    throw new AppError('invalid_input', 'This is not a valid answer for the step.');
  if (ports && ports.join() !== (end.ports ?? step.ports).join()) {
    throw new AppError('invalid_input', 'The ports follow from the decision: do not send "ports".');
  }
  return { ...end, output: kept(end.output) };
}

function answered(answer: () => WaitEnd): WaitEnd {
  try {
    return answer();
  } catch (error) {
    if (!StepError.isInstance(error)) throw error;
    throw new AppError(error.code === 'forbidden' ? 'forbidden' : 'invalid_input', error.message);
  }
}

/** Who answers is not for them to say. */
function withoutBy(output: unknown): unknown {
  if (!isRecord(output)) return output;
  const { by: _, ...rest } = output;
  return rest;
}

function portsOf(step: PlanStep, ports: readonly string[] | undefined): { ports?: string[] } {
  const [first, ...others] = step.ports;
  if (ports === undefined && others.length === 0) return {};
  const own = step.ports.map((port) => `"${port}"`).join(', ');
  if (ports === undefined || ports.length === 0) {
    const message = `“${step.name}” continues at ${first === undefined ? 'no port' : `one of several ports: say which with "ports", of ${own}`}.`;
    throw new AppError('invalid_input', message);
  }
  const unknown = ports.find((port) => !step.ports.includes(port));
  if (unknown === undefined) return { ports: [...new Set(ports)] };
  throw new AppError('invalid_input', `“${step.name}” has no port "${unknown}": it has ${own}.`);
}

function kept(value: unknown): unknown {
  const clean = cleanValue(value);
  if (clean.ok) return clean.value;
  throw new AppError('invalid_input', `The output cannot be kept: ${clean.reason}.`);
}
