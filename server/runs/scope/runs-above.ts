import type { Scope } from '@/lib/nodes/node-type/define-node';
import type { Place } from '@/lib/runs/debugging';
import { planStep } from '@/lib/runs/engine/readiness';
import type { Debug, RunState } from '@/lib/runs/schema';
import type { ParentLink, StoredRun } from '@/server/runs/journal/store';
import type { Services } from '@/server/services';
import { scopeOf } from './scope';

/** A run whose step started the one below it. */
type Above = { state: RunState; parentLink: ParentLink };

/** The runs around one whose steps stand inside those of another, the nearest first; none for all other runs. */
export async function runsAbove(
  { engine }: Pick<Services, 'engine'>,
  of: Pick<StoredRun, 'parentLink'>,
): Promise<Above[]> {
  const found: Above[] = [];
  for (let { parentLink } = of; parentLink?.inherits === true; ) {
    const parent = await engine.current(parentLink.runId);
    if (parent === undefined) break;
    found.push({ state: parent.state, parentLink });
    parentLink = parent.parentLink;
  }
  return found;
}

/** What is seen by the step that started a run; undefined without any above. */
export const outerScope = (above: readonly Above[]): Scope | undefined =>
  above.reduceRight<Scope | undefined>(
    (outer, { state, parentLink }) => scopeOf(parentLink.runId, state, parentLink.stepId, outer),
    undefined,
  );

/**
 * Where a run stops, as the run above all says it now, and where it stands there. Undefined for a run that is not
 * debugged: those of other workflows and of plans that were made on the way run without stops.
 */
export function debuggedBy(
  own: RunState,
  above: readonly Above[],
): { debug: Debug; place: Place } | undefined {
  const { debug } = above.at(-1)?.state ?? own;
  if (debug === undefined) return undefined;
  const place = above.map(({ state, parentLink }) => {
    const children = state.steps[parentLink.stepId]?.wait?.children;
    const alone = children?.concurrency === 1;
    const inside = planStep(state.plan, parentLink.stepId)?.body !== undefined;
    return {
      stepId: parentLink.stepId,
      index: parentLink.index,
      inside,
      ...(alone ? { alone } : {}),
    };
  });
  if (place.some(({ inside }) => !inside)) return undefined;
  return { debug, place: place.reverse() };
}
