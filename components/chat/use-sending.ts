'use client';

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { z } from 'zod';
import { type CallResult, call } from '@/components/data/call';
import { keys, useCreateThread } from '@/components/data/queries';
import { unsent } from '@/components/data/unsent/unsent';
import { useActor } from '@/components/shell/actor-context';
import { toastError } from '@/components/ui/controls/toast';
import type { AskedChange } from '@/lib/canvas-turns/calls';
import { type AttachedFile, attachedFileSchema } from '@/lib/chat/attached';
import { doCommand } from '@/lib/chat/commands/contract';
import { type getThread, postMessage } from '@/lib/chat/contract';
import { type Mark, markSchema, refOf } from '@/lib/chat/marks/mark';
import type { Message } from '@/lib/chat/message';
import type { OnCommand } from './use-commanding';

/** Whom a new thread is with: an agent, or a workflow by its chat trigger. */
export type Partner = { kind: 'agent' | 'workflow'; id: string };

/** A message that is on its way, or did not get through. Its key makes a second try harmless. */
export type Outgoing = {
  key: string;
  text: string;
  files: AttachedFile[];
  /** Agents that are asked instead of the thread's own. */
  agents: string[];
  /** They give one answer together. */
  together: boolean;
  /** What it names with `#`. */
  marks: Mark[];
  /** The workflow that they are to change. */
  change?: AskedChange | undefined;
  error?: Error;
};

type More = Partial<Pick<Outgoing, 'together' | 'marks' | 'change'>>;
type Options = {
  threadId: string | undefined;
  partner: Partner | undefined;
  /** Called with the thread that was made for the first message, once that message is in it. */
  onThread: (threadId: string) => void;
};

type OpenThread = CallResult<typeof getThread>;
const threadKey = (id: string) => [...keys.threads, 'one', id];

/** Shows question and answers at once, so that each streams from its first word; the rows follow. */
function addTurn(client: QueryClient, id: string, turn: CallResult<typeof postMessage>): void {
  addMessages(client, id, [turn.message, ...turn.answers]);
}

function addMessages(client: QueryClient, id: string, added: Message[]): void {
  client.setQueryData<OpenThread>(threadKey(id), (thread) => {
    if (!thread) return thread;
    const old = thread.messages.filter((each) => added.every((one) => one.id !== each.id));
    return { ...thread, messages: [...old, ...added].sort((a, b) => a.position - b.position) };
  });
  void client.invalidateQueries({ queryKey: [...keys.threads] });
}

/** Sends messages one after the other, making the thread before the first one. */
export function useSending({ threadId, partner, onThread }: Options) {
  const client = useQueryClient();
  const createThread = useCreateThread();
  const [outgoing, setOutgoing] = useState<Outgoing>();
  const [made, setMade] = useState<string>();
  const storageKey = `${useActor().userId}:outgoing:${threadId ?? partner?.id ?? 'new'}`;
  useEffect(() => {
    const stored = readUnsent(unsent.get(storageKey));
    if (stored) setOutgoing((now) => now ?? stored);
  }, [storageKey]);

  const deliver = async (message: Outgoing) => {
    const { error: _, ...sent } = message;
    const { text, files, agents, together, marks, change } = sent;
    setOutgoing(sent);
    // A tab that is closed before the answer comes has lost nothing; the key makes a second try harmless.
    unsent.set(storageKey, JSON.stringify(sent));
    try {
      const id = threadId ?? made ?? (await begin());
      const turn = await call(
        postMessage,
        {
          params: { id },
          body: {
            text,
            ...(files.length > 0 ? { files: files.map((file) => file.id) } : {}),
            ...(agents.length > 0 ? { agents } : {}),
            ...(marks.length > 0 ? { marks: marks.map(refOf) } : {}),
            ...(change ? { change } : {}),
            ...(agents.length > 1 ? { mode: together ? 'panel' : 'each' } : {}),
          },
        },
        { idempotencyKey: message.key, keepalive: message.text.length < 15_000 },
      );
      addTurn(client, id, turn);
      setOutgoing(undefined);
      unsent.set(storageKey, '');
      if (threadId === undefined) onThread(id);
    } catch (error) {
      setOutgoing({ ...message, error: error instanceof Error ? error : new Error(String(error)) });
    }
  };
  const begin = async () => {
    if (partner === undefined) throw new Error('Choose an agent or workflow first.');
    const { kind, id } = partner;
    const body = kind === 'agent' ? { agentId: id } : { triggerId: id };
    const thread = await createThread.mutateAsync(body);
    client.setQueryData<OpenThread>(threadKey(thread.id), {
      ...thread,
      messages: [],
      compactions: [],
    });
    setMade(thread.id);
    return thread.id;
  };
  /** Does a command, or asks what to do it with; undefined where it was refused, so that its line is kept. */
  const command: OnCommand = async (line, how) => {
    try {
      const id = threadId ?? made ?? (await begin());
      const body = { line, ...how };
      const options = { idempotencyKey: crypto.randomUUID() };
      const answer = await call(doCommand, { params: { id }, body }, options);
      if (answer.state === 'done') addMessages(client, id, [answer.message]);
      // While something is asked, the line stays in the composer in which it was written.
      if (threadId === undefined && answer.state === 'done') onThread(id);
      return answer;
    } catch (error) {
      toastError('The command was not done', error);
      return undefined;
    }
  };
  return {
    outgoing,
    command,
    sending: outgoing !== undefined && outgoing.error === undefined,
    send: (
      text: string,
      files: AttachedFile[] = [],
      agents: string[] = [],
      { together = false, marks = [], change }: More = {},
    ) => deliver({ key: crypto.randomUUID(), text, files, agents, together, marks, change }),
    retry: () => (outgoing ? deliver(outgoing) : Promise.resolve()),
    discard: () => {
      setOutgoing(undefined);
      unsent.set(storageKey, '');
    },
  };
}

const unsentSchema = z.object({
  key: z.string(),
  text: z.string(),
  files: z.array(attachedFileSchema).default([]),
  agents: z.array(z.uuid()).default([]),
  together: z.boolean().default(false),
  marks: z.array(markSchema).default([]),
  change: z.strictObject({ workflowId: z.uuid(), selected: z.array(z.string()) }).optional(),
});

/** A message of an ended tab, of which nobody knows whether it came through. */
function readUnsent(text: string): Outgoing | undefined {
  if (text === '') return undefined;
  try {
    const stored = unsentSchema.parse(JSON.parse(text));
    return {
      ...stored,
      error: new Error('The page was closed before this was sent. Send it again.'),
    };
  } catch {
    return undefined;
  }
}
