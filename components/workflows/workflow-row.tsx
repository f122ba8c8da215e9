'use client';

import { Ellipsis, Folder, Workflow } from 'lucide-react';
import Link from 'next/link';
import { RunTicks } from '@/components/runs/run-ticks';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Badge } from '@/components/ui/display/badge';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { plural } from '@/components/ui/format';
import type { WorkflowSummary } from '@/lib/workflows/contract';
import { StarButton } from './star-button';
import { WorkflowMenu } from './workflow-menu';

export type Selecting = {
  on: boolean;
  selected: boolean;
  /** `range`: up to the one that was chosen before. */
  toggle: (range: boolean) => void;
};

type Props = {
  workflow: WorkflowSummary;
  /** Leaves out what the dashboard has no room for. */
  dense?: boolean;
  selecting?: Selecting;
  onTag?: (tag: string) => void;
};

/** One workflow in a list: name, version, last runs, and what one can do with it. */
export function WorkflowRow({ workflow, dense, selecting, onTag }: Props) {
  return (
    <li
      className={cn(
        'group relative flex min-h-12 items-center gap-3 border-b px-4 py-2 last:border-b-0 hover:bg-hover/60',
        selecting?.selected && 'bg-accent-soft/60 hover:bg-accent-soft/60',
      )}
    >
      <Mark workflow={workflow} selecting={selecting} />
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
          {dense ? null : <Tags tags={workflow.tags} onTag={onTag} />}
        </div>
        {dense ? null : (
          <p className="flex min-w-0 items-center gap-1 truncate text-xs text-faint">
            {workflow.folder ? (
              <span className="flex max-w-60 shrink-0 items-center gap-1 truncate">
                <Folder aria-hidden className="size-3 shrink-0" />
                <span className="truncate">{workflow.folder.replaceAll('/', ' / ')}</span>
                <span aria-hidden>·</span>
              </span>
            ) : null}
            <span className="truncate">
              {plural(workflow.nodeCount, 'step')}
              {workflow.description ? ` · ${workflow.description}` : ''}
            </span>
          </p>
        )}
      </div>
      <RunTicks runs={workflow.lastRuns} />
      <span className="w-24 text-right text-xs text-faint tabular max-sm:hidden">
        <LastRun workflow={workflow} dense={dense} />
      </span>
      {dense ? null : (
        <span className="relative z-10 flex items-center">
          <StarButton workflow={workflow} />
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

type MarkProps = { workflow: WorkflowSummary; selecting: Selecting | undefined };

/** The icon of a workflow; where several can be chosen, a box to tick takes its place. */
function Mark({ workflow, selecting }: MarkProps) {
  const ticking = selecting?.on === true;
  return (
    <span className="relative flex size-7 shrink-0 items-center justify-center">
      <span
        className={cn(
          'flex size-7 items-center justify-center rounded-md border bg-bg text-muted',
          selecting && 'group-focus-within:opacity-0 group-hover:opacity-0',
          ticking && 'opacity-0',
        )}
      >
        <Workflow className="size-3.5" aria-hidden />
      </span>
      {selecting ? (
        <label
          className={cn(
            'absolute inset-0 z-10 flex cursor-pointer items-center justify-center',
            ticking ? '' : 'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100',
          )}
        >
          <input
            type="checkbox"
            aria-label={`Select ${workflow.name}`}
            checked={selecting.selected}
            onChange={(event) => {
              const { nativeEvent } = event;
              selecting.toggle('shiftKey' in nativeEvent && nativeEvent.shiftKey === true);
            }}
            className="size-3.5 accent-accent-solid"
          />
        </label>
      ) : null}
    </span>
  );
}

/** Tags that a row has room for. */
const maxShown = 3;

type TagsProps = { tags: readonly string[]; onTag: ((tag: string) => void) | undefined };

function Tags({ tags, onTag }: TagsProps) {
  if (tags.length === 0) return null;
  const more = tags.slice(maxShown);
  return (
    <span className="relative z-10 flex shrink-0 items-center gap-1 max-md:hidden max-lg:[&>button:nth-of-type(n+2)]:hidden">
      {tags.slice(0, maxShown).map((tag) => (
        <button
          key={tag}
          type="button"
          title={`Show what is tagged “${tag}”`}
          onClick={() => onTag?.(tag)}
          className="max-w-28 truncate rounded-sm bg-hover px-1.5 text-2xs text-muted leading-5 hover:bg-active hover:text-fg"
        >
          {tag}
        </button>
      ))}
      {more.length > 0 ? (
        <span title={more.join(', ')} className="text-2xs text-faint">
          +{more.length}
        </span>
      ) : null}
    </span>
  );
}

function LastRun({ workflow, dense }: { workflow: WorkflowSummary; dense?: boolean }) {
  const last = workflow.lastRuns[0];
  if (dense) return last ? <TimeAgo at={last.createdAt} /> : 'never run';
  return <TimeAgo at={workflow.updatedAt} />;
}
