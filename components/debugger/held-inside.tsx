'use client';

import { ArrowUpRight } from 'lucide-react';
import Link from 'next/link';
import type { ComponentProps } from 'react';
import { useHeldBelow } from '@/components/runs/use-held';
import { cn } from '@/components/ui/cn';
import { later } from '@/components/ui/later';
import type { PausedStepView } from '@/lib/runs/debug-contract';
import { placeOfChild } from '@/lib/runs/view/child-place';
import { placeInWords } from '@/lib/runs/view/place-words';
import { chooseHeld, keyOfHeld, useChosenHeld } from './chosen-held';
import type { HeldStep as Held } from './held-step';

/** Its form of settings comes when something is held. */
const HeldStep = later<ComponentProps<typeof Held>>(
  () => import('./held-step').then((found) => found.HeldStep),
  () => null,
);

type Props = {
  runId: string;
  /** The container; or the step inside one. */
  stepId: string;
};

/** What the debugger holds in the runs of a step, one at a time. Nothing where nothing is held. */
export function HeldInside({ runId, stepId }: Props) {
  const held = useHeldBelow(runId).filter(
    ({ place, step }) => place[0]?.stepId === stepId || step.id === stepId,
  );
  const shown = useChosenHeld(held);
  if (!shown) return null;
  return (
    <div className="space-y-2">
      {held.length > 1 ? <Choice held={held} shown={shown} /> : null}
      <HeldStep
        key={keyOfHeld(shown)}
        runId={shown.runId}
        step={shown.step}
        named
        place={<Place of={shown} />}
      />
    </div>
  );
}

function Place({ of }: { of: PausedStepView }) {
  return (
    <>
      <span className="min-w-0 flex-1 basis-24 truncate font-normal">{placeInWords(of.place)}</span>
      <Link
        href={`/runs/${of.runId}?step=${encodeURIComponent(of.step.id)}`}
        className="ml-auto inline-flex shrink-0 items-center gap-1 rounded-sm font-normal hover:underline"
      >
        Open its run <ArrowUpRight className="size-3.5" aria-hidden />
      </Link>
    </>
  );
}

function Choice({ held, shown }: { held: readonly PausedStepView[]; shown: PausedStepView }) {
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="mb-1.5 text-xs text-muted">{held.length} items are paused</legend>
      {held.map((each) => {
        const own = each.place.at(-1);
        return (
          <button
            key={keyOfHeld(each)}
            type="button"
            aria-pressed={each === shown}
            title={`${each.step.name} ${placeInWords(each.place)}`}
            onClick={() => chooseHeld(each)}
            className={cn(
              'h-6 rounded-md border px-2 text-xs tabular hover:bg-hover',
              each === shown ? 'border-accent bg-accent-soft' : 'text-muted',
            )}
          >
            {own ? placeOfChild(own.type, own) : each.step.name}
          </button>
        );
      })}
    </fieldset>
  );
}
