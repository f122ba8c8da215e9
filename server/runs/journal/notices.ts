import type { RunEvent, RunState } from '@/lib/runs/schema';

/** Something of a run that people are to be notified of: who, is found out when they are told. */
export type RunNotice = {
  /** Empty: the run as a whole. */
  stepId: string;
  kind: 'failed' | 'waiting';
  text: string;
};

const maxCharacters = 500;

/**
 * What some events tell people: the end of a run that failed, and a step that waits for what only people can give. A
 * failure below a step is told by the run above, where it fails too. Rehearsals tell nobody.
 */
export function noticesOf(
  events: readonly RunEvent[],
  { mode, steps }: RunState,
  child: boolean,
): RunNotice[] {
  if (mode !== 'live') return [];
  return events.flatMap((event): RunNotice[] => {
    if (event.type === 'RunFailed' && !child) {
      return [{ stepId: event.stepId ?? '', kind: 'failed', text: short(event.error.message) }];
    }
    if (event.type !== 'StepWaiting' || event.wait.tell === undefined) return [];
    // What waited in the same commit and goes on already tells nobody.
    if (steps[event.stepId]?.status !== 'waiting') return [];
    return [{ stepId: event.stepId, kind: 'waiting', text: short(event.wait.tell) }];
  });
}

const short = (text: string) =>
  text.length <= maxCharacters ? text : `${text.slice(0, maxCharacters - 1).toWellFormed()}…`;
