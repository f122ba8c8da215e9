'use client';

import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { useAgents, useDeleteAgent, useSaveAgent } from '@/components/data/queries';
import { useCan } from '@/components/shell/actor-context';
import { PageBody, PageHeader } from '@/components/shell/page-header';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { Skeleton } from '@/components/ui/display/skeleton';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import type { Agent } from '@/lib/agents/schema';
import type { ListedAgent } from '@/lib/agents/status/schema';
import { AgentFeedback } from './agent-feedback';
import { AgentForm } from './agent-form';
import { AgentTasks } from './agent-tasks';
import { AgentVersions } from './agent-versions';
import { ChatWithAgent } from './chat-with-agent';
import { ExportAgent } from './file/export-agent';
import { AgentStatusPanel } from './status/agent-status';

const parent = { href: '/agents', label: 'Agents' };

/** One agent: read it, change it, talk to it, delete it. `beside`: what else there is about it, under its settings. */
export function AgentPage({ id, beside }: { id: string; beside?: ReactNode }) {
  const agents = useAgents();
  const agent = agents.data?.items.find((each) => each.id === id);
  if (agent) return <Loaded agent={agent} beside={beside} />;
  return (
    <>
      <PageHeader title="Agent" parent={parent} />
      <PageBody>
        {agents.data ? (
          <EmptyState title="This agent does not exist">
            It was deleted, or it belongs to another workspace.
          </EmptyState>
        ) : agents.error ? (
          <ErrorState
            title="The agent could not be loaded"
            error={agents.error}
            onRetry={() => void agents.refetch()}
          />
        ) : (
          <div role="status" aria-label="Loading agent" className="max-w-[680px] space-y-5 p-6">
            <Skeleton className="h-8" />
            <Skeleton className="h-8" />
            <Skeleton className="h-44" />
          </div>
        )}
      </PageBody>
    </>
  );
}

function Loaded({ agent, beside }: { agent: ListedAgent; beside: ReactNode }) {
  const save = useSaveAgent();
  const editable = useCan('agents.edit');
  const { id, createdAt: _created, updatedAt, version, ...listed } = agent;
  const { status: _status, cause: _cause, since: _since, load: _load, ...initial } = listed;
  return (
    <>
      <PageHeader
        title={agent.name}
        parent={parent}
        actions={
          <>
            <span className="text-xs text-faint max-sm:hidden">
              Edited <TimeAgo at={updatedAt} />
            </span>
            <ChatWithAgent agent={agent} />
            <ExportAgent agent={agent} />
            {editable ? <DeleteAgent agent={agent} /> : null}
          </>
        }
      />
      <PageBody className="space-y-8 p-6">
        <AgentStatusPanel id={id} name={agent.name} />
        <AgentForm
          key={`${id} ${version}`}
          initial={initial}
          editable={editable}
          pending={save.isPending}
          error={save.error?.message}
          submitLabel="Save changes"
          onSubmit={(next) =>
            save.mutate({ id, agent: next }, { onSuccess: () => toast.success('Saved') })
          }
        />
        {beside}
        <AgentTasks id={id} name={agent.name} />
        <AgentFeedback id={id} />
        <AgentVersions
          agent={agent}
          editable={editable}
          pending={save.isPending}
          onRestore={(earlier) =>
            save.mutate({ id, agent: earlier }, { onSuccess: () => toast.success('Restored') })
          }
        />
      </PageBody>
    </>
  );
}

function DeleteAgent({ agent }: { agent: Agent }) {
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const remove = useDeleteAgent();
  return (
    <>
      <IconButton label="Delete agent" onClick={() => setAsking(true)}>
        <Trash2 />
      </IconButton>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${agent.name}?`}
        description={
          <>
            Steps that use <code className="font-mono text-xs">@{agent.handle}</code> will have a
            problem until you choose another agent. Chats with it stay readable.
          </>
        }
        confirmLabel="Delete agent"
        pending={remove.isPending}
        onConfirm={() =>
          remove.mutateAsync(agent.id).then(
            () => {
              toast.success(`${agent.name} was deleted`);
              router.push('/agents');
            },
            (error: unknown) => {
              toastError('The agent was not deleted', error);
              throw error;
            },
          )
        }
      />
    </>
  );
}
