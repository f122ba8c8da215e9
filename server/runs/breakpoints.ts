import type { NodeContext } from '@/lib/nodes/define-node';
import type { PlanStep, RunState, StepOutcome } from '@/lib/runs/schema';
import { withSettings } from './fork-run';

type Released = { released: true; settings: Record<string, unknown> };

function releaseOf(state: RunState, stepId: string): Released | undefined {
  const told = state.steps[stepId]?.resumed as Partial<Released> | undefined;
  return told?.released === true ? (told as Released) : undefined;
}

/** The step as somebody let it go on in the debugger: with the settings that they gave. */
export function releasedStep(state: RunState, step: PlanStep): PlanStep {
  const settings = releaseOf(state, step.id)?.settings ?? {};
  return Object.keys(settings).length === 0 ? step : withSettings(step, settings);
}

/**
 * Holds a step before its work when the run is debugged and the step has a breakpoint whose condition holds, or the run
 * goes step by step. `input` is what the settings become. Undefined: it runs.
 */
export function stopAt(
  state: RunState,
  step: PlanStep,
  context: Pick<NodeContext, 'evaluate' | 'memo'>,
  input: () => Record<string, string>,
): StepOutcome | undefined {
  const { debug } = state;
  // What runs once more after a wait was looked at before it.
  if (!debug || context.memo !== undefined || releaseOf(state, step.id)) return undefined;
  const condition = Object.hasOwn(debug.breakpoints, step.nodeId)
    ? debug.breakpoints[step.nodeId]
    : undefined;
  const why = debug.stepping ? '' : holds(condition, context);
  if (why === undefined) return undefined;
  const ask = { settings: step.config, ...(why === '' ? {} : { why }) };
  return { ok: 'wait', wait: { kind: 'debugger', ask }, input: input() };
}

/** A condition that cannot be worked out stops too, and says so: nothing should run past it unseen. */
function holds(
  condition: string | undefined,
  { evaluate }: Pick<NodeContext, 'evaluate'>,
): string | undefined {
  if (condition === undefined) return undefined;
  if (condition.trim() === '') return '';
  try {
    return evaluate(condition) === true ? `${condition} is true.` : undefined;
  } catch (error) {
    return `The condition failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}
