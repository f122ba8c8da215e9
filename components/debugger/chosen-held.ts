'use client';

import { createObservable } from '@/components/observable/observable';
import { useObservable } from '@/components/observable/use-observable';
import type { PausedStepView } from '@/lib/runs/debug-contract';

/** Names one held step of a page. */
export const keyOfHeld = ({ runId, step }: Pick<PausedStepView, 'runId' | 'step'>) =>
  `${runId}/${step.id}`;

const chosen = createObservable<string | undefined>(undefined);

/** Chooses which of several held steps is shown, and goes when one steps. */
export const chooseHeld = (held: PausedStepView) => chosen.set(keyOfHeld(held));

/** The held step that is chosen, else the first one. */
export function useChosenHeld(held: readonly PausedStepView[]): PausedStepView | undefined {
  const key = useObservable(chosen);
  return held.find((each) => keyOfHeld(each) === key) ?? held[0];
}
