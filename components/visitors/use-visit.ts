import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call } from '@/components/data/call';
import {
  type SharedChat,
  showSharedChat,
  stopSharedChat,
  visitorHeader,
  writeToSharedChat,
} from '@/lib/chat/visitors/contract';
import { useFollowedAnswer } from './use-followed-answer';
import { knownVisitor, newVisitor } from './visitor-key';

/** A message that is on its way, or did not get through. Its key makes a second try harmless. */
type Outgoing = { key: string; text: string; error?: string };

const headersOf = (visitor: string) => ({ headers: { [visitorHeader]: visitor } });

/** A visitor's conversation with a shared chat: what was said, what is being written, and sending. */
export function useVisit(token: string, initial: SharedChat) {
  const client = useQueryClient();
  const [visitor, setVisitor] = useState<string>();
  const [outgoing, setOutgoing] = useState<Outgoing>();
  // After the first paint: the server does not know it.
  useEffect(() => setVisitor(knownVisitor(token)), [token]);
  const queryKey = ['shared-chat', token, visitor];
  const { data = initial } = useQuery({
    queryKey,
    enabled: visitor !== undefined,
    queryFn: ({ signal }) =>
      call(showSharedChat, { params: { token } }, { signal, ...headersOf(visitor ?? '') }),
    refetchInterval: ({ state }) => (isOpen(state.data?.messages.at(-1)) ? 3_000 : false),
  });
  const last = data.messages.at(-1);
  const written = last?.state === 'writing' ? last.id : undefined;
  const reload = () => client.invalidateQueries({ queryKey });
  const soFar = useFollowedAnswer(token, visitor, written, () => void reload());

  const deliver = async ({ key, text }: Outgoing) => {
    const who = visitor ?? newVisitor(token);
    setVisitor(who);
    setOutgoing({ key, text });
    try {
      const given = { params: { token }, body: { key, text } };
      const turn = await call(writeToSharedChat, given, headersOf(who));
      client.setQueryData<SharedChat>(['shared-chat', token, who], (now) => {
        const messages = now?.messages ?? [];
        const old = messages.filter(({ id }) => id !== turn.message.id && id !== turn.answer.id);
        return { ...(now ?? initial), messages: [...old, turn.message, turn.answer] };
      });
      setOutgoing(undefined);
    } catch (error) {
      setOutgoing({ key, text, error: error instanceof Error ? error.message : String(error) });
    }
  };
  return {
    chat: data,
    soFar,
    outgoing,
    answering: isOpen(last) || (outgoing !== undefined && outgoing.error === undefined),
    send: (text: string) => deliver({ key: crypto.randomUUID(), text }),
    retry: () => (outgoing ? deliver(outgoing) : Promise.resolve()),
    discard: () => setOutgoing(undefined),
    stop: async () => {
      if (visitor === undefined) return;
      await call(stopSharedChat, { params: { token } }, headersOf(visitor));
      await reload();
    },
    /** Leaves the conversation; who comes after it in this browser does not see it. */
    restart: () => {
      setOutgoing(undefined);
      setVisitor(newVisitor(token));
    },
  };
}

const isOpen = (message: SharedChat['messages'][number] | undefined): boolean =>
  message?.state === 'writing' || message?.state === 'waiting';
