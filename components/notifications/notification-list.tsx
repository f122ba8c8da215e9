'use client';

import { Bell, CheckCheck } from 'lucide-react';
import Link from 'next/link';
import type { KeyboardEvent } from 'react';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toastError } from '@/components/ui/controls/toast';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { Notification } from '@/lib/notifications/contract';
import { NotificationMark } from './notification-mark';
import { hrefOf, whatOf, whoOf } from './notification-words';
import { useNotifications, useReadNotifications } from './queries';

type Props = { unread: number; onLeave: () => void };

/** One's notifications, newest first; arrow keys go from one to the next. */
export function NotificationList({ unread, onLeave }: Props) {
  const read = useReadNotifications();
  const failed = (error: Error) => toastError('It was not marked as read', error);
  return (
    <>
      <header className="flex h-9 shrink-0 items-center border-b pr-1.5 pl-3">
        <h2 className="flex-1 font-medium">Notifications</h2>
        {unread > 0 ? (
          <IconButton
            label="Mark all as read"
            size="sm"
            disabled={read.isPending}
            onClick={() => read.mutate({}, { onError: failed })}
          >
            <CheckCheck />
          </IconButton>
        ) : null}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Items
          onOpen={(id) => {
            read.mutate({ id }, { onError: failed });
            onLeave();
          }}
        />
      </div>
    </>
  );
}

function Items({ onOpen }: { onOpen: (id: string) => void }) {
  const list = useNotifications();
  if (list.isPending) return <SkeletonRows rows={4} />;
  if (list.isError) {
    return (
      <ErrorState
        title="The notifications could not be loaded"
        error={list.error}
        onRetry={() => void list.refetch()}
        className="py-8"
      />
    );
  }
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <EmptyState icon={<Bell aria-hidden />} title="Nothing new" className="py-10">
        Mentions, replies to your comments, runs that failed or wait for you and budgets that run
        low appear here.
      </EmptyState>
    );
  }
  return (
    <>
      <ul aria-label="Notifications" onKeyDown={walk}>
        {items.map((item) => (
          <li key={item.id}>
            <Item item={item} onOpen={() => onOpen(item.id)} />
          </li>
        ))}
      </ul>
      {list.hasNextPage ? (
        <div className="flex justify-center p-2">
          <Button
            size="sm"
            variant="ghost"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            Show more
          </Button>
        </div>
      ) : null}
    </>
  );
}

function walk(event: KeyboardEvent<HTMLUListElement>) {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = links[at + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function Item({ item, onOpen }: { item: Notification; onOpen: () => void }) {
  const { workflow, text, readAt } = item;
  return (
    <Link
      href={hrefOf(item)}
      onClick={onOpen}
      className="flex gap-2.5 border-b px-3 py-2.5 hover:bg-hover focus-visible:-outline-offset-2"
    >
      <NotificationMark item={item} />
      <span className="min-w-0 flex-1">
        <span className={cn('line-clamp-2', readAt && 'text-muted')}>
          <span className="font-medium">{whoOf(item)}</span> {whatOf(item)}
          {workflow === null ? null : (
            <>
              {' '}
              in <span className="font-medium">{workflow.name}</span>
            </>
          )}
        </span>
        {text === '' ? null : <span className="line-clamp-2 text-muted">{text}</span>}
        <TimeAgo at={item.createdAt} className="text-xs text-faint" />
      </span>
      {readAt ? null : (
        <span className="mt-1.5 size-2 shrink-0 rounded-full bg-accent-solid">
          <span className="sr-only">Unread</span>
        </span>
      )}
    </Link>
  );
}
