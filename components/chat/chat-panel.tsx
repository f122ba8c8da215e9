'use client';

import { type ComponentProps, type ReactNode, useState } from 'react';
import { ApiError } from '@/components/data/call';
import { useAgents, useCancelTurn, useThread } from '@/components/data/queries';
import { useChatWorkflows } from '@/components/data/trigger-queries';
import { useActor, useCan } from '@/components/shell/actor-context';
import { toastError } from '@/components/ui/controls/toast';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { Skeleton } from '@/components/ui/display/skeleton';
import type { AskedChange } from '@/lib/canvas-turns/calls';
import { Composer } from './composer';
import { MessageList } from './message-list';
import { PartnerPicker } from './partner-picker';
import { useAnswering } from './use-answer';
import type { OnCommand } from './use-commanding';
import { type Partner, useSending } from './use-sending';

type Props = {
  /** The thread to show; without one, the first message makes one. */
  threadId?: string;
  /** Whom a new thread is with, to begin with. */
  partner?: Partner | undefined;
  /** Told about the thread that was made; the panel goes on with it by itself. */
  onThread?: (threadId: string) => void;
  /** Makes what is sent from what was typed. */
  compose?: (text: string) => string;
  /** The workflow that agents are to change by what is sent; undefined: they only answer. */
  change?: (() => AskedChange) | undefined;
  /** Beside the partner's name, under the text that is being written. */
  note?: ReactNode;
};

/** A conversation with an agent or a workflow: history, streamed answer, composer. Fills its parent's height. */
export function ChatPanel({ threadId, partner, onThread, compose, change, note }: Props) {
  const [own, setOwn] = useState<string>();
  const [chosen, setChosen] = useState(partner);
  const id = threadId ?? own;
  const [area, setArea] = useState<HTMLElement | null>(null);
  const thread = useThread(id);
  const sending = useSending({
    threadId: id,
    partner: chosen,
    onThread: (made) => {
      // Already shown here, while the route of the thread still loads.
      setOwn(made);
      onThread?.(made);
    },
  });
  const send: Send = (text, files, agents, together, marks) =>
    void sending.send(text, files, agents, { together, marks, change: change?.() });
  const messages = thread.data?.messages ?? [];
  const answering = useAnswering(messages) || sending.sending;
  const started = id !== undefined || sending.outgoing !== undefined;
  if (id !== undefined && thread.data === undefined) {
    return <Waiting error={thread.error} onRetry={() => void thread.refetch()} />;
  }
  return (
    <div ref={setArea} className="@container flex h-full min-h-0 flex-1 flex-col">
      {started ? (
        <Conversation thread={thread.data} sending={sending} answering={answering} onSend={send} />
      ) : (
        <PartnerPicker chosen={chosen} onChoose={setChosen} />
      )}
      <WriteTo
        threadId={id}
        partner={thread.data ? undefined : chosen}
        thread={thread.data}
        answering={answering}
        dropArea={area}
        onSend={(text, files, agents, together, marks) =>
          send(compose ? compose(text) : text, files, agents, together, marks)
        }
        workflowId={change?.()?.workflowId}
        onCommand={sending.command}
        note={note}
      />
    </div>
  );
}

type OpenThread = NonNullable<ReturnType<typeof useThread>['data']>;
type ConversationProps = {
  thread: OpenThread | undefined;
  sending: ReturnType<typeof useSending>;
  answering: boolean;
  onSend: Send;
};
type Send = ComponentProps<typeof Composer>['onSend'];

function Conversation({ thread, sending, answering, onSend }: ConversationProps) {
  const actor = useActor();
  const cancel = useCancelTurn();
  const mayWrite = useCan('chat.write');
  return (
    <MessageList
      threadId={thread?.id}
      messages={thread?.messages ?? []}
      compactions={thread?.compactions ?? []}
      name={thread?.agentName ?? ''}
      workflow={thread?.workflow ?? undefined}
      outgoing={sending.outgoing}
      author={actor}
      onStop={
        mayWrite && thread
          ? (messageId) =>
              cancel.mutate(
                { id: thread.id, messageId },
                { onError: (error) => toastError('The answer was not stopped', error) },
              )
          : undefined
      }
      onRetryOutgoing={() => void sending.retry()}
      onDiscardOutgoing={sending.discard}
      onAskAgain={mayWrite && !answering && !thread?.workflow?.closed ? onSend : undefined}
    />
  );
}

type WriteToProps = {
  /** The workflow beside which one writes. */
  workflowId: string | undefined;
  threadId: string | undefined;
  thread: OpenThread | undefined;
  /** Who was chosen for a thread that is not made yet. */
  partner: Partner | undefined;
  answering: boolean;
  dropArea: HTMLElement | null;
  onSend: Send;
  onCommand: OnCommand;
  note: ReactNode;
};

function WriteTo(props: WriteToProps) {
  const { threadId, thread, partner, answering, dropArea, onSend, onCommand, note } = props;
  const mayWrite = useCan('chat.write');
  const mayUpload = useCan('files.write');
  const cancel = useCancelTurn();
  const agents = useAgents();
  const byAgents = thread ? thread.workflow === null : partner?.kind === 'agent';
  const { userId, role } = useActor();
  const whom = threadId ?? partner?.id ?? 'new';
  const chosen = usePartnerName(partner);
  const name = thread?.agentName ?? chosen;
  const closed = closedWords(thread);
  const somebody = closed === undefined && (thread !== undefined || partner !== undefined);
  const placeholder = !mayWrite
    ? 'Viewers can read chats but not write.'
    : (closed ?? (somebody ? `Write to ${name ?? 'the agent'}…` : 'Choose an agent…'));
  return (
    <Composer
      storageKey={`${userId}:chat:${whom}`}
      enabled={mayWrite && somebody}
      placeholder={placeholder}
      answering={answering}
      stopping={cancel.isPending}
      takesFiles={mayUpload}
      marking={byAgents ? { workflowId: props.workflowId } : undefined}
      agents={byAgents ? (agents.data?.items ?? []) : []}
      dropArea={dropArea}
      onSend={onSend}
      commands={mayWrite ? { role, onCommand } : undefined}
      onStop={() => {
        if (!threadId) return;
        cancel.mutate(
          { id: threadId },
          { onError: (error) => toastError('The answer was not stopped', error) },
        );
      }}
    >
      <span className="truncate px-1 text-xs text-faint">{somebody ? name : ''}</span>
      {note}
    </Composer>
  );
}

function usePartnerName(partner: Partner | undefined): string | undefined {
  const agents = useAgents();
  const workflows = useChatWorkflows();
  if (partner?.kind === 'agent') {
    return agents.data?.items.find(({ id }) => id === partner.id)?.name;
  }
  return workflows.data?.items.find(({ triggerId }) => triggerId === partner?.id)?.name;
}

function closedWords(thread: OpenThread | undefined): string | undefined {
  if (thread?.workflow) return thread.workflow.closed ?? undefined;
  return thread?.agentId === null ? 'Its agent was deleted. Start a new chat.' : undefined;
}

function Waiting({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  if (ApiError.isInstance(error) && error.status === 404) {
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
