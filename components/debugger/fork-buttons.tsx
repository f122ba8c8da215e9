'use client';

import { ChevronDown, GitFork, RotateCcw, StepForward } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { useWorkflow } from '@/components/data/queries';
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
import { type Fork, useForkAndGo } from './queries';

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

/**
 * What failed runs again: with what is meant by now, since it was most likely mended meanwhile, or as it was. A run of the
 * draft goes on with the draft, one of a version with the version that is live.
 */
function Retry({ run, pending, go }: RetryProps) {
  const mayEdit = useCan('workflows.edit') && run.workflowId !== null && !run.only;
  const ofVersion = run.version !== null && run.workflowId !== null && !run.only;
  const live = useWorkflow(run.workflowId ?? '', ofVersion).data?.liveVersion ?? null;
  const what = ranWhat(run);
  const newer = ofVersion && live !== null && live !== run.version ? `v${live}` : undefined;
  const drafted = mayEdit && run.draft !== undefined;
  const usual: { body: Fork; label: string | undefined; tooltip: string } = newer
    ? {
        body: { version: 'current' },
        label: ` with ${newer}`,
        tooltip: `Finished steps are reused, the rest runs as ${newer} says, which is live now`,
      }
    : {
        body: drafted ? { version: 'draft' } : {},
        label: drafted ? ' with current draft' : undefined,
        tooltip: 'Finished steps are reused, the rest runs again',
      };
  return (
    <div className="flex">
      <Tooltip label={usual.tooltip}>
        <Button
          size="sm"
          variant="primary"
          loading={pending}
          onClick={() => go(usual.body)}
          className={mayEdit ? 'rounded-r-none' : ''}
        >
          {pending ? null : <RotateCcw aria-hidden />}
          <span>
            Retry
            {usual.label ?? <span className="max-lg:sr-only"> from failure</span>}
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
          {newer ? (
            <DropdownMenuItem onSelect={() => go({ version: 'current' })}>
              Retry with {newer}, which is live
            </DropdownMenuItem>
          ) : null}
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
