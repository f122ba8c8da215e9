'use client';

import { type ReactNode, useState } from 'react';
import { ApiError } from '@/components/data/call';
import { useAgents, useCancelTurn, useThread } from '@/components/data/queries';
import { useActor, useCan } from '@/components/shell/actor-context';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { toastError } from '@/components/ui/toast';
import { AgentPicker } from './agent-picker';
import { Composer } from './composer';
import { MessageList } from './message-list';
import { useAnswering } from './use-answer';
import { useSending } from './use-sending';

type Props = {
  /** The thread to show; without one, the first message makes one. */
  threadId?: string;
  /** Whom a new thread is with, to begin with. */
  agentId?: string;
  /** Told about the thread that was made; the panel goes on with it by itself. */
  onThread?: (threadId: string) => void;
  /** Makes what is sent from what was typed. */
  compose?: (text: string) => string;
  /** Beside the agent's name, under the text that is being written. */
  note?: ReactNode;
};

/** A conversation with an agent: history, streamed answer, composer. Fills its parent's height. */
export function ChatPanel({ threadId, agentId, onThread, compose, note }: Props) {
  const [own, setOwn] = useState<string>();
  const [chosen, setChosen] = useState(agentId);
  const id = threadId ?? own;
  const thread = useThread(id);
  const sending = useSending({
    threadId: id,
    agentId: chosen,
    onThread: (made) => {
      // Shown here already: another page that was asked for takes its time.
      setOwn(made);
      onThread?.(made);
    },
  });
  const messages = thread.data?.messages ?? [];
  const answering = useAnswering(messages.at(-1)) || sending.sending;
  const started = id !== undefined || sending.outgoing !== undefined;
  if (id !== undefined && thread.data === undefined) {
    return <Waiting error={thread.error} onRetry={() => void thread.refetch()} />;
  }
  return (
    <div className="@container flex h-full min-h-0 flex-1 flex-col">
      {started ? (
        <Conversation messages={messages} sending={sending} answering={answering} />
      ) : (
        <AgentPicker chosen={chosen} onChoose={setChosen} />
      )}
      <WriteTo
        threadId={id}
        agentId={thread.data ? thread.data.agentId : (chosen ?? null)}
        agentName={thread.data?.agentName}
        answering={answering}
        onSend={(text) => void sending.send(compose ? compose(text) : text)}
        note={note}
      />
    </div>
  );
}

type ConversationProps = {
  messages: Parameters<typeof MessageList>[0]['messages'];
  sending: ReturnType<typeof useSending>;
  answering: boolean;
};

function Conversation({ messages, sending, answering }: ConversationProps) {
  const actor = useActor();
  const mayWrite = useCan('chat.write');
  return (
    <MessageList
      messages={messages}
      outgoing={sending.outgoing}
      author={actor}
      onRetryOutgoing={() => void sending.retry()}
      onDiscardOutgoing={sending.discard}
      onAskAgain={mayWrite && !answering ? (text) => void sending.send(text) : undefined}
    />
  );
}

type WriteToProps = {
  threadId: string | undefined;
  agentId: string | null;
  agentName: string | undefined;
  answering: boolean;
  onSend: (text: string) => void;
  note: ReactNode;
};

function WriteTo({ threadId, agentId, agentName, answering, onSend, note }: WriteToProps) {
  const mayWrite = useCan('chat.write');
  const cancel = useCancelTurn();
  const agents = useAgents();
  const name = agentName ?? agents.data?.items.find((each) => each.id === agentId)?.name;
  const placeholder = !mayWrite
    ? 'Viewers can read chats, not write in them.'
    : agentId === null
      ? threadId
        ? 'Its agent was deleted. Start a new chat.'
        : 'Choose an agent first…'
      : `Write to ${name ?? 'the agent'}…`;
  return (
    <Composer
      enabled={mayWrite && agentId !== null}
      placeholder={placeholder}
      answering={answering}
      stopping={cancel.isPending}
      onSend={onSend}
      onStop={() => {
        if (!threadId) return;
        cancel.mutate(threadId, {
          onError: (error) => toastError('The answer was not stopped', error),
        });
      }}
    >
      <span className="truncate px-1 text-xs text-faint">
        {name && agentId !== null ? name : ''}
      </span>
      {note}
    </Composer>
  );
}

function Waiting({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  if (error instanceof ApiError && error.status === 404) {
    return (
      <EmptyState className="my-auto" title="This chat does not exist">
        It was deleted, or it belongs to another workspace.
      </EmptyState>
    );
  }
  if (error) {
    return (
      <ErrorState
        className="my-auto"
        title="The chat could not be loaded"
        error={error}
        onRetry={onRetry}
      />
    );
  }
  return (
    <div
      role="status"
      aria-label="Loading chat"
      className="mx-auto w-full max-w-[720px] space-y-6 px-4 py-6"
    >
      {['w-1/2', 'w-3/4', 'w-2/3'].map((width) => (
        <div key={width} className="flex gap-3">
          <Skeleton className="size-6 rounded-full" />
          <div className="flex-1 space-y-2 pt-1">
            <Skeleton className="h-3 w-24" />
            <Skeleton className={`h-3 ${width}`} />
          </div>
        </div>
      ))}
    </div>
  );
}
