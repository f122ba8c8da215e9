'use client';

import { RotateCcw } from 'lucide-react';
import { useAgentVersions } from '@/components/data/tool-queries';
import { Button } from '@/components/ui/controls/button';
import { Badge } from '@/components/ui/display/badge';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { Agent, AgentInput, AgentVersion } from '@/lib/agents/schema';

type Props = {
  agent: Agent;
  editable: boolean;
  pending: boolean;
  onRestore: (agent: AgentInput) => void;
};

/** What the agent was at each save; an earlier one is restored by saving it again. */
export function AgentVersions({ agent, editable, pending, onRestore }: Props) {
  const { data } = useAgentVersions(agent.id);
  const items = data?.items ?? [];
  if (items.length < 2) return null;
  return (
    <section aria-label="Versions" className="max-w-[680px] space-y-3">
      <h2 className="font-medium">Versions</h2>
      <ol className="divide-y rounded-lg border">
        {items.map((version, index) => (
          <li key={version.number} className="flex min-h-10 items-center gap-3 px-3 py-1.5 text-sm">
            <span className="shrink-0 tabular">Version {version.number}</span>
            {version.number === agent.version ? <Badge tone="accent">Now</Badge> : null}
            <span className="min-w-0 flex-1 truncate text-xs text-faint">
              {changesOf(version, items[index + 1])}
            </span>
            <span className="shrink-0 text-xs text-faint">
              {version.savedBy?.name} <TimeAgo at={version.savedAt} />
            </span>
            {editable && version.number !== agent.version ? (
              <Button
                type="button"
                size="sm"
                variant="ghost"
                disabled={pending}
                onClick={() => onRestore(version.agent)}
              >
                <RotateCcw aria-hidden /> Restore
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

const parts: readonly (readonly [keyof AgentInput, string])[] = [
  ['name', 'name'],
  ['handle', 'handle'],
  ['description', 'description'],
  ['instructions', 'instructions'],
  ['skills', 'skills'],
  ['model', 'model'],
  ['tools', 'tools'],
  ['limits', 'limits'],
];

/** What differs from the version before, in words. */
function changesOf({ agent }: AgentVersion, before: AgentVersion | undefined): string {
  if (before === undefined) return '';
  const changed = parts.filter(
    ([part]) => JSON.stringify(agent[part]) !== JSON.stringify(before.agent[part]),
  );
  const words = changed.map(([, word]) => word).join(', ');
  return words === '' ? 'no change' : `changed: ${words}`;
}
