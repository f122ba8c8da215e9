'use client';

import { Bot } from 'lucide-react';
import Link from 'next/link';
import { useAgents } from '@/components/data/queries';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';

type Props = { chosen: string | undefined; onChoose: (agentId: string) => void };

/** Before the first message: whom to write to. */
export function AgentPicker({ chosen, onChoose }: Props) {
  const agents = useAgents();
  if (agents.data === undefined) {
    return agents.error ? (
      <ErrorState
        className="my-auto"
        title="The agents could not be loaded"
        error={agents.error}
        onRetry={() => void agents.refetch()}
      />
    ) : (
      <div
        role="status"
        aria-label="Loading agents"
        className="mx-auto mt-auto w-full max-w-[720px] space-y-2 p-4"
      >
        <Skeleton className="h-14 rounded-lg" />
        <Skeleton className="h-14 rounded-lg" />
      </div>
    );
  }
  if (agents.data.items.length === 0) {
    return (
      <EmptyState
        className="my-auto"
        icon={<Bot aria-hidden />}
        title="There is no agent to talk to yet"
        actions={
          <Button asChild size="sm" variant="primary">
            <Link href="/agents/new">Create an agent</Link>
          </Button>
        }
      />
    );
  }
  return (
    <div className="mx-auto my-auto w-full max-w-[720px] overflow-y-auto px-4 py-6">
      <h2 className="mb-1 text-lg font-semibold tracking-[-0.01em]">Whom do you want to ask?</h2>
      <p className="mb-4 text-muted">Choose an agent, then write below.</p>
      <ul className="grid gap-2 @lg:grid-cols-2">
        {agents.data.items.map((agent) => (
          <li key={agent.id}>
            <button
              type="button"
              aria-pressed={chosen === agent.id}
              onClick={() => onChoose(agent.id)}
              className={cn(
                'flex h-full w-full items-start gap-2.5 rounded-lg border p-3 text-left transition-colors duration-100 hover:border-border-strong hover:bg-hover/40',
                chosen === agent.id &&
                  'border-accent bg-accent-soft hover:border-accent hover:bg-accent-soft',
              )}
            >
              <Avatar name={agent.name} size={24} square />
              <span className="min-w-0">
                <span className="block truncate font-medium">{agent.name}</span>
                <span className="line-clamp-2 text-xs text-muted">
                  {agent.description || agent.instructions}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
