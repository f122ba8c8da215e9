'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '@/components/data/call';
import { keys, useCreateThread, usePostMessage } from '@/components/data/queries';
import { getThread } from '@/lib/chat/contract';

/** A message that is on its way, or did not get through. Its key makes a second try harmless. */
export type Outgoing = { key: string; text: string; error?: Error };

type Options = {
  threadId: string | undefined;
  agentId: string | undefined;
  /** Called with the thread that was made for the first message, once that message is in it. */
  onThread: (threadId: string) => void;
};

/** Sends messages one after the other, making the thread before the first one. */
export function useSending({ threadId, agentId, onThread }: Options) {
  const client = useQueryClient();
  const createThread = useCreateThread();
  const post = usePostMessage();
  const [outgoing, setOutgoing] = useState<Outgoing>();
  const [made, setMade] = useState<string>();

  const deliver = async (message: Outgoing) => {
    setOutgoing({ key: message.key, text: message.text });
    try {
      const known = threadId ?? made;
      if (known === undefined && agentId === undefined) throw new Error('Choose an agent first.');
      const id = known ?? (await createThread.mutateAsync(agentId ?? '')).id;
      setMade(id);
      await post.mutateAsync({ threadId: id, text: message.text, key: message.key });
      await client.fetchQuery({
        queryKey: [...keys.threads, 'one', id],
        queryFn: () => call(getThread, { params: { id } }),
        staleTime: 0,
      });
      setOutgoing(undefined);
      if (threadId === undefined) onThread(id);
    } catch (error) {
      setOutgoing({ ...message, error: error instanceof Error ? error : new Error(String(error)) });
    }
  };
  return {
    outgoing,
    sending: outgoing !== undefined && outgoing.error === undefined,
    send: (text: string) => deliver({ key: crypto.randomUUID(), text }),
    retry: () => (outgoing ? deliver(outgoing) : Promise.resolve()),
    discard: () => setOutgoing(undefined),
  };
}
