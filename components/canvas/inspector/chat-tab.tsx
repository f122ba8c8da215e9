'use client';

import { useState } from 'react';
import { ChatPanel } from '@/components/chat/chat-panel';

/** Talk to an agent without leaving the canvas. */
export function ChatTab() {
  const [threadId, setThreadId] = useState<string>();
  return <ChatPanel {...(threadId ? { threadId } : {})} onThread={setThreadId} />;
}
