'use client';

import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { useAgents, useDeleteAgent, useSaveAgent } from '@/components/data/queries';
import { useCan } from '@/components/shell/actor-context';
import { PageBody, PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { Skeleton } from '@/components/ui/display/skeleton';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import type { Agent, AgentInput } from '@/lib/agents/schema';
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
  if (agent) return <Loaded key={id} agent={agent} beside={beside} />;
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
  const { id, updatedAt } = agent;
  // What somebody is typing stays when another saves: the form goes on from the version that it began with.
  const [typed, setTyped] = useState<AgentInput>();
  const [base, setBase] = useState(agent);
  if (typed === undefined && base.version < agent.version) setBase(agent);
  const saveAs = (next: AgentInput, version: number, done: string) =>
    save.mutate(
      { id, agent: next, version },
      {
        onSuccess: (saved) => {
          setTyped(undefined);
          setBase({ ...agent, ...saved });
          toast.success(done);
        },
      },
    );
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
      <PageBody className="grid grid-cols-[minmax(0,680px)] items-start gap-8 p-6 xl:grid-cols-[minmax(0,680px)_minmax(320px,520px)]">
        <div className="space-y-8 xl:order-last">
          <AgentStatusPanel id={id} name={agent.name} />
          <AgentTasks id={id} name={agent.name} />
        </div>
        <div className="min-w-0 space-y-8">
          {typed !== undefined && base.version < agent.version ? (
            <ChangedMeanwhile
              version={agent.version}
              pending={save.isPending}
              onShow={() => setTyped(undefined)}
              onSave={() => saveAs(typed, agent.version, 'Saved')}
            />
          ) : null}
          <AgentForm
            key={`${id} ${base.version}`}
            initial={inputOf(base)}
            editable={editable}
            pending={save.isPending}
            error={save.error?.message}
            submitLabel="Save changes"
            onChange={setTyped}
            onSubmit={(next) => saveAs(next, base.version, 'Saved')}
          />
          {beside}
          <AgentFeedback id={id} />
          <AgentVersions
            agent={agent}
            editable={editable}
            pending={save.isPending}
            onRestore={(earlier) => saveAs(earlier, agent.version, 'Restored')}
          />
        </div>
      </PageBody>
    </>
  );
}

/** What a person sets of an agent. */
function inputOf({
  id: _,
  createdAt: _created,
  updatedAt: _at,
  version: _version,
  ...listed
}: ListedAgent): AgentInput {
  const { status: _status, cause: _cause, since: _since, load: _load, ...input } = listed;
  return input;
}

type MeanwhileProps = { version: number; pending: boolean; onShow: () => void; onSave: () => void };

/** Said while somebody types and another has saved: neither is thrown away unasked. */
function ChangedMeanwhile({ version, pending, onShow, onSave }: MeanwhileProps) {
  return (
    <div
      role="alert"
      className="flex max-w-[680px] flex-wrap items-center gap-2 rounded-md border border-warning/50 bg-warning-soft px-3 py-2 text-sm"
    >
      <p className="min-w-60 flex-1">
        Somebody saved version {version} while you were editing. What you typed is kept and not
        saved.
      </p>
      <Button size="sm" onClick={onShow}>
        Discard mine, show version {version}
      </Button>
      <Button size="sm" loading={pending} onClick={onSave}>
        Save mine over it
      </Button>
    </div>
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
