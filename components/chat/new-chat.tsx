'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { ChatPanel } from './chat-panel';
import type { Partner } from './use-sending';

/** A chat that begins: goes to its own address once the first message is in it. */
export function NewChat() {
  const router = useRouter();
  const params = useSearchParams();
  const [agent, workflow] = [params.get('agent'), params.get('workflow')];
  const partner: Partner | undefined = agent
    ? { kind: 'agent', id: agent }
    : workflow
      ? { kind: 'workflow', id: workflow }
      : undefined;
  return (
    <ChatPanel
      key={partner?.id}
      partner={partner}
      onThread={(threadId) => router.push(`/chat/${threadId}`)}
    />
  );
}
