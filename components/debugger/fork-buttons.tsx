'use client';

import { ChevronDown, GitFork, RotateCcw, StepForward } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { useRun } from '@/components/realtime/use-run';
import { ranWhat } from '@/components/runs/ran-what';
import { isOver } from '@/components/runs/run-marks';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { Tooltip } from '@/components/ui/controls/tooltip';
import { later } from '@/components/ui/later';
import { DropdownMenu, DropdownMenuItem } from '@/components/ui/overlays/dropdown-menu';
import type { RunView, StepView } from '@/lib/runs/contract';
import type { ForkDialog as Forking } from './fork-dialog';
import { useForkAndGo } from './queries';

const ForkDialog = later<ComponentProps<typeof Forking>>(
  () => import('./fork-dialog').then((found) => found.ForkDialog),
  () => null,
);

const mayFork = (run: RunView) => isOver(run.status) && run.parent === undefined;

/** Ways to start from what a run has finished: again where it failed, or with something changed. */
export function ForkButtons({ run }: { run: RunView }) {
  const [open, setOpen] = useState(false);
  const { state } = useRun(run.id);
  const { pending, go } = useForkAndGo(run.id);
  if (!useCan('runs.start') || !mayFork(run)) return null;
  return (
    <>
      {run.only ? null : (
        <Button size="sm" disabled={!state} onClick={() => setOpen(true)}>
          <GitFork aria-hidden />
          <span>
            Replay<span className="max-lg:sr-only"> with changes…</span>
          </span>
        </Button>
      )}
      {run.status === 'failed' || run.status === 'cancelled' ? (
        <Retry run={run} pending={pending} go={go} />
      ) : null}
      {open && state ? (
        <ForkDialog run={run} plan={state.plan} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}

type RetryProps = { run: RunView } & ReturnType<typeof useForkAndGo>;

/** What failed runs again, as it was or with what the draft says now. */
function Retry({ run, pending, go }: RetryProps) {
  const mayEdit = useCan('workflows.edit') && run.workflowId !== null && !run.only;
  const what = ranWhat(run);
  return (
    <div className="flex">
      <Tooltip label="Finished steps are reused, the rest runs again">
        <Button
          size="sm"
          variant="primary"
          loading={pending}
          onClick={() => go()}
          className={mayEdit ? 'rounded-r-none' : ''}
        >
          {pending ? null : <RotateCcw aria-hidden />}
          <span>
            Retry<span className="max-lg:sr-only"> from failure</span>
          </span>
        </Button>
      </Tooltip>
      {mayEdit ? (
        <DropdownMenu
          align="end"
          trigger={
            <Button
              size="sm"
              variant="primary"
              disabled={pending}
              aria-label="Choose what runs"
              className="rounded-l-none border-l-white/25 px-1.5"
            >
              <ChevronDown aria-hidden />
            </Button>
          }
        >
          <DropdownMenuItem onSelect={() => go({ version: 'draft' })}>
            Retry with current draft
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => go()}>
            {run.version === null ? 'Retry as it ran' : `Retry with ${what}`}
          </DropdownMenuItem>
        </DropdownMenu>
      ) : null}
    </div>
  );
}

/** Runs a step and all that follows again; what comes before is reused. */
export function RunAgainFromHere({ run, step }: { run: RunView; step: StepView }) {
  const { pending, go } = useForkAndGo(run.id);
  if (!useCan('runs.start') || !mayFork(run)) return null;
  if (run.only && run.only.id !== step.id) return null;
  return (
    <Button size="sm" variant="ghost" loading={pending} onClick={() => go({ from: [step.id] })}>
      {pending ? null : <StepForward aria-hidden />} Run again from here
    </Button>
  );
}
