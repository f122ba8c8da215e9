import type { Below } from '@/components/realtime/run-state';
import type { DebuggerAction } from '@/lib/runs/debugging';
import type { Debug, RunEvent } from '@/lib/runs/schema';

/** What somebody did last in the debugger, as a sentence around the name of a step; `at` in milliseconds since 1970. */
export type LastAction = {
  by: string;
  did: string;
  stepId?: string;
  at: number;
  /** In which item, for a step of a run below. */
  place?: Below['place'];
};

const movesInWords: Record<DebuggerAction, string> = {
  continue: 'continued from',
  over: 'stepped over',
  into: 'stepped into',
  out: 'stepped out from',
};

/** Finds the last action in child runs of a debugged run, as reported live. */
export function lastActionBelow(below: readonly Below[]): LastAction | undefined {
  let last: LastAction | undefined;
  for (const { events, place } of below) {
    const action = events && lastAction(events);
    if (action) last = { ...action, place };
  }
  return last;
}

/** The later of two; of the same moment the second, which came of the first. */
export const laterAction = (
  a: LastAction | undefined,
  b: LastAction | undefined,
): LastAction | undefined => (a && (!b || a.at > b.at) ? a : b);

/** What was done last to a run that is debugged, read from its journal; undefined when nobody did anything yet. */
export function lastAction(events: readonly RunEvent[]): LastAction | undefined {
  let debug: Debug = { breakpoints: {}, stepping: false };
  let last: LastAction | undefined;
  for (const event of events) {
    const action = actionOf(event, debug);
    // Letting a step go says whether it was a step or going on: the setting before it says no more.
    if (action) last = { ...action, at: event.at };
    if (event.type === 'DebugSet') debug = event.debug;
  }
  return last;
}

function actionOf(event: RunEvent, debug: Debug): Omit<LastAction, 'at'> | undefined {
  switch (event.type) {
    case 'StepResumed': {
      if (event.by === undefined || !isRelease(event.value)) return undefined;
      const changed = Object.keys(event.value.settings ?? {}).length > 0;
      const { move } = event.value;
      const released = move ? movesInWords[move] : debug.stepping ? 'stepped over' : 'released';
      const did = changed ? 'changed the settings of' : released;
      return { by: event.by, did, stepId: event.stepId };
    }
    case 'StepSucceeded': {
      const by = /^Output (?:set|given) by (.+)\.$/.exec(event.reason ?? '')?.[1];
      return by === undefined ? undefined : { by, did: 'set the output of', stepId: event.stepId };
    }
    case 'DebugSet':
      return event.by === '' ? undefined : { by: event.by, ...settingOf(debug, event.debug) };
    case 'RunPaused':
      return { by: event.by, did: 'paused the run' };
    case 'RunResumed':
      return { by: event.by, did: 'continued the run' };
    case 'RunCancelRequested':
      return { by: event.by, did: 'cancelled the run' };
    default:
      return undefined;
  }
}

function settingOf(before: Debug, after: Debug): Pick<LastAction, 'did' | 'stepId'> {
  const added = Object.keys(after.breakpoints).find((id) => !Object.hasOwn(before.breakpoints, id));
  if (added !== undefined) return { did: 'set a breakpoint on', stepId: added };
  const gone = Object.keys(before.breakpoints).find((id) => !Object.hasOwn(after.breakpoints, id));
  if (gone !== undefined) return { did: 'removed the breakpoint from', stepId: gone };
  const other = Object.keys(after.breakpoints).find(
    (id) => before.breakpoints[id] !== after.breakpoints[id],
  );
  if (other !== undefined) return { did: 'changed the condition on', stepId: other };
  return { did: after.stepping ? 'steps through the run' : 'continued' };
}

function isRelease(
  value: unknown,
): value is { settings?: Record<string, unknown>; move?: DebuggerAction } {
  return typeof value === 'object' && value !== null && 'released' in value;
}

/** Who set a breakpoint of a run last, by step; steps whose breakpoint came with the run are left out. */
export function settersOf(events: readonly RunEvent[]): Record<string, string> {
  const setters: Record<string, string> = {};
  let known: Debug['breakpoints'] = {};
  for (const event of events) {
    if (event.type !== 'DebugSet') continue;
    for (const [id, condition] of Object.entries(event.debug.breakpoints)) {
      if (event.by !== '' && known[id] !== condition) setters[id] = event.by;
    }
    known = event.debug.breakpoints;
  }
  return setters;
}
