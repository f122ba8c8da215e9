'use client';

import Link from 'next/link';
import { useDeliveries } from '@/components/data/trigger-queries';
import { StatusDot } from '@/components/icons/status-dot';
import { Button } from '@/components/ui/controls/button';
import { Badge, type BadgeTone } from '@/components/ui/display/badge';
import { Skeleton } from '@/components/ui/display/skeleton';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { Delivery, Trigger } from '@/lib/triggers/contract';
import type { Outcome } from '@/lib/triggers/schema';

const looks: Record<Outcome, { label: string; tone: BadgeTone }> = {
  started: { label: 'Started', tone: 'success' },
  repeated: { label: 'Duplicate', tone: 'neutral' },
  skipped: { label: 'Skipped', tone: 'warning' },
  refused: { label: 'Rejected', tone: 'danger' },
  failed: { label: 'Failed', tone: 'danger' },
};

const words = {
  schedule: { title: 'Recent times', none: 'Not due yet.' },
  webhook: { title: 'Recent requests', none: 'No requests yet.' },
  chat: { title: 'Recent messages', none: 'No messages yet.' },
  form: { title: 'Recent submissions', none: 'No submissions yet.' },
  mail: { title: 'Recent emails', none: 'No emails yet.' },
} as const;

/** What came of the last times or requests. */
export function Deliveries({ trigger }: { trigger: Trigger }) {
  const { data, error, refetch } = useDeliveries(trigger.id);
  const { title } = words[trigger.kind];
  return (
    <section aria-label={title} className="border-t pt-3">
      <h3 className="mb-1.5 text-sm font-medium">{title}</h3>
      {data ? (
        <List items={data.items} kind={trigger.kind} />
      ) : error ? (
        <p role="alert" className="flex items-center gap-2 text-xs text-danger">
          They could not be loaded.
          <Button size="sm" onClick={() => void refetch()}>
            Try again
          </Button>
        </p>
      ) : (
        <Skeleton className="h-16" />
      )}
    </section>
  );
}

function List({ items, kind }: { items: readonly Delivery[]; kind: Trigger['kind'] }) {
  if (items.length === 0) {
    return <p className="text-xs text-faint">{words[kind].none}</p>;
  }
  return (
    <ul className="flex flex-col">
      {items.map((item) => (
        <li key={item.id} className="flex min-h-7 items-center gap-2 text-xs">
          <Badge tone={looks[item.outcome].tone}>{looks[item.outcome].label}</Badge>
          {item.run ? (
            <Link
              href={`/runs/${item.run.id}`}
              className="flex items-center gap-1.5 rounded-sm text-muted hover:text-fg hover:underline"
            >
              <StatusDot status={item.run.status} /> Run {item.run.id.slice(0, 8)}
            </Link>
          ) : (
            <span className="min-w-0 truncate text-muted" title={item.note}>
              {item.note}
            </span>
          )}
          <TimeAgo at={item.at} className="ml-auto shrink-0 text-faint tabular" />
        </li>
      ))}
    </ul>
  );
}
