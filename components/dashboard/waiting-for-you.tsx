'use client';

import { UserCheck } from 'lucide-react';
import Link from 'next/link';
import { useApprovals } from '@/components/data/tool-queries';
import { hrefOf } from '@/components/notifications/notification-words';
import { useWaiting } from '@/components/notifications/queries';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { Notification } from '@/lib/notifications/contract';
import { Panel } from './panel';
import { WaitingCall } from './waiting-call';

const placeOf = ({ runId, stepId }: Notification) => `${runId} ${stepId}`;

/** Approvals and questions of all workflows that wait for this person, newest first. */
export function WaitingForYou() {
  const { data } = useWaiting();
  // Of a step that reminded people, the newest.
  const items = [
    ...new Map((data?.items ?? []).toReversed().map((item) => [placeOf(item), item])).values(),
  ].toReversed();
  const approvals = useApprovals().data?.items ?? [];
  // A call of a tool stands for itself.
  const own = new Set(approvals.map(({ run }) => `${run.id} ${run.stepId}`));
  const others = items.filter((item) => !own.has(placeOf(item)));
  if (others.length + approvals.length === 0) return null;
  return (
    <Panel title="Waiting for you" count={others.length + approvals.length}>
      <ul aria-label="Waiting for you">
        {approvals.map((approval) => (
          <WaitingCall key={approval.id} approval={approval} />
        ))}
        {others.map((item) => (
          <li
            key={item.id}
            className="relative flex min-h-12 items-center gap-3 border-b px-4 py-1.5 last:border-b-0 hover:bg-hover/60"
          >
            <UserCheck aria-hidden className="size-4 shrink-0 text-warning" />
            <div className="min-w-0 flex-1">
              <Link
                href={hrefOf(item)}
                className="block truncate font-medium after:absolute after:inset-0"
              >
                {item.text || 'A question without words'}
              </Link>
              <p className="truncate text-xs text-muted">{item.workflow?.name}</p>
            </div>
            <TimeAgo at={item.createdAt} className="shrink-0 text-xs text-faint tabular" />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
