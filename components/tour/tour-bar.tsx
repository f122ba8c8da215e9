'use client';

import { Check, Compass, X } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { useObservable } from '@/components/observable/use-observable';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toast } from '@/components/ui/controls/toast';
import { type Tour, type TourStep, tourSteps } from '@/lib/people/tour';
import { type TourFacts, useTour } from './tour-context';
import { TourRing } from './tour-ring';
import { tourTexts } from './tour-texts';

/** Whether a step of the tour is done; the last two are done when the person says so. */
function isDone(step: TourStep, facts: TourFacts | undefined): boolean {
  if (!facts) return false;
  switch (step) {
    case 'add':
      return facts.steps > 0;
    case 'connect':
      return facts.wires > 0;
    case 'run':
      return facts.run !== 'none';
    case 'result':
    case 'invite':
      return false;
  }
}

/** The tour as a line above the page: it covers nothing, and goes away when one leaves it. */
export function TourBar() {
  const { tour } = useTour();
  return tour?.state === 'on' ? <Bar tour={tour} /> : null;
}

function Bar({ tour }: { tour: Tour }) {
  const { step, workflowId } = tour;
  const { go, end, facts, mayInvite } = useTour();
  const pathname = usePathname();
  const known = useObservable(facts);
  const here = known?.workflowId === workflowId ? known : undefined;
  const place = tourSteps.indexOf(step);
  const next = tourSteps[place + 1];
  const done = isDone(step, here);
  useEffect(() => {
    if (done && next) go(next);
  }, [done, next, go]);
  const { title, text } = tourTexts[step];
  const away = step !== 'invite' && workflowId !== undefined && !pathname.endsWith(workflowId);
  return (
    <section
      aria-label="Tour"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-b bg-accent-soft px-4 py-2"
    >
      <Compass className="size-4 shrink-0 text-accent" aria-hidden />
      <Dots place={place} />
      <p role="status" className="min-w-60 max-sm:flex-1">
        <span className="sr-only">{`Step ${place + 1} of ${tourSteps.length}: `}</span>
        <strong className="font-medium">{title}.</strong> <span className="text-muted">{text}</span>
      </p>
      <span className="flex items-center gap-1.5">
        {away ? (
          <Button asChild size="sm">
            <Link href={`/workflows/${workflowId}`}>Back to the workflow</Link>
          </Button>
        ) : null}
        {step === 'invite' ? (
          <>
            {mayInvite ? (
              <Button asChild size="sm">
                <Link href="/settings/members?invite">Invite</Link>
              </Button>
            ) : null}
            <Button size="sm" variant="primary" onClick={() => end('done')}>
              <Check aria-hidden /> Finish
            </Button>
          </>
        ) : (
          <Button size="sm" onClick={() => next && go(next)}>
            {step === 'result' ? 'Next' : 'Skip'}
          </Button>
        )}
        <IconButton
          label="Leave the tour"
          size="sm"
          onClick={() => {
            end('left');
            toast.info('Tour left', {
              description: 'Start it again from the menu under your name.',
            });
          }}
        >
          <X />
        </IconButton>
      </span>
      {away ? null : <TourRing step={step} />}
    </section>
  );
}

function Dots({ place }: { place: number }) {
  return (
    <span className="flex gap-1" aria-hidden>
      {tourSteps.map((each, index) => (
        <span
          key={each}
          className={cn(
            'size-1.5 rounded-full bg-border-strong',
            index < place && 'bg-success',
            index === place && 'bg-accent',
          )}
        />
      ))}
    </span>
  );
}
