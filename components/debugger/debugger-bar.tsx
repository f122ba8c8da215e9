'use client';

import { CircleStop } from 'lucide-react';
import Link from 'next/link';
import { useMemo } from 'react';
import { useRun } from '@/components/realtime/use-run';
import { isOver } from '@/components/runs/run-marks';
import { useHeld } from '@/components/runs/use-held';
import { useJournal } from '@/components/runs/use-journal';
import { useCan } from '@/components/shell/actor-context';
import { useNow } from '@/components/ui/display/time-ago';
import { timeAgo } from '@/components/ui/format';
import { Spinner } from '@/components/ui/spinner';
import type { PausedStepView } from '@/lib/runs/debug-contract';
import type { Plan, RunState } from '@/lib/runs/schema';
import { placeInWords } from '@/lib/runs/view/place-words';
import { useChosenHeld } from './chosen-held';
import { type LastAction, lastAction, lastActionBelow, laterAction } from './last-action';
import { StepButtons } from './step-buttons';
import { useStepOn } from './use-step-on';

type Props = {
  /** The run above all: it is debugged with everything inside it. */
  rootId: string;
  /** The run that the page shows: what is held elsewhere is linked. Absent where all can be seen. */
  pageId?: string;
  /** The step of the root run that is looked at: of several that are held, this one goes. */
  chosen?: string | undefined;
};

/** Continue and steps, for everybody who watches a run that is debugged; says who did what last. */
export function DebuggerBar(props: Props) {
  const { state } = useRun(props.rootId);
  return state?.debug && !isOver(state.status) ? <Bar {...props} state={state} /> : null;
}

function Bar({ rootId, pageId, chosen, state }: Props & { state: RunState }) {
  const held = useHeld(rootId);
  const preferred = useChosenHeld(held);
  const next =
    held.find((each) => each.runId === rootId && each.step.id === chosen) ??
    held.find((each) => each.runId === pageId) ??
    preferred;
  const may = useCan('runs.start');
  const moves = useStepOn(rootId, next);
  return (
    <section
      aria-label="Debugger"
      className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b bg-bg px-3 py-1 text-xs"
    >
      <p className="flex min-w-0 items-center gap-2">
        {next ? (
          <CircleStop className="size-3.5 shrink-0 text-danger" aria-hidden />
        ) : (
          <Spinner className="size-3.5" />
        )}
        <span className="truncate">
          {next ? <Stopped at={next} pageId={pageId} more={held.length - 1} /> : goingOn(state)}
        </span>
      </p>
      {may ? <StepButtons from={next} {...moves} /> : null}
      <LastActionLine rootId={rootId} state={state} />
    </section>
  );
}

const goingOn = ({ status, debug }: RunState) =>
  status === 'paused'
    ? 'Paused'
    : debug?.stepping
      ? 'Going to the next step'
      : 'Going to the next breakpoint';

type StoppedProps = { at: PausedStepView; pageId: string | undefined; more: number };

function Stopped({ at, pageId, more }: StoppedProps) {
  const name = <b className="font-medium">{at.step.name}</b>;
  return (
    <>
      Paused before{' '}
      {pageId === undefined || at.runId === pageId ? (
        name
      ) : (
        <Link
          href={`/runs/${at.runId}?step=${encodeURIComponent(at.step.id)}`}
          className="underline decoration-border-strong underline-offset-2 hover:decoration-accent"
        >
          {name}
        </Link>
      )}{' '}
      {placeInWords(at.place)}
      {more > 0 ? ` and ${more} more` : ''}
    </>
  );
}

function LastActionLine({ rootId, state }: { rootId: string; state: RunState }) {
  const now = useNow();
  const { events } = useJournal(rootId, state.seq);
  const { below } = useRun(rootId);
  const action = useMemo(
    () => laterAction(lastAction(events), lastActionBelow(below)),
    [events, below],
  );
  const names = useMemo(() => namesIn(state.plan), [state.plan]);
  if (!action) return null;
  const name = action.stepId === undefined ? undefined : names.get(action.stepId);
  return (
    <p className="ml-auto min-w-0 truncate text-muted max-sm:ml-0" aria-live="polite">
      <span className="font-medium text-fg">{action.by}</span> {action.did}
      {name ? <i> {name.name}</i> : null}
      {where(action, names)}
      <span className="text-faint">, {timeAgo(action.at, now)}</span>
    </p>
  );
}

type Names = ReadonlyMap<string, { name: string; type: string }>;

function where({ place }: LastAction, names: Names): string {
  const around = place && names.get(place.stepId);
  return place && around ? ` ${placeInWords([{ ...place, ...around }])}` : '';
}

/** Steps of a plan and of the containers in it, by id. */
function namesIn({ steps }: Plan): Names {
  return new Map(
    steps.flatMap((step) => [
      [step.id, { name: step.name, type: step.type }] as const,
      ...(step.body ? namesIn(step.body) : []),
    ]),
  );
}
