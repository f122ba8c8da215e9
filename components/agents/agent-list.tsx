'use client';

import { Bot, FileUp, Plus } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useAgents } from '@/components/data/queries';
import { Avatar } from '@/components/icons/avatar';
import { useCan } from '@/components/shell/actor-context';
import { PageBody, PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/controls/button';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { Skeleton } from '@/components/ui/display/skeleton';
import type { Agent } from '@/lib/agents/schema';
import { policyTitle } from '@/lib/models/modes';
import { isRule } from '@/lib/models/schema';
import { AgentMark } from './agent-mark';
import { ChatWithAgent } from './chat-with-agent';
import { ImportAgent } from './file/import-agent';
import { PoolList } from './pools/pool-list';
import { RoleGallery } from './role-gallery';

/** The agents of the workspace. */
export function AgentList() {
  const agents = useAgents();
  const canEdit = useCan('agents.edit');
  const [importing, setImporting] = useState(false);
  return (
    <>
      <PageHeader
        title="Agents"
        actions={canEdit ? <Actions onImport={() => setImporting(true)} /> : null}
      />
      <PageBody>
        {agents.data === undefined ? (
          agents.error ? (
            <ErrorState
              title="The agents could not be loaded"
              error={agents.error}
              onRetry={() => void agents.refetch()}
            />
          ) : (
            <LoadingCards />
          )
        ) : agents.data.items.length === 0 ? (
          <EmptyState
            icon={<Bot aria-hidden />}
            title="No agents yet"
            actions={
              canEdit ? (
                <>
                  <RoleGallery />
                  <NewAgent />
                </>
              ) : null
            }
          >
            An agent is a name, instructions, a model and tools. Workflow steps can use it, and you
            can talk to it.
          </EmptyState>
        ) : (
          <>
            <ul
              aria-label="Agents"
              className="grid grid-cols-[repeat(auto-fill,minmax(270px,1fr))] gap-3 p-4"
            >
              {agents.data.items.map((agent) => (
                <AgentCard key={agent.id} agent={agent} />
              ))}
            </ul>
            <PoolList />
          </>
        )}
      </PageBody>
      {importing ? <ImportAgent onClose={() => setImporting(false)} /> : null}
    </>
  );
}

function Actions({ onImport }: { onImport: () => void }) {
  return (
    <>
      <Button size="sm" onClick={onImport}>
        <FileUp aria-hidden /> Import
      </Button>
      <RoleGallery />
      <NewAgent />
    </>
  );
}

function NewAgent() {
  return (
    <Button asChild variant="primary" size="sm">
      <Link href="/agents/new">
        <Plus aria-hidden /> New agent
      </Link>
    </Button>
  );
}

function AgentCard({ agent }: { agent: Agent }) {
  return (
    <li className="relative flex min-h-34 flex-col rounded-lg border p-3.5 transition-colors duration-100 hover:border-border-strong hover:bg-hover/40">
      <div className="flex items-center gap-2.5">
        <Avatar name={agent.name} size={28} square />
        <div className="min-w-0">
          <Link
            href={`/agents/${agent.id}`}
            className="block truncate font-medium after:absolute after:inset-0 after:rounded-lg"
          >
            {agent.name}
          </Link>
          <span className="block truncate font-mono text-2xs text-faint">@{agent.handle}</span>
        </div>
      </div>
      <p className="mt-2.5 line-clamp-2 flex-1 text-muted">
        {agent.description || agent.instructions}
      </p>
      <div className="mt-3 space-y-2.5">
        <AgentMark id={agent.id} />
        <div className="flex items-center justify-between gap-2">
          <span className="min-w-0 flex-1 truncate text-xs text-faint">
            {isRule(agent.model) ? `Model: ${policyTitle(agent.model)}` : agent.model.model}
          </span>
          <ChatWithAgent agent={agent} />
        </div>
      </div>
    </li>
  );
}

function LoadingCards() {
  return (
    <div
      role="status"
      aria-label="Loading agents"
      className="grid grid-cols-[repeat(auto-fill,minmax(270px,1fr))] gap-3 p-4"
    >
      {['a', 'b', 'c', 'd', 'e', 'f'].map((each) => (
        <Skeleton key={each} className="h-34 rounded-lg" />
      ))}
    </div>
  );
}
