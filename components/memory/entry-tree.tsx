'use client';

import { ChevronRight, FileText, Folder, KeyRound, Split } from 'lucide-react';
import { useState } from 'react';
import { useEntries } from '@/components/data/memory-queries';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { Badge } from '@/components/ui/display/badge';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { ListedEntry } from '@/lib/memory/schema';
import { authorName } from './texts';
import { type TreeRow, treeRows } from './tree-rows';

type Props = { space: string; chosen: string; onOpen: (path: string) => void };

/** The entries of a memory, folders first to open and close. */
export function EntryTree({ space, chosen, onOpen }: Props) {
  const found = useEntries(space);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  if (found.data === undefined) {
    return found.error ? (
      <ErrorState
        title="The entries could not be loaded"
        error={found.error}
        onRetry={() => void found.refetch()}
      />
    ) : (
      <div role="status" aria-label="Loading entries">
        <SkeletonRows rows={8} />
      </div>
    );
  }
  const entries = found.data.pages.flatMap(({ items }) => items);
  if (entries.length === 0) {
    return (
      <EmptyState title="No entries yet">
        Steps write here with Remember. Add entry writes one by hand.
      </EmptyState>
    );
  }
  const toggle = (path: string) =>
    setClosed((now) =>
      now.has(path) ? new Set([...now].filter((one) => one !== path)) : new Set([...now, path]),
    );
  return (
    <>
      <ul aria-label="Entries">
        {treeRows(entries, closed).map((row) => (
          <li key={`${row.kind} ${row.path}`} className="border-b">
            <Row
              row={row}
              chosen={row.path === chosen}
              closed={closed.has(row.path)}
              narrow={chosen !== ''}
              onOpen={() => (row.kind === 'folder' ? toggle(row.path) : onOpen(row.path))}
            />
          </li>
        ))}
      </ul>
      {found.hasNextPage ? (
        <div className="p-3 text-center">
          <Button
            size="sm"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            Show more
          </Button>
        </div>
      ) : null}
    </>
  );
}

type RowProps = {
  row: TreeRow;
  chosen: boolean;
  closed: boolean;
  /** An entry stands open beside it. */
  narrow: boolean;
  onOpen: () => void;
};

function Row({ row, chosen, closed, narrow, onOpen }: RowProps) {
  const look = cn(
    'flex h-9 w-full items-center gap-2 overflow-hidden pr-4 text-left text-sm outline-offset-[-2px]',
    chosen && row.kind === 'entry' ? 'bg-active' : 'hover:bg-hover/60',
  );
  const indent = { paddingLeft: `${16 + row.depth * 16}px` };
  if (row.kind === 'folder') {
    return (
      <button
        type="button"
        aria-expanded={!closed}
        onClick={onOpen}
        className={look}
        style={indent}
      >
        <ChevronRight
          aria-hidden
          className={cn(
            'size-3.5 text-faint transition-transform duration-100',
            !closed && 'rotate-90',
          )}
        />
        <Folder aria-hidden className="size-3.5 text-muted" />
        <span className="min-w-0 truncate">{row.name}</span>
        <span className="text-xs text-faint tabular">{row.entries}</span>
      </button>
    );
  }
  const { entry } = row;
  return (
    <button
      type="button"
      aria-current={chosen ? 'true' : undefined}
      onClick={onOpen}
      className={look}
      style={indent}
    >
      <span className="w-3.5 shrink-0" />
      <FileText aria-hidden className="size-3.5 shrink-0 text-muted" />
      <span className="max-w-64 min-w-0 shrink-0 truncate">{row.name}</span>
      <Marks entry={entry} />
      <span className="min-w-0 flex-1 truncate text-xs text-faint">{entry.preview}</span>
      <span className="shrink-0 text-xs text-muted max-xl:hidden">{authorName(entry.author)}</span>
      <span
        className={cn('w-20 shrink-0 text-right text-xs text-faint', narrow && 'max-lg:hidden')}
      >
        <TimeAgo at={entry.updatedAt} />
      </span>
    </button>
  );
}

function Marks({ entry: { conflict, looksSecret } }: { entry: ListedEntry }) {
  return (
    <>
      {conflict ? (
        <Badge tone="warning">
          <Split aria-hidden /> Conflict
        </Badge>
      ) : null}
      {looksSecret ? (
        <Badge tone="danger">
          <KeyRound aria-hidden /> Looks like a secret
        </Badge>
      ) : null}
    </>
  );
}
