'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { ChatPanel } from './chat-panel';

/** A chat that begins: goes to its own address once the first message is in it. */
export function NewChat() {
  const router = useRouter();
  const agentId = useSearchParams().get('agent') ?? undefined;
  return (
    <ChatPanel
      key={agentId}
      agentId={agentId}
      onThread={(threadId) => router.push(`/chat/${threadId}`)}
    />
  );
}
