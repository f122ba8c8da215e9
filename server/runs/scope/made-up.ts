import { planStep } from '@/lib/runs/engine/readiness';
import type { RunState } from '@/lib/runs/schema';
import type { StoredRun } from '@/server/runs/journal/store';
import type { Services } from '@/server/services';

type Of = Pick<StoredRun, 'parentLink' | 'state'>;

/**
 * Names of the steps before this one whose answers are made up, since no model is set up: in its run, and before the
 * steps that started the runs above it. None in a rehearsal, where nothing reaches anybody.
 */
export async function madeUpBefore(
  { engine }: Pick<Services, 'engine'>,
  { parentLink, state }: Of,
  stepId: string,
): Promise<string[]> {
  if (state.mode === 'rehearsal') return [];
  const found = state.scripted ? madeUpIn(state, stepId) : [];
  let link = parentLink;
  while (link !== undefined) {
    const parent = await engine.current(link.runId);
    if (parent === undefined) break;
    // A container's own mark is that of its earlier iterations.
    if (parent.state.scripted) found.push(...madeUpIn(parent.state, link.stepId));
    link = parent.parentLink;
  }
  return [...new Set(found)];
}

/** Of a step and all before it. */
function madeUpIn({ plan, steps }: RunState, stepId: string): string[] {
  const seen = new Set<string>();
  const open = [stepId];
  const names: string[] = [];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const step = planStep(plan, id);
    if (step === undefined) continue;
    if (steps[id]?.scripted) names.push(step.name);
    open.push(...step.incoming.map(({ from }) => from));
  }
  return names;
}
