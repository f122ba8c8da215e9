'use client';

import { ArrowUpRight, AtSign, GitPullRequestArrow, MessagesSquare, Plus } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { BesideAnswerProvider } from '@/components/chat/answer';
import { ChatPanel } from '@/components/chat/chat-panel';
import { useThread, useThreads } from '@/components/data/queries';
import { useGraph, useLocal, useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { IconButton } from '@/components/ui/controls/icon-button';
import { DropdownMenu, DropdownMenuChoice } from '@/components/ui/overlays/dropdown-menu';
import { TurnSuggestion } from './turn-suggestion';
import { mentionOf } from './workflow-mention';

/** The chat beside this workflow, which this browser remembers. */
function useThreadOf(workflowId: string) {
  const key = `ensemble.chat.${workflowId}`;
  const [threadId, setThreadId] = useState<string>();
  useEffect(() => setThreadId(localStorage.getItem(key) ?? undefined), [key]);
  const choose = (next: string | undefined) => {
    setThreadId(next);
    if (next) localStorage.setItem(key, next);
    else localStorage.removeItem(key);
  };
  return { threadId, choose };
}

/** Chat with an agent beside the canvas; the workflow can be sent along. */
export function ChatTab() {
  const { workflowId, graph, local } = useSession();
  const { threadId, choose } = useThreadOf(workflowId);
  const maySuggest = useCan('workflows.suggest');
  const changes = useLocal(({ asksForChanges = false }) => asksForChanges) && maySuggest;
  const [mention, setMention] = useState<boolean>();
  const [count, setCount] = useState(0);
  const name = useGraph((now) => now.name);
  // The first message of a chat tells about the workflow, the later ones where one asks for it.
  const mentions = mention ?? threadId === undefined;
  const start = (next: string | undefined) => {
    choose(next);
    setMention(undefined);
    setCount((now) => now + 1);
  };
  return (
    <BesideAnswerProvider value={besideAnswer}>
      <ChatHead threadId={threadId} onChoose={start} />
      <ChatPanel
        key={count}
        {...(threadId ? { threadId } : {})}
        onThread={choose}
        compose={(text) => {
          setMention(false);
          if (!mentions || changes) return text;
          return `${text}\n\n${mentionOf(graph.get(), workflowId, local.get().nodes)}`;
        }}
        change={
          changes
            ? () => ({ workflowId, selected: [...local.get().nodes].slice(0, 100) })
            : undefined
        }
        note={
          <>
            {maySuggest ? (
              <button
                type="button"
                aria-pressed={changes}
                onClick={() => local.set((now) => ({ ...now, asksForChanges: !changes }))}
                title={
                  changes
                    ? 'The agent changes the workflow, as a suggestion'
                    : 'Let the agent change the workflow, as a suggestion'
                }
                className="flex h-6 shrink-0 items-center gap-1 rounded-md px-1.5 text-xs text-faint hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:text-accent"
              >
                <GitPullRequestArrow className="size-3 shrink-0" aria-hidden />
                Suggest changes
              </button>
            ) : null}
            {changes ? null : (
              <button
                type="button"
                aria-pressed={mentions}
                onClick={() => setMention(!mentions)}
                title={
                  mentions ? 'The agent gets the list of steps' : 'Give the agent the list of steps'
                }
                className="flex h-6 min-w-0 items-center gap-1 rounded-md px-1.5 text-xs text-faint hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:text-accent"
              >
                <AtSign className="size-3 shrink-0" aria-hidden />
                <span className="truncate">{name}</span>
              </button>
            )}
          </>
        }
      />
    </BesideAnswerProvider>
  );
}

const besideAnswer = (runId: string) => <TurnSuggestion runId={runId} />;

type HeadProps = { threadId: string | undefined; onChoose: (next: string | undefined) => void };

function ChatHead({ threadId, onChoose }: HeadProps) {
  const threads = useThreads();
  const thread = useThread(threadId);
  const recent = (threads.data?.items ?? []).slice(0, 12);
  return (
    <header className="flex h-9 shrink-0 items-center gap-0.5 border-b pr-1.5 pl-4">
      <h3 className="min-w-0 flex-1 truncate text-xs text-muted">
        {threadId ? (thread.data?.title ?? 'Chat') : 'New chat'}
      </h3>
      {recent.length > 0 ? (
        <DropdownMenu
          align="end"
          trigger={
            <IconButton label="Recent chats" size="sm">
              <MessagesSquare className="!size-3.5" />
            </IconButton>
          }
        >
          <DropdownMenuChoice
            value={threadId}
            onValueChange={onChoose}
            options={recent.map((each) => ({ value: each.id, label: each.title }))}
          />
        </DropdownMenu>
      ) : null}
      {threadId ? (
        <>
          <Link
            href={`/chat/${threadId}`}
            aria-label="Open in Chat"
            className="flex size-6 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-fg"
          >
            <ArrowUpRight className="size-3.5" aria-hidden />
          </Link>
          <IconButton label="New chat" size="sm" onClick={() => onChoose(undefined)}>
            <Plus className="!size-3.5" />
          </IconButton>
        </>
      ) : null}
    </header>
  );
}
