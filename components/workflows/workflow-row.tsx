'use client';

import { Ellipsis, Workflow } from 'lucide-react';
import Link from 'next/link';
import { RunTicks } from '@/components/runs/run-ticks';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Badge } from '@/components/ui/display/badge';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { plural } from '@/components/ui/format';
import type { WorkflowSummary } from '@/lib/workflows/contract';
import { WorkflowMenu } from './workflow-menu';

/** One workflow in a list: name, version, last runs, and what one can do with it. */
export function WorkflowRow({
  workflow,
  dense,
}: {
  workflow: WorkflowSummary;
  /** Leaves out what the dashboard has no room for. */
  dense?: boolean;
}) {
  return (
    <li className="relative flex min-h-12 items-center gap-3 border-b px-4 py-2 last:border-b-0 hover:bg-hover/60">
      <span className="flex size-7 shrink-0 items-center justify-center rounded-md border bg-bg text-muted">
        <Workflow className="size-3.5" aria-hidden />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2">
          <Link
            href={`/workflows/${workflow.id}`}
            className="min-w-0 truncate font-medium after:absolute after:inset-0"
          >
            {workflow.name}
          </Link>
          {workflow.liveVersion === null ? (
            <Badge tone="outline">Draft</Badge>
          ) : (
            <Badge tone="success">Live v{workflow.liveVersion}</Badge>
          )}
        </div>
        {dense ? null : (
          <p className="truncate text-xs text-faint">
            {plural(workflow.nodeCount, 'step')}
            {workflow.description ? ` · ${workflow.description}` : ''}
          </p>
        )}
      </div>
      <RunTicks runs={workflow.lastRuns} />
      <span className="w-24 text-right text-xs text-faint tabular max-sm:hidden">
        <LastRun workflow={workflow} dense={dense} />
      </span>
      {dense ? null : (
        <span className="relative z-10">
          <WorkflowMenu
            workflow={workflow}
            align="end"
            listed
            trigger={
              <IconButton label={`More for ${workflow.name}`} size="sm">
                <Ellipsis />
              </IconButton>
            }
          />
        </span>
      )}
    </li>
  );
}

function LastRun({ workflow, dense }: { workflow: WorkflowSummary; dense?: boolean }) {
  const last = workflow.lastRuns[0];
  if (dense) return last ? <TimeAgo at={last.createdAt} /> : 'never run';
  return <TimeAgo at={workflow.updatedAt} />;
}
