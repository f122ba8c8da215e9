import type { Debug, PlanStep } from './schema';

/**
 * Where a run stands that steps of a container make: the containers around it, the outermost first, with the item that
 * it is for. `alone`: its items come one after the other. Empty for a run that no container started.
 */
export type Place = readonly PlacePart[];
type PlacePart = { stepId: string; index: number; alone?: boolean };

/** How a run that is debugged goes on from a step that is paused. */
export const debuggerActions = ['continue', 'over', 'into', 'out'] as const;
export type DebuggerAction = (typeof debuggerActions)[number];

/** A step that is paused, as far as actions must know it. */
export type PausedAt = { place: Place; step: Pick<PlanStep, 'id' | 'body'> };

/**
 * Whether a step is to be looked at before its work: `step` where one goes step by step, the condition of its
 * breakpoint (empty: always), or undefined.
 */
export function stopBefore(
  debug: Debug,
  place: Place,
  nodeId: string,
): 'step' | { condition: string } | undefined {
  if (debug.stepping && isOnTheWay(place, debug.into ?? [])) return 'step';
  if (!Object.hasOwn(debug.breakpoints, nodeId)) return undefined;
  return { condition: debug.breakpoints[nodeId] ?? '' };
}

/** Steps are taken where one has stepped into, and around that; beside it other items run through. */
function isOnTheWay(place: Place, into: NonNullable<Debug['into']>): boolean {
  return place.every(({ stepId, index, alone }, depth) => {
    const way = into[depth];
    return way?.stepId === stepId && (alone === true || way.index === index);
  });
}

/** Where a run stops after an action at a paused step. */
export function debugAfter(debug: Debug, action: DebuggerAction, { place, step }: PausedAt): Debug {
  const { breakpoints } = debug;
  if (action === 'continue' || (action === 'out' && place.length === 0)) {
    return { breakpoints, stepping: false };
  }
  const here = place.map(({ stepId, index }) => ({ stepId, index }));
  const into =
    action === 'out'
      ? here.slice(0, -1)
      : action === 'into' && step.body
        ? [...here, { stepId: step.id, index: 0 }]
        : here;
  return { breakpoints, stepping: true, ...(into.length > 0 ? { into } : {}) };
}

/** Whether two say the same about where a run stops. */
export function sameDebug(a: Debug, b: Debug): boolean {
  const flat = ({ breakpoints, stepping, into = [] }: Debug) =>
    JSON.stringify([Object.entries(breakpoints).sort(), stepping, into]);
  return flat(a) === flat(b);
}

/** Which paused steps an action at one of them lets go: that one; all; or, out of a container, all inside that. */
export function letGoBy<H extends PausedAt>(
  action: DebuggerAction,
  from: H,
  paused: readonly H[],
): H[] {
  if (action === 'continue') return [...paused];
  if (action !== 'out') return [from];
  const { place } = from;
  return paused.filter((each) =>
    place.every(
      ({ stepId, index }, depth) =>
        each.place[depth]?.stepId === stepId &&
        (depth === place.length - 1 || each.place[depth]?.index === index),
    ),
  );
}
