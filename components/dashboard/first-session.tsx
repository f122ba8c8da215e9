'use client';

import { ArrowRight, Check, Compass, X } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useSyncExternalStore } from 'react';
import { useInvitations, useMembers } from '@/components/data/people-queries';
import { useHasModel, useStartRun, useWorkflows } from '@/components/data/queries';
import { useActor, useCan } from '@/components/shell/actor-context';
import { useTour } from '@/components/tour/tour-context';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toastError } from '@/components/ui/controls/toast';
import { Progress } from '@/components/ui/display/progress';
import type { WorkflowSummary } from '@/lib/workflows/contract';
import type { RecentRuns } from './use-recent-runs';

const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Whether this browser put the guide of a workspace away. */
function usePutAway(workspaceId: string) {
  const key = `first-session:${workspaceId}`;
  const away = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(key) !== null,
    () => true,
  );
  const putAway = () => {
    localStorage.setItem(key, 'away');
    for (const each of listeners) each();
  };
  return { away, putAway };
}

/** The way through the first session; goes away by itself when all is done. */
export function FirstSession({ recent }: { recent: RecentRuns | undefined }) {
  const actor = useActor();
  const { away, putAway } = usePutAway(actor.workspaceId);
  const manages = useCan('members.manage');
  const hasModel = useHasModel();
  const members = useMembers();
  const workflows = useWorkflows();
  const invitations = useInvitations(manages);
  const { tour } = useTour();
  if (away || !manages || !recent || hasModel === undefined || !members.data) return null;
  const sample = sampleIn(workflows.data?.pages);
  // Runs of weeks ago count too: what was done stays done. Where the sample is gone, any run will do.
  const ran =
    sample === undefined
      ? recent.runs.some((run) => run.workflowId !== null)
      : sample.lastRuns.length > 0 || recent.runs.some((run) => run.workflowId === sample.id);
  const invited = members.data.items.length > 1 || (invitations.data?.items.length ?? 0) > 0;
  const toured = tour?.state === 'done' || tour?.state === 'left';
  const done = [ran, toured, hasModel, invited].filter(Boolean).length;
  if (done === 4) return null;
  return (
    <section aria-label="First steps" className="rounded-lg border bg-bg/60">
      <header className="flex items-center gap-3 px-4 pt-3 pb-2.5">
        <h2 className="text-sm font-medium">First steps</h2>
        <Progress className="w-24" value={done / 4} label={`${done} of 4 steps done`} />
        <span className="text-xs text-faint tabular">{done} of 4</span>
        <IconButton label="Dismiss" size="sm" className="ml-auto" onClick={putAway}>
          <X />
        </IconButton>
      </header>
      <ol className="grid gap-px overflow-hidden rounded-b-lg border-t bg-border md:grid-cols-2 xl:grid-cols-4">
        <Step
          done={ran}
          title="Run the sample workflow"
          text="A data analysis in eight steps. Rehearse it (test without a model): no key needed."
          action={<RunSample />}
        />
        <Step
          done={toured}
          title="Build one yourself"
          text="A tour of five short steps. Leave it whenever you like."
          action={<TakeTour />}
        />
        <Step
          done={hasModel}
          title="Add a model key"
          text="Or start Ollama or llama.cpp: they are detected automatically."
          action={<GoTo href="/settings/models" label="Open models" />}
        />
        <Step
          done={invited}
          title="Invite a teammate"
          text="See each other’s cursors, edits and runs live."
          action={<GoTo href="/settings/members" label="Open members" />}
        />
      </ol>
    </section>
  );
}

type StepProps = { done: boolean; title: string; text: string; action: ReactNode };

function Step({ done, title, text, action }: StepProps) {
  return (
    <li className="flex gap-3 bg-surface px-4 py-3">
      <span
        role="img"
        aria-label={done ? 'Done' : 'To do'}
        className={cn(
          'mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-border-strong',
          done && 'border-success bg-success text-surface',
        )}
      >
        {done ? <Check className="size-3" strokeWidth={3} aria-hidden /> : null}
      </span>
      <div className="flex min-w-0 flex-1 flex-col items-start">
        <h3 className={cn('font-medium', done && 'text-faint line-through')}>{title}</h3>
        <p className="mt-0.5 mb-2.5 flex-1 text-xs text-muted">{text}</p>
        {done ? null : action}
      </div>
    </li>
  );
}

function GoTo({ href, label }: { href: string; label: string }) {
  return (
    <Button asChild size="sm">
      <Link href={href}>
        {label} <ArrowRight aria-hidden />
      </Link>
    </Button>
  );
}

function TakeTour() {
  const { tour, start } = useTour();
  return tour?.state === 'on' && tour.workflowId ? (
    <GoTo href={`/workflows/${tour.workflowId}`} label="Continue" />
  ) : (
    <Button size="sm" onClick={start}>
      <Compass aria-hidden /> Take the tour
    </Button>
  );
}

/** The workflow that was there first. */
function sampleIn(pages: readonly { items: readonly WorkflowSummary[] }[] | undefined) {
  return pages
    ?.flatMap(({ items }) => items)
    .filter(({ liveVersion }) => liveVersion !== null)
    .at(-1);
}

/** Rehearses the workflow that was there first. */
function RunSample() {
  const router = useRouter();
  const workflows = useWorkflows();
  const start = useStartRun();
  const sample = sampleIn(workflows.data?.pages);
  if (!sample) return <GoTo href="/workflows" label="Open workflows" />;
  return (
    <Button
      size="sm"
      variant="primary"
      loading={start.isPending}
      onClick={() =>
        start.mutate(
          { workflowId: sample.id, mode: 'rehearsal' },
          {
            onSuccess: ({ id }) => router.push(`/runs/${id}`),
            onError: (error) => toastError('The run was not started', error),
          },
        )
      }
    >
      Rehearse it now
    </Button>
  );
}
