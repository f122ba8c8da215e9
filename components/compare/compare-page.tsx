'use client';

import { GitCompareArrows } from 'lucide-react';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import { ApiError } from '@/components/data/call';
import { RunGraph } from '@/components/run-page/run-graph';
import { type LiveRun, useLiveRun } from '@/components/runs/use-live-run';
import { PageBody, PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/controls/button';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { Skeleton } from '@/components/ui/display/skeleton';
import { plural } from '@/components/ui/format';
import type { RunView } from '@/lib/runs/contract';
import { type ComparedStep, compareSteps } from '@/lib/runs/view/compare';
import { sumUsd } from '@/lib/spending/pico';
import { CompareFacts } from './compare-facts';
import { StepRow } from './step-row';

type Ids = { a: string | undefined; b: string | undefined };
const parent = { href: '/runs', label: 'Runs' };

/** Two runs side by side: what they cost, and what each step gave. */
export function ComparePage({ a, b }: Ids) {
  if (a && b) return <Two a={a} b={b} />;
  return (
    <>
      <PageHeader title="Compare runs" parent={parent} />
      <EmptyState
        icon={<GitCompareArrows />}
        title="Choose two runs"
        actions={
          <Button asChild size="sm">
            <Link href="/runs">All runs</Link>
          </Button>
        }
      >
        Replay a run with changes to compare the two.
      </EmptyState>
    </>
  );
}

function Two({ a, b }: { a: string; b: string }) {
  const [left, right] = [useLiveRun(a), useLiveRun(b)];
  if (left.run && right.run) {
    return <Compared a={{ ...left, run: left.run }} b={{ ...right, run: right.run }} />;
  }
  const failed = [left, right].find(({ error, run }) => error && !run);
  return (
    <>
      <PageHeader title="Compare runs" parent={parent} />
      <PageBody>
        {ApiError.isInstance(failed?.error) && failed.error.status === 404 ? (
          <EmptyState title="One of these runs does not exist">
            It belongs to another workspace, it has expired, or the link is incomplete.
          </EmptyState>
        ) : failed ? (
          <ErrorState
            title="The runs could not be loaded"
            error={failed.error}
            onRetry={failed.reload}
          />
        ) : (
          <div role="status" aria-label="Loading the runs" className="grid gap-3 p-4">
            {['a', 'b', 'c', 'd', 'e'].map((row) => (
              <Skeleton key={row} className="h-10" />
            ))}
          </div>
        )}
      </PageBody>
    </>
  );
}

type Loaded = Omit<LiveRun, 'run'> & { run: RunView };

function Compared({ a, b }: { a: Loaded; b: Loaded }) {
  const rows = useMemo(
    () => compareSteps({ run: a.run, plan: a.plan }, { run: b.run, plan: b.plan }),
    [a.run, a.plan, b.run, b.plan],
  );
  const [selected, setSelected] = useState<string>();
  const differing = rows.filter((row) => row.difference !== 'same');
  const same = rows.filter((row) => row.difference === 'same');
  const marked = useMemo(
    () => new Set(rows.filter((row) => row.difference !== 'same').map(({ id }) => id)),
    [rows],
  );
  const pick = (id: string) => {
    setSelected(id);
    const row = document.getElementById(`step-${id}`);
    const details = row?.closest('details');
    if (details) details.open = true;
    row?.scrollIntoView({ block: 'center' });
  };
  return (
    <>
      <PageHeader
        parent={parent}
        title={
          a.run.workflowName === b.run.workflowName
            ? `Compare runs of ${b.run.workflowName}`
            : `Compare ${a.run.workflowName} and ${b.run.workflowName}`
        }
        actions={
          <Button asChild size="sm" variant="ghost">
            <Link href={`/runs/compare?a=${b.run.id}&b=${a.run.id}`}>
              <GitCompareArrows aria-hidden /> Swap
            </Link>
          </Button>
        }
      />
      <PageBody>
        <RunGraph
          runId={b.run.id}
          plan={b.plan}
          run={b.run}
          steps={b.run.steps}
          selected={selected}
          onSelect={pick}
          marked={marked}
        />
        <CompareFacts a={a.run} b={b.run} />
        <section aria-label="Steps that differ">
          <h2 className="border-b bg-bg px-4 py-2 text-xs font-medium text-muted">
            {differing.length === 0
              ? 'No step differs'
              : `${plural(differing.length, 'step')} ${differing.length === 1 ? 'differs' : 'differ'}`}
          </h2>
          <Rows rows={differing} all={rows} a={a.run} b={b.run} selected={selected} />
        </section>
        {same.length > 0 ? (
          <details className="group/same">
            <summary className="border-b bg-bg px-4 py-2 text-xs font-medium text-muted hover:text-fg">
              {plural(same.length, 'step')} {same.length === 1 ? 'is' : 'are'} the same
            </summary>
            <Rows rows={same} all={rows} a={a.run} b={b.run} selected={selected} />
          </details>
        ) : null}
      </PageBody>
    </>
  );
}

type RowsProps = {
  rows: ComparedStep[];
  all: ComparedStep[];
  a: RunView;
  b: RunView;
  selected: string | undefined;
};

function Rows({ rows, all, a, b, selected }: RowsProps) {
  const steps = all.flatMap((row) => [row.a, row.b]);
  const scale = {
    ms: Math.max(1, ...steps.map((step) => tookOf(step) ?? 0)),
    dollars: Math.max(1e-9, ...steps.map(costOf)),
  };
  return rows.map((row) => (
    <StepRow
      key={row.id}
      row={row}
      runs={{ a: a.id, b: b.id }}
      scale={scale}
      figures={{
        a: { ms: tookOf(row.a), dollars: costOf(row.a) },
        b: { ms: tookOf(row.b), dollars: costOf(row.b) },
      }}
      selected={row.id === selected}
    />
  ));
}

function tookOf(step: ComparedStep['a']): number | undefined {
  if (!step?.startedAt || !step.finishedAt) return undefined;
  return Date.parse(step.finishedAt) - Date.parse(step.startedAt);
}

const costOf = (step: ComparedStep['a']): number =>
  sumUsd(...(step?.calls ?? []).map(({ usage }) => usage.costUsd));
