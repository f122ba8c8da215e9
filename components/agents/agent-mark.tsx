'use client';

import { useAgentStatuses } from '@/components/data/tool-queries';
import { Badge } from '@/components/ui/display/badge';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { statusMarks } from './status/texts';

/** What an agent is doing, since when, and because of what. */
export function AgentMark({ id }: { id: string }) {
  const { data } = useAgentStatuses();
  const found = data?.items.find((each) => each.id === id);
  if (found === undefined) return null;
  const { tone, label } = statusMarks[found.status];
  return (
    <p className="flex min-w-0 items-center gap-2 text-xs">
      <Badge tone={tone} title={found.cause} className="relative">
        {label}
      </Badge>
      <span className="min-w-0 flex-1 truncate text-muted">{found.cause}</span>
      <span className="shrink-0 text-faint">
        <TimeAgo at={found.since} />
      </span>
    </p>
  );
}
