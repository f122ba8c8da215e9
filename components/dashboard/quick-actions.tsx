'use client';

import { Bot, FileUp, type LucideIcon, MessageSquare, Plus, UserPlus } from 'lucide-react';
import Link from 'next/link';
import { useCan } from '@/components/shell/actor-context';
import { useNewWorkflow } from '@/components/shell/use-new-workflow';
import { Panel } from './panel';

const itemStyle =
  'flex h-9 w-full items-center gap-2.5 border-b px-3 text-left -outline-offset-2 last:border-b-0 hover:bg-hover/60';

/** What one begins most often. */
export function QuickActions() {
  const { create } = useNewWorkflow();
  const canEdit = useCan('workflows.edit');
  const canEditAgents = useCan('agents.edit');
  const canChat = useCan('chat.write');
  const canInvite = useCan('members.manage');
  return (
    <Panel title="Quick actions">
      {canEdit ? (
        <>
          <button type="button" className={itemStyle} onClick={create}>
            <Plus className="size-4 text-muted" aria-hidden /> New workflow
          </button>
          <Go href="/workflows?import" icon={FileUp} label="Import a workflow" />
        </>
      ) : null}
      {canEditAgents ? <Go href="/agents/new" icon={Bot} label="New agent" /> : null}
      {canChat ? <Go href="/chat" icon={MessageSquare} label="Ask an agent" /> : null}
      {canInvite ? <Go href="/settings/members" icon={UserPlus} label="Invite a teammate" /> : null}
    </Panel>
  );
}

function Go({ href, icon: Icon, label }: { href: string; icon: LucideIcon; label: string }) {
  return (
    <Link href={href} className={itemStyle}>
      <Icon className="size-4 text-muted" aria-hidden /> {label}
    </Link>
  );
}
