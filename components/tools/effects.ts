import type { BadgeTone } from '@/components/ui/display/badge';
import type { ToolCallState, ToolEffect } from '@/lib/tools/call';
import type { ToolSource } from '@/lib/tools/define-tool';

/** What a call may change, as people read it, in the colour that stands for it everywhere. */
export const effects: Readonly<
  Record<ToolEffect, { tone: BadgeTone; label: string; says: string }>
> = {
  read: { tone: 'info', label: 'Reads', says: 'It changes nothing.' },
  idempotent: {
    tone: 'accent',
    label: 'Changes',
    says: 'It changes something here; doing it twice makes no difference.',
  },
  once: {
    tone: 'warning',
    label: 'Acts once',
    says: 'It changes something that cannot simply be taken back, and is never repeated by itself.',
  },
};

export const sources: Readonly<Record<ToolSource, string>> = {
  builtin: 'Built in',
  workflow: 'Workflows',
  table: 'Tables',
  service: 'Services',
  mcp: 'MCP servers',
};

export const risks = ['No risk', 'Low risk', 'Medium risk', 'High risk'] as const;

/** How a call stands. */
export const states: Readonly<Record<ToolCallState, { tone: BadgeTone; label: string }>> = {
  planned: { tone: 'neutral', label: 'About to run' },
  asked: { tone: 'warning', label: 'Waiting for a person' },
  approved: { tone: 'info', label: 'Approved' },
  refused: { tone: 'danger', label: 'Refused' },
  running: { tone: 'info', label: 'Running' },
  done: { tone: 'success', label: 'Done' },
  failed: { tone: 'danger', label: 'Failed' },
  unknown: { tone: 'warning', label: 'Outcome unknown' },
};
