'use client';

import { GitCompareArrows, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ApiError } from '@/components/data/call';
import { useCan } from '@/components/shell/actor-context';
import { PageBody, PageHeader } from '@/components/shell/page-header';
import { moneyText } from '@/components/spending/words';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { Skeleton } from '@/components/ui/display/skeleton';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import type { Experiment } from '@/lib/experiments/contract';
import { type VariantId, variantIds } from '@/lib/experiments/schema';
import { goalTitles, targetText, verdictText } from '@/lib/experiments/words';
import { IntervalBar } from './interval-bar';
import { useExperiment, useExperimentActions } from './queries';
import { StateBadge } from './state-badge';
import { VariantCard } from './variant-card';

const parent = { href: '/experiments', label: 'Experiments' };

/** One experiment: what it says by now, its two variants, and what can be done. */
export function ExperimentPage({ id }: { id: string }) {
  const { data, error, refetch } = useExperiment(id);
  if (data) return <Loaded experiment={data} />;
  return (
    <>
      <PageHeader title="Experiment" parent={parent} />
      <PageBody>
        {ApiError.isInstance(error) && error.status === 404 ? (
          <EmptyState title="This experiment does not exist">
            It was deleted, or it belongs to another workspace.
          </EmptyState>
        ) : error ? (
          <ErrorState
            title="The experiment could not be loaded"
            error={error}
            onRetry={() => void refetch()}
          />
        ) : (
          <div role="status" aria-label="Loading the experiment" className="space-y-4 p-6">
            <Skeleton className="h-20" />
            <Skeleton className="h-48" />
          </div>
        )}
      </PageBody>
    </>
  );
}

function Loaded({ experiment }: { experiment: Experiment }) {
  const { name, state, variants, goal, difference, decided } = experiment;
  const canEdit = useCan('workflows.edit');
  const { title, detail } = verdictText(experiment);
  return (
    <>
      <PageHeader
        title={name}
        parent={parent}
        marks={<StateBadge state={state} />}
        actions={canEdit ? <Actions experiment={experiment} /> : null}
      />
      <PageBody className="p-6">
        <div className="max-w-4xl space-y-6">
          <section aria-label="Reading" className="space-y-3">
            <div>
              <p className="text-lg font-semibold">{title}</p>
              <p className="text-sm text-muted">{detail}</p>
            </div>
            <IntervalBar goal={goal} difference={difference} />
          </section>
          <div className="grid gap-4 md:grid-cols-2">
            {variants.map((variant) => (
              <VariantCard
                key={variant.id}
                variant={variant}
                wins={decided?.winner === variant.id}
              />
            ))}
          </div>
          <CompareTasks experiment={experiment} />
          <About experiment={experiment} />
        </div>
      </PageBody>
    </>
  );
}

/** The answers of both variants side by side: in the runs that were counted last. */
function CompareTasks({ experiment: { variants } }: { experiment: Experiment }) {
  const [a, b] = variants.map(({ lastRunId }) => lastRunId);
  if (!a || !b) return null;
  return (
    <Button asChild size="sm">
      <Link href={`/runs/compare?a=${a}&b=${b}`}>
        <GitCompareArrows aria-hidden /> Compare the last run of each
      </Link>
    </Button>
  );
}

function About({ experiment }: { experiment: Experiment }) {
  const { target, goal, guardrails, endReason, endedAt, startedBy, startedAt, adopted } =
    experiment;
  const { maxCostUsd, maxFailurePercent } = guardrails;
  const limits = [
    ...(maxCostUsd === null ? [] : [`costs more than ${moneyText(maxCostUsd)} a task`]),
    ...(maxFailurePercent === null ? [] : [`fails more often than ${maxFailurePercent}\u00a0%`]),
  ];
  return (
    <dl className="grid gap-x-6 gap-y-2 text-sm sm:grid-cols-[8rem_1fr]">
      <dt className="text-faint">Of</dt>
      <dd>
        <Link
          className="text-accent hover:underline"
          href={
            target.type === 'agent'
              ? `/agents/${target.agentId}`
              : `/workflows/${target.workflowId}`
          }
        >
          {targetText(experiment)}
        </Link>
      </dd>
      <dt className="text-faint">Goal</dt>
      <dd>{goalTitles[goal]}</dd>
      <dt className="text-faint">Guardrails</dt>
      <dd>{limits.length === 0 ? 'None' : `Stops when a variant ${limits.join(' or ')}`}</dd>
      <dt className="text-faint">Started</dt>
      <dd>
        <TimeAgo at={startedAt} /> by {startedBy}
      </dd>
      {endedAt === null ? null : (
        <>
          <dt className="text-faint">Ended</dt>
          <dd>
            <TimeAgo at={endedAt} />. {endReason}
            {adopted === null ? '' : ` Variant ${adopted} was taken over.`}
          </dd>
        </>
      )}
    </dl>
  );
}

function Actions({ experiment }: { experiment: Experiment }) {
  const { id, state, target } = experiment;
  const [adopting, setAdopting] = useState<VariantId>();
  const { end } = useExperimentActions();
  const failed = (what: string) => (error: unknown) => toastError(what, error);
  return (
    <>
      {state === 'running' ? (
        <Button
          size="sm"
          loading={end.isPending}
          onClick={() =>
            end.mutate(id, {
              onSuccess: () => toast.success('The experiment ended'),
              onError: failed('The experiment was not ended'),
            })
          }
        >
          End
        </Button>
      ) : null}
      {variantIds.map((variant) => (
        <Button
          key={variant}
          size="sm"
          variant={experiment.decided?.winner === variant ? 'primary' : undefined}
          onClick={() => setAdopting(variant)}
        >
          Use {variant}
        </Button>
      ))}
      <RemoveExperiment experiment={experiment} />
      {adopting === undefined ? null : (
        <AdoptDialog
          id={id}
          variant={adopting}
          ofAgent={target.type === 'agent'}
          onClose={() => setAdopting(undefined)}
        />
      )}
    </>
  );
}

type AdoptProps = { id: string; variant: VariantId; ofAgent: boolean; onClose: () => void };

function AdoptDialog({ id, variant, ofAgent, onClose }: AdoptProps) {
  const { adopt } = useExperimentActions();
  return (
    <AlertDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Use variant ${variant}?`}
      description={
        ofAgent
          ? 'Its settings become a new version of the agent. The experiment ends.'
          : 'Its settings become an edit of the draft, which you can undo. Publish the workflow to make them live. The experiment ends.'
      }
      confirmLabel={`Use ${variant}`}
      pending={adopt.isPending}
      onConfirm={() =>
        adopt.mutateAsync({ id, variant }).then(
          () => {
            toast.success(ofAgent ? 'The agent was changed' : 'The draft was changed');
          },
          (error: unknown) => {
            toastError('The variant was not taken over', error);
            throw error;
          },
        )
      }
    />
  );
}

function RemoveExperiment({ experiment: { id, name } }: { experiment: Experiment }) {
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const { remove } = useExperimentActions();
  return (
    <>
      <IconButton label="Delete experiment" onClick={() => setAsking(true)}>
        <Trash2 />
      </IconButton>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete “${name}”?`}
        description="It ends, and its counts go. Runs that are under way keep the variant they have; what their model calls cost stays on record."
        confirmLabel="Delete experiment"
        pending={remove.isPending}
        onConfirm={() =>
          remove.mutateAsync(id).then(
            () => {
              toast.success('The experiment was deleted');
              router.push('/experiments');
            },
            (error: unknown) => {
              toastError('The experiment was not deleted', error);
              throw error;
            },
          )
        }
      />
    </>
  );
}
