'use client';

import { CircleStop, Play, StepForward } from 'lucide-react';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { isOver } from '@/components/runs/run-marks';
import { useJournal } from '@/components/runs/use-journal';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/button';
import { timeAgo } from '@/components/ui/format';
import { Spinner } from '@/components/ui/spinner';
import { useNow } from '@/components/ui/time-ago';
import { toastError } from '@/components/ui/toast';
import { Tooltip } from '@/components/ui/tooltip';
import type { StepView } from '@/lib/runs/contract';
import type { Debug, RunStatus } from '@/lib/runs/schema';
import { type Deed, lastDeed } from './last-deed';
import { putDebug, releaseAnyway } from './queries';

type Props = {
  runId: string;
  status: RunStatus;
  seq: number;
  debug: Debug | undefined;
  steps: readonly StepView[];
  /** The step that is looked at: of several that are held, this one goes. */
  chosen?: string | undefined;
};

/** Continue and step, for everybody who watches a run that is debugged; says who did what last. */
export function DebuggerBar(props: Props) {
  const { debug, status } = props;
  return debug && !isOver(status) ? <Bar {...props} debug={debug} /> : null;
}

function Bar({ runId, seq, debug, steps, chosen, status }: Props & { debug: Debug }) {
  const held = steps.filter((step) => step.wait?.kind === 'debugger');
  const next = held.find((step) => step.id === chosen) ?? held[0];
  const may = useCan('runs.start');
  const deed = lastDeed(useJournal(runId, seq).events);
  const { busy, goOn, step } = useDeeds(runId, debug, held, next);
  useFunctionKeys(may, goOn, step);
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
          {next ? (
            <>
              Stopped before <b className="font-medium">{next.name}</b>
              {held.length > 1 ? ` and ${held.length - 1} more` : ''}
            </>
          ) : status === 'paused' ? (
            'Paused'
          ) : debug.stepping ? (
            'Going to the next step'
          ) : (
            'Going to the next breakpoint'
          )}
        </span>
      </p>
      {may ? (
        <div className="flex gap-1.5">
          <Tooltip label="All stopped steps go on, to the next breakpoint" keys={['F8']}>
            <Button size="sm" disabled={busy || !next} onClick={goOn}>
              <Play aria-hidden className="fill-current" /> Continue
            </Button>
          </Tooltip>
          <Tooltip
            label={next ? `Runs ${next.name} and stops before what follows` : 'Nothing is stopped'}
            keys={['F10']}
          >
            <Button size="sm" disabled={busy || !next} onClick={step}>
              <StepForward aria-hidden /> Step
            </Button>
          </Tooltip>
        </div>
      ) : null}
      {deed ? <LastDeed deed={deed} steps={steps} /> : null}
    </section>
  );
}

function useDeeds(
  runId: string,
  debug: Debug,
  held: readonly StepView[],
  next: StepView | undefined,
) {
  const [busy, setBusy] = useState(false);
  const attempt = async (deed: () => Promise<void>) => {
    if (busy || !next) return;
    setBusy(true);
    try {
      await deed();
    } catch (error) {
      toastError('The run was not moved on', error);
    } finally {
      setBusy(false);
    }
  };
  // First the setting, then the step: what follows it is stopped, or not, by what was asked for.
  const stepping = async (on: boolean) => {
    if (debug.stepping !== on) await putDebug(runId, { ...debug, stepping: on });
  };
  return {
    busy,
    goOn: () =>
      void attempt(async () => {
        await stepping(false);
        for (const step of held) await releaseAnyway(runId, step.id);
      }),
    step: () =>
      void attempt(async () => {
        await stepping(true);
        if (next) await releaseAnyway(runId, next.id);
      }),
  };
}

function useFunctionKeys(on: boolean, goOn: () => void, step: () => void) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!on || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== 'F8' && event.key !== 'F10') return;
    event.preventDefault();
    if (event.key === 'F8') goOn();
    else step();
  });
  useEffect(() => {
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}

function LastDeed({ deed, steps }: { deed: Deed; steps: readonly StepView[] }) {
  const now = useNow();
  const name = useMemo(() => steps.find(({ id }) => id === deed.stepId)?.name, [steps, deed]);
  return (
    <p className="ml-auto min-w-0 truncate text-muted max-sm:ml-0" aria-live="polite">
      <span className="font-medium text-fg">{deed.by}</span> {deed.did}
      {name ? <i> {name}</i> : null}
      <span className="text-faint">, {timeAgo(deed.at, now)}</span>
    </p>
  );
}
