import type { BadgeTone } from '@/components/ui/display/badge';
import type { AgentStatus } from '@/lib/agents/status/machine';

/** A word, a tone and a colour for each status. */
export const statusMarks: Readonly<
  Record<AgentStatus, { tone: BadgeTone; label: string; fill: string }>
> = {
  idle: { tone: 'neutral', label: 'Idle', fill: 'bg-border-strong' },
  busy: { tone: 'info', label: 'Busy', fill: 'bg-info' },
  overloaded: { tone: 'warning', label: 'Overloaded', fill: 'bg-warning' },
  error: { tone: 'danger', label: 'Error', fill: 'bg-danger' },
  maintenance: { tone: 'accent', label: 'Maintenance', fill: 'bg-accent' },
  starting: { tone: 'info', label: 'Starting', fill: 'bg-info/50' },
  stopping: { tone: 'warning', label: 'Stopping', fill: 'bg-warning/50' },
  offline: { tone: 'danger', label: 'Offline', fill: 'bg-danger/40' },
};
