'use client';

import { MessageSquare } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useCreateThread } from '@/components/data/queries';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { toastError } from '@/components/ui/controls/toast';
import type { Agent } from '@/lib/agents/schema';

/** Starts a thread with an agent and opens it. */
export function ChatWithAgent({ agent }: { agent: Agent }) {
  const router = useRouter();
  const create = useCreateThread();
  if (!useCan('chat.write')) return null;
  return (
    <Button
      size="sm"
      className="relative z-10"
      aria-label={`Chat with ${agent.name}`}
      loading={create.isPending}
      onClick={() =>
        create.mutate(
          { agentId: agent.id },
          {
            onSuccess: ({ id }) => router.push(`/chat/${id}`),
            onError: (error) => toastError('The chat was not started', error),
          },
        )
      }
    >
      {create.isPending ? null : <MessageSquare aria-hidden />} Chat
    </Button>
  );
}
