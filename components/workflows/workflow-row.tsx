'use client';

import { Ellipsis, FileDown, PenLine, Trash2, Workflow } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { pathOf } from '@/components/data/call';
import { useDeleteWorkflow } from '@/components/data/queries';
import { RunTicks } from '@/components/runs/run-ticks';
import { useCan } from '@/components/shell/actor-context';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { Badge } from '@/components/ui/display/badge';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { plural } from '@/components/ui/format';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import {
  DropdownMenu,
  DropdownMenuItem,
  DropdownMenuSeparator,
} from '@/components/ui/overlays/dropdown-menu';
import { exportWorkflow, type WorkflowSummary } from '@/lib/workflows/contract';

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
      {dense ? null : <RowMenu workflow={workflow} />}
    </li>
  );
}

function LastRun({ workflow, dense }: { workflow: WorkflowSummary; dense?: boolean }) {
  const last = workflow.lastRuns[0];
  if (dense) return last ? <TimeAgo at={last.createdAt} /> : 'never run';
  return <TimeAgo at={workflow.updatedAt} />;
}

function RowMenu({ workflow }: { workflow: WorkflowSummary }) {
  const [asking, setAsking] = useState(false);
  const remove = useDeleteWorkflow();
  const canDelete = useCan('workflows.delete');
  const file = (format: 'json' | 'yaml') =>
    pathOf(exportWorkflow, { params: { id: workflow.id }, query: { format } });
  return (
    <span className="relative z-10">
      <DropdownMenu
        align="end"
        trigger={
          <IconButton label={`More for ${workflow.name}`} size="sm">
            <Ellipsis />
          </IconButton>
        }
      >
        <DropdownMenuItem asChild>
          <Link href={`/workflows/${workflow.id}`}>
            <PenLine aria-hidden /> Open
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <Link href={`/runs?workflowId=${workflow.id}`}>
            <Workflow aria-hidden /> Runs
          </Link>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        {(['json', 'yaml'] as const).map((format) => (
          <DropdownMenuItem key={format} asChild>
            <a href={file(format)} download>
              <FileDown aria-hidden /> Export as {format.toUpperCase()}
            </a>
          </DropdownMenuItem>
        ))}
        {canDelete ? (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem danger onSelect={() => setAsking(true)}>
              <Trash2 aria-hidden /> Delete…
            </DropdownMenuItem>
          </>
        ) : null}
      </DropdownMenu>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete “${workflow.name}”?`}
        description="Its draft and versions are deleted for everyone. Its runs are kept."
        confirmLabel="Delete workflow"
        pending={remove.isPending}
        onConfirm={() =>
          remove.mutateAsync(workflow.id).then(
            () => toast.success(`“${workflow.name}” was deleted`),
            (error: unknown) => {
              toastError('The workflow was not deleted', error);
              throw error;
            },
          )
        }
      />
    </span>
  );
}
