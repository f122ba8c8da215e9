'use client';

import { Check, Inbox } from 'lucide-react';
import { useState } from 'react';
import { useDeliveries, useFinish } from '@/components/data/message-queries';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toastError } from '@/components/ui/controls/toast';
import { Badge } from '@/components/ui/display/badge';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { DeliveryView } from '@/lib/messages/schema';
import { MessageDialog } from './message-dialog';
import { priorityTones } from './texts';

type Props = {
  mailbox: string;
  /** It is that of who looks. */
  yours: boolean;
  state: DeliveryView['state'];
};

const nothing: Record<DeliveryView['state'], string> = {
  waiting: 'No message waits here',
  behind: 'No message waits behind another',
  held: 'No message is in progress',
  done: 'No message is done yet',
  dead: 'No message has failed for good',
  expired: 'No message has expired',
  cancelled: 'No message was cancelled',
};

/** Messages of a mailbox in one state; each opens with all that became of it. */
export function DeliveryList({ mailbox, yours, state }: Props) {
  const found = useDeliveries(mailbox, state);
  const finish = useFinish();
  const [open, setOpen] = useState<string>();
  if (found.data === undefined) {
    return found.error ? (
      <ErrorState
        title="The messages could not be loaded"
        error={found.error}
        onRetry={() => void found.refetch()}
      />
    ) : (
      <div role="status" aria-label="Loading messages">
        <SkeletonRows rows={4} />
      </div>
    );
  }
  const { items } = found.data;
  return (
    <>
      {items.length === 0 ? (
        <EmptyState
          icon={<Inbox aria-hidden />}
          title={yours && state === 'waiting' ? 'No new messages' : nothing[state]}
        />
      ) : null}
      <ul aria-label="Messages">
        {items.map((one) => (
          <li key={one.message} className="flex items-center border-b hover:bg-hover">
            <button
              type="button"
              onClick={() => setOpen(one.message)}
              className="flex min-h-11 min-w-0 flex-1 items-center gap-3 px-4 py-1.5 text-left text-sm"
            >
              <span className="min-w-0 flex-1">
                <span className="flex items-center gap-2">
                  {one.type === 'message' ? null : (
                    <span className="shrink-0 font-medium">{one.type}</span>
                  )}{' '}
                  {priorityTones[one.priority] ? (
                    <Badge tone={priorityTones[one.priority]}>{one.priority}</Badge>
                  ) : null}{' '}
                  <span
                    className={cn('min-w-0 truncate', one.type === 'message' ? '' : 'text-muted')}
                  >
                    {preview(one.body)}
                  </span>
                </span>
                {one.reason === '' ? null : (
                  <span className="block truncate text-xs text-faint">{one.reason}</span>
                )}
              </span>
              <span className="max-w-40 shrink-0 truncate text-xs text-muted max-sm:hidden">
                {one.sender.name}
              </span>
              {one.attempts > 1 ? (
                <span className="shrink-0 text-xs text-faint tabular">{one.attempts} attempts</span>
              ) : null}
              <span className="w-20 shrink-0 text-right text-xs text-faint">
                <TimeAgo at={one.endedAt ?? one.sentAt} />
              </span>
            </button>
            {yours && state === 'waiting' ? (
              <IconButton
                label="Mark as done"
                className="mr-3"
                onClick={() =>
                  finish.mutate(one.message, {
                    onError: (error) => toastError('The message was not marked as done', error),
                  })
                }
              >
                <Check />
              </IconButton>
            ) : null}
          </li>
        ))}
      </ul>
      {open === undefined ? null : <MessageDialog id={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

const preview = (body: unknown): string =>
  (typeof body === 'string' ? body : JSON.stringify(body)).slice(0, 200);
