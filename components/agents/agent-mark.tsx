'use client';

import { useAgentStatuses } from '@/components/data/tool-queries';
import { Badge, type BadgeTone } from '@/components/ui/display/badge';
import type { AgentStatus } from '@/lib/agents/status';

const marks: Readonly<Record<AgentStatus, { tone: BadgeTone; label: string }>> = {
  offline: { tone: 'danger', label: 'Offline' },
  failing: { tone: 'danger', label: 'Failing' },
  waiting: { tone: 'warning', label: 'Waiting' },
  busy: { tone: 'info', label: 'Busy' },
  idle: { tone: 'neutral', label: 'Idle' },
};

/** What an agent is doing, and why it stands so. */
export function AgentMark({ id }: { id: string }) {
  const { data } = useAgentStatuses();
  const found = data?.items.find((each) => each.id === id);
  if (found === undefined) return null;
  const { tone, label } = marks[found.status];
  return (
    <Badge tone={tone} title={found.cause} className="relative">
      {label}
    </Badge>
  );
}
