'use client';

import { Mail, Webhook } from 'lucide-react';
import { useDeliveries } from '@/components/data/notification-queries';
import { Badge, type BadgeTone } from '@/components/ui/display/badge';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { plural } from '@/components/ui/format';
import type { NotificationDelivery } from '@/lib/notifications/settings-contract';
import { eventWords } from './kinds';

/** The newest e-mails and webhooks, with why one failed. */
export function Deliveries() {
  const deliveries = useDeliveries();
  return (
    <section aria-label="Deliveries">
      <h3 className="mb-2 text-sm font-medium">Deliveries</h3>
      <div className="divide-y rounded-lg border">
        {deliveries.data === undefined ? (
          deliveries.isError ? (
            <ErrorState
              className="py-8"
              title="The deliveries could not be loaded"
              error={deliveries.error}
              onRetry={() => void deliveries.refetch()}
            />
          ) : (
            <SkeletonRows rows={2} />
          )
        ) : deliveries.data.items.length === 0 ? (
          <p className="px-4 py-6 text-center text-muted">
            Emails and webhooks of notifications appear here, with why one failed.
          </p>
        ) : (
          <ul aria-label="Deliveries" className="divide-y">
            {deliveries.data.items.map((item) => (
              <Row key={item.id} item={item} />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function stateOf({ state, error }: NotificationDelivery): { tone: BadgeTone; label: string } {
  if (state === 'sent') return { tone: 'success', label: 'Sent' };
  if (state === 'failed') return { tone: 'danger', label: 'Failed' };
  return error === null
    ? { tone: 'info', label: 'Sending' }
    : { tone: 'warning', label: 'Trying again' };
}

function Row({ item }: { item: NotificationDelivery }) {
  const { channel, event, person, attempts, error, createdAt } = item;
  const Icon = channel === 'mail' ? Mail : Webhook;
  const to = channel === 'webhook' ? 'Webhook' : (person ?? 'Former member');
  const { tone, label } = stateOf(item);
  return (
    <li className="flex items-start gap-3 px-4 py-2.5">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-faint" />
      <div className="min-w-0 flex-1">
        <p className="truncate">
          {eventWords(event)} <span className="text-muted">to {to}</span>
        </p>
        {error === null || item.state === 'sent' ? null : (
          <p className="text-xs break-words text-danger">
            {error}
            {attempts > 1 ? ` (${plural(attempts, 'attempt')})` : ''}
          </p>
        )}
      </div>
      <Badge tone={tone}>{label}</Badge>
      <TimeAgo at={createdAt} className="w-24 shrink-0 text-right text-xs text-faint tabular" />
    </li>
  );
}
