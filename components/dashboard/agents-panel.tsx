'use client';

import Link from 'next/link';
import { ChatWithAgent } from '@/components/agents/chat-with-agent';
import { useAgents } from '@/components/data/queries';
import { Avatar } from '@/components/icons/avatar';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { Panel } from './panel';

/** The agents, to talk to. */
export function AgentsPanel() {
  const agents = useAgents();
  return (
    <Panel title="Agents" all={{ href: '/agents', label: 'All agents' }}>
      {agents.data === undefined ? (
        agents.error ? (
          <ErrorState
            className="py-8"
            title="The agents could not be loaded"
            onRetry={() => void agents.refetch()}
          />
        ) : (
          <SkeletonRows rows={3} />
        )
      ) : agents.data.items.length === 0 ? (
        <p className="px-4 py-6 text-center text-muted">
          No agents yet.{' '}
          <Link href="/agents/new" className="text-accent underline underline-offset-2">
            Create one
          </Link>
        </p>
      ) : (
        <ul aria-label="Agents">
          {agents.data.items.slice(0, 6).map((agent) => (
            <li
              key={agent.id}
              className="relative flex h-11 items-center gap-2.5 border-b px-3 last:border-b-0 hover:bg-hover/60"
            >
              <Avatar name={agent.name} size={24} square />
              <Link
                href={`/agents/${agent.id}`}
                className="min-w-0 flex-1 truncate after:absolute after:inset-0"
              >
                {agent.name}
              </Link>
              <ChatWithAgent agent={agent} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
