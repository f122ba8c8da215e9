'use client';

import { Bot } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useAgents } from '@/components/data/queries';
import { useChatWorkflows } from '@/components/data/trigger-queries';
import { Avatar } from '@/components/icons/avatar';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { Skeleton } from '@/components/ui/display/skeleton';
import type { Partner } from './use-sending';
import { WorkflowMark } from './workflow-mark';

type Props = { chosen: Partner | undefined; onChoose: (partner: Partner) => void };

/** Before the first message: whom to write to, an agent or a workflow. */
export function PartnerPicker({ chosen, onChoose }: Props) {
  const agents = useAgents();
  const workflows = useChatWorkflows();
  const failed = [agents, workflows].find((each) => each.data === undefined && each.error);
  if (failed) {
    return (
      <ErrorState
        className="my-auto"
        title="Nothing to show"
        error={failed.error}
        onRetry={() => void failed.refetch()}
      />
    );
  }
  if (agents.data === undefined || workflows.data === undefined) {
    return (
      <div
        role="status"
        aria-label="Loading agents and workflows"
        className="mx-auto mt-auto w-full max-w-[720px] space-y-2 p-4"
      >
        <Skeleton className="h-14 rounded-lg" />
        <Skeleton className="h-14 rounded-lg" />
      </div>
    );
  }
  if (agents.data.items.length + workflows.data.items.length === 0) return <Nobody />;
  const choice = (kind: Partner['kind'], id: string) => ({
    chosen: chosen?.kind === kind && chosen.id === id,
    onChoose: () => onChoose({ kind, id }),
  });
  return (
    <div className="mx-auto my-auto w-full max-w-[720px] overflow-y-auto px-4 py-6">
      <h2 className="mb-1 text-lg font-semibold tracking-[-0.01em]">Who would you like to ask?</h2>
      <p className="mb-4 text-muted">
        Choose an agent{workflows.data.items.length > 0 ? ' or a workflow' : ''}, then write below.
      </p>
      <Group name="Agents" named={workflows.data.items.length > 0}>
        {agents.data.items.map(({ id, name, description, instructions }) => (
          <Choice key={id} {...choice('agent', id)} name={name} text={description || instructions}>
            <Avatar name={name} size={24} square />
          </Choice>
        ))}
      </Group>
      <Group name="Workflows" named>
        {workflows.data.items.map(({ triggerId, name, description }) => (
          <Choice
            key={triggerId}
            {...choice('workflow', triggerId)}
            name={name}
            text={plain(description) || 'Runs with your message and answers with its output.'}
          >
            <WorkflowMark />
          </Choice>
        ))}
      </Group>
    </div>
  );
}

/** Without the marks of Markdown. */
const plain = (text: string) => text.replace(/[*_`#>]+/g, '');

function Nobody() {
  return (
    <EmptyState
      className="my-auto"
      icon={<Bot aria-hidden />}
      title="No agents yet"
      actions={
        <Button asChild size="sm" variant="primary">
          <Link href="/agents/new">Create an agent</Link>
        </Button>
      }
    >
      Workflows with a chat appear here too: turn it on in a workflow’s triggers.
    </EmptyState>
  );
}

function Group({ name, named, children }: { name: string; named: boolean; children: ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <section aria-label={name} className="mb-4">
      {named ? <h3 className="mb-1.5 text-xs font-medium text-muted">{name}</h3> : null}
      <ul className="grid gap-2 @lg:grid-cols-2">{children}</ul>
    </section>
  );
}

type ChoiceProps = {
  chosen: boolean;
  onChoose: () => void;
  name: string;
  text: string;
  children: ReactNode;
};

function Choice({ chosen, onChoose, name, text, children }: ChoiceProps) {
  return (
    <li>
      <button
        type="button"
        aria-pressed={chosen}
        onClick={onChoose}
        className={cn(
          'flex h-full w-full items-start gap-2.5 rounded-lg border p-3 text-left transition-colors duration-100 hover:border-border-strong hover:bg-hover/40',
          chosen && 'border-accent bg-accent-soft hover:border-accent hover:bg-accent-soft',
        )}
      >
        {children}
        <span className="min-w-0">
          <span className="block truncate font-medium">{name}</span>
          <span className="line-clamp-2 text-xs text-muted">{text}</span>
        </span>
      </button>
    </li>
  );
}
