import { ChatPanel } from '@/components/chat/chat-panel';

export default async function Page({ params }: { params: Promise<{ threadId: string }> }) {
  const { threadId } = await params;
  return <ChatPanel key={threadId} threadId={threadId} />;
}
