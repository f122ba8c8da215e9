import type { NodeContext } from '@/lib/nodes/node-type/define-node';
import { type Place, stopBefore } from '@/lib/runs/debugging';
import type { Debug, PlanStep, RunState, StepState, Wait } from '@/lib/runs/schema';
import type { Preview } from '@/server/runs/scope/preview';
import { withSettings } from './fork-run';

type Released = { released: true; settings: Record<string, unknown> };

function releaseOf(state: RunState, stepId: string): Released | undefined {
  const resumed = state.steps[stepId]?.resumed as Partial<Released> | undefined;
  return resumed?.released === true ? (resumed as Released) : undefined;
}

/** The step as somebody let it go on in the debugger: with the settings that they gave. */
export function releasedStep(state: RunState, step: PlanStep): PlanStep {
  const settings = releaseOf(state, step.id)?.settings ?? {};
  return Object.keys(settings).length === 0 ? step : withSettings(step, settings);
}

/** Whether the debugger has paused a step. */
export const isPausedStep = (step: StepState | undefined): boolean =>
  step?.status === 'waiting' && step.wait?.kind === 'debugger';

type Attempted = {
  state: RunState;
  step: PlanStep;
  /** Where the run stops, and where it stands in the one above all; undefined: it is not debugged. */
  debugged: { debug: Debug; place: Place } | undefined;
};

/**
 * Holds a step before its work when the run, or the one whose container it stands in, is debugged, and the step has a
 * breakpoint whose condition holds or one goes step by step there. Undefined: it runs.
 */
export async function stopAt(
  { state, step, debugged }: Attempted,
  context: Pick<NodeContext, 'evaluate' | 'memo'>,
  preview: () => Promise<Preview>,
): Promise<{ wait: Wait; input: Record<string, string> } | undefined> {
  // What runs once more after a wait was looked at before it.
  if (!debugged || context.memo !== undefined || releaseOf(state, step.id)) return undefined;
  const stop = stopBefore(debugged.debug, debugged.place, step.nodeId);
  const why = typeof stop === 'object' ? await holds(stop.condition, context) : stop && '';
  if (why === undefined) return undefined;
  const { input, problems } = await preview();
  const ask = {
    settings: step.config,
    ports: step.ports,
    ...(why === '' ? {} : { why }),
    ...(problems.length === 0 ? {} : { problems }),
  };
  return { wait: { kind: 'debugger', ask }, input };
}

/** A condition that cannot be worked out stops too, and says so: nothing should run past it unseen. */
async function holds(
  condition: string,
  { evaluate }: Pick<NodeContext, 'evaluate'>,
): Promise<string | undefined> {
  if (condition.trim() === '') return '';
  try {
    return (await evaluate(condition)) === true ? `${condition} is true.` : undefined;
  } catch (error) {
    return `The condition failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}
