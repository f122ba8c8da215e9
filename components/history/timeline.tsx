'use client';

import { Bookmark, CircleDot, Clock, MoreHorizontal, Rocket } from 'lucide-react';
import { Fragment } from 'react';
import type { useHistory } from '@/components/data/history-queries';
import { Avatar } from '@/components/icons/avatar';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Badge } from '@/components/ui/display/badge';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { useNow } from '@/components/ui/display/time-ago';
import { DropdownMenu, DropdownMenuItem } from '@/components/ui/overlays/dropdown-menu';
import type { ChangedElement, HistoryEntry, HistoryPerson } from '@/lib/history/contract';
import { fieldsLabel, originLabel, partNames, summaryOf } from './labels';
import {
  clockTime,
  dayTitle,
  isState,
  refOf,
  type StateEntry,
  type StateRef,
  stateTitle,
} from './states';

export type TimelineActions = {
  onShow: (ref: StateRef) => void;
  onPick: (nodeId: string) => void;
  /** Absent: this person may not name anything. */
  onRename?: (entry: StateEntry) => void;
  onDelete?: (entry: StateEntry) => void;
  /** Absent: this person may not publish. */
  onPromote?: (version: number) => void;
  /** Number of the live version. */
  live?: number | null | undefined;
};

type Props = TimelineActions & {
  history: ReturnType<typeof useHistory>;
  types: ReadonlyMap<string, string>;
  shown: StateRef;
  onlyStates: boolean;
};

/** Who changed what, and the states that were kept, newest first, by day. */
export function Timeline({ history, onlyStates, ...rest }: Props) {
  const now = useNow();
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    history;
  if (isPending) return <SkeletonRows rows={6} />;
  if (error) {
    return (
      <ErrorState
        title="The history could not be loaded"
        error={error}
        onRetry={() => void refetch()}
      />
    );
  }
  const entries = data.pages.flatMap((page) => page.items);
  const listed = onlyStates
    ? entries.filter(
        (entry) => entry.kind === 'version' || (entry.kind === 'revision' && entry.name),
      )
    : entries;
  if (listed.length === 0) {
    return (
      <EmptyState icon={<Bookmark />} title="No named or published versions yet">
        Press Mod+S to name the current state, or publish a version.
      </EmptyState>
    );
  }
  let day = '';
  return (
    <>
      <ol aria-label="Timeline" className="pb-2">
        {listed.map((entry) => {
          const title = dayTitle(entry.at, now);
          const isNew = title !== day;
          day = title;
          return (
            <Fragment key={`${entry.kind}${entry.id}`}>
              {isNew ? (
                <li className="sticky top-0 z-10 bg-surface px-4 pt-3 pb-1 text-2xs font-medium text-faint">
                  {title}
                </li>
              ) : null}
              <li>
                <Entry entry={entry} {...rest} />
              </li>
            </Fragment>
          );
        })}
      </ol>
      {hasNextPage ? (
        <div className="flex justify-center pb-4">
          <Button
            size="sm"
            variant="ghost"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            Show earlier
          </Button>
        </div>
      ) : null}
    </>
  );
}

type EntryProps = TimelineActions & {
  entry: HistoryEntry;
  types: ReadonlyMap<string, string>;
  shown: StateRef;
};

function Entry({ entry, types, shown, ...actions }: EntryProps) {
  if (isState(entry)) {
    return <State entry={entry} selected={shown === refOf(entry)} {...actions} />;
  }
  if (entry.kind === 'created') {
    return (
      <Row mark={<Mark icon={<Clock />} />} at={entry.at}>
        <span className="text-muted">Created by {entry.createdBy?.name ?? 'the product'}</span>
      </Row>
    );
  }
  const { author, origin, from, elements, more } = entry;
  const { named, rest } = summaryOf(elements);
  const source = originLabel(entry);
  const list = named.slice(0, 4);
  const left = named.length - list.length + more;
  const name = author?.name ?? (origin === 'repair' ? 'Ensemble' : 'Someone');
  return (
    <Row
      at={entry.at}
      mark={<Avatar name={name} {...(author ? { id: author.id } : {})} size={20} />}
    >
      <span className="font-medium">{name}</span>
      {source === undefined ? null : <span className="text-muted"> · {source}</span>}
      {from?.kind === 'suggestion' && from.title !== '' ? (
        <span className="block truncate text-xs text-muted">“{from.title}”</span>
      ) : null}
      <ul className="mt-0.5 space-y-0.5 text-xs text-muted">
        {list.map((element) => (
          <ChangedPaths
            key={`${element.part}/${element.id}`}
            element={element}
            type={types.get(element.id)}
            onPick={actions.onPick}
          />
        ))}
        {left > 0 ? <li className="text-faint">and {left} more</li> : null}
        {rest.length > 0 ? <li>{rest.join(' · ')}</li> : null}
      </ul>
    </Row>
  );
}

function ChangedPaths({
  element,
  type,
  onPick,
}: {
  element: ChangedElement;
  type: string | undefined;
  onPick: (nodeId: string) => void;
}) {
  const { part, id, change, fields } = element;
  const name = part === 'meta' ? 'Workflow' : element.name || partNames[part];
  const detail =
    change === 'added' ? 'added' : change === 'removed' ? 'removed' : fieldsLabel(fields, type);
  const jumps = part === 'nodes' && change !== 'removed';
  return (
    <li className="flex min-w-0 gap-1">
      {jumps ? (
        <button
          type="button"
          onClick={() => onPick(id)}
          className="max-w-[60%] shrink-0 truncate rounded-sm text-fg hover:underline"
        >
          {name}
        </button>
      ) : (
        <span className="max-w-[60%] shrink-0 truncate text-fg">{name}</span>
      )}
      <span className="truncate" title={detail}>
        {detail}
      </span>
    </li>
  );
}

type StateProps = TimelineActions & { entry: StateEntry; selected: boolean };

function State({ entry, selected, live, onShow, onRename, onDelete, onPromote }: StateProps) {
  const isLive = entry.kind === 'version' && entry.number === live;
  const named = entry.kind === 'revision' && entry.name !== '';
  const icon = entry.kind === 'version' ? <Rocket /> : named ? <Bookmark /> : <CircleDot />;
  const tone = entry.kind === 'version' ? 'success' : named ? 'accent' : 'neutral';
  const title = stateTitle(entry);
  return (
    <div
      className={cn(
        'group/state relative flex items-start hover:bg-hover',
        selected && 'bg-accent-soft hover:bg-accent-soft',
      )}
    >
      <button
        type="button"
        aria-pressed={selected}
        aria-label={`${title}, ${clockTime(entry.at)}`}
        onClick={() => onShow(refOf(entry))}
        className="min-w-0 flex-1 text-left outline-offset-[-2px]"
      >
        <Row
          mark={<Mark icon={icon} tone={tone} />}
          at={entry.at}
          roomForMenu={
            entry.kind === 'version' ? onPromote !== undefined && !isLive : onRename !== undefined
          }
        >
          <span className={cn('block truncate', tone === 'neutral' ? 'text-muted' : 'font-medium')}>
            {title}
            {isLive ? (
              <Badge tone="success" className="ml-2">
                Live
              </Badge>
            ) : null}
          </span>
          {entry.kind === 'version' && entry.note ? (
            <span className="block truncate text-xs text-muted">{entry.note}</span>
          ) : null}
          <span className="block truncate text-xs text-faint">{bylineOf(entry)}</span>
        </Row>
      </button>
      {entry.kind === 'version' && onPromote && !isLive ? (
        <Actions of={title}>
          <DropdownMenuItem onSelect={() => onPromote(entry.number)}>
            Make live again…
          </DropdownMenuItem>
        </Actions>
      ) : null}
      {entry.kind === 'revision' && onRename ? (
        <Actions of={title}>
          <DropdownMenuItem onSelect={() => onRename(entry)}>
            {named ? 'Rename…' : 'Name this version…'}
          </DropdownMenuItem>
          {named && onDelete ? (
            <DropdownMenuItem danger onSelect={() => onDelete(entry)}>
              Delete
            </DropdownMenuItem>
          ) : null}
        </Actions>
      ) : null}
    </div>
  );
}

/** The menu of a state, shown beside it where it is pointed at. */
function Actions({ of, children }: { of: string; children: React.ReactNode }) {
  return (
    <div className="absolute top-1.5 right-2">
      <DropdownMenu
        align="end"
        trigger={
          <IconButton
            label={`Actions of ${of}`}
            size="sm"
            className="opacity-0 group-focus-within/state:opacity-100 group-hover/state:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100"
          >
            <MoreHorizontal />
          </IconButton>
        }
      >
        {children}
      </DropdownMenu>
    </div>
  );
}

function bylineOf(entry: StateEntry): string {
  if (entry.kind === 'version') return `Published by ${entry.publishedBy?.name ?? 'someone'}`;
  if (entry.name !== '') return `Named by ${entry.createdBy?.name ?? 'someone'}`;
  const names = entry.authors.flatMap((author: HistoryPerson | null) => author?.name ?? []);
  return names.length > 0 ? `After edits by ${names.join(', ')}` : 'The draft at this time';
}

const markTones = {
  neutral: 'text-faint',
  accent: 'bg-accent-soft text-accent',
  success: 'bg-success-soft text-success',
} as const;

function Mark({
  icon,
  tone = 'neutral',
}: {
  icon: React.ReactNode;
  tone?: keyof typeof markTones;
}) {
  return (
    <span
      aria-hidden
      className={cn(
        'flex size-5 items-center justify-center rounded-full [&_svg]:size-3',
        markTones[tone],
      )}
    >
      {icon}
    </span>
  );
}

type RowProps = {
  mark: React.ReactNode;
  at: string;
  roomForMenu?: boolean;
  children: React.ReactNode;
};

function Row({ mark, at, roomForMenu, children }: RowProps) {
  return (
    <div className="flex gap-2.5 px-4 py-2 text-sm">
      <span className="shrink-0">{mark}</span>
      <div className="min-w-0 flex-1">{children}</div>
      <time
        dateTime={at}
        title={new Date(at).toLocaleString('en-GB')}
        className={cn(
          'shrink-0 text-xs leading-5 text-faint tabular',
          roomForMenu && 'group-focus-within/state:invisible group-hover/state:invisible',
        )}
      >
        {clockTime(at)}
      </time>
    </div>
  );
}
