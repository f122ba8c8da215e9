'use client';

import { ShieldQuestion } from 'lucide-react';
import Link from 'next/link';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { Approval } from '@/lib/tools/contract';

/** A call of a tool that waits, as a line that leads to its run or chat. */
export function WaitingCall({ approval }: { approval: Approval }) {
  const { ask, title, agent, run, createdAt } = approval;
  const text = ask?.kind === 'question' ? ask.text : `${agent ?? run.name} wants to use “${title}”`;
  const href = run.threadId
    ? `/chat/${run.threadId}`
    : `/runs/${run.id}?step=${encodeURIComponent(run.stepId)}`;
  return (
    <li className="relative flex min-h-12 items-center gap-3 border-b px-4 py-1.5 last:border-b-0 hover:bg-hover/60">
      <ShieldQuestion aria-hidden className="size-4 shrink-0 text-warning" />
      <div className="min-w-0 flex-1">
        <Link href={href} className="block truncate font-medium after:absolute after:inset-0">
          {ask?.kind === 'unknown' ? `Did “${title}” happen?` : text}
        </Link>
        <p className="truncate text-xs text-muted">{run.name}</p>
      </div>
      <TimeAgo at={createdAt} className="shrink-0 text-xs text-faint tabular" />
    </li>
  );
}
