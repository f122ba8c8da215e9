'use client';

import { List, Plus } from 'lucide-react';
import Link from 'next/link';
import { useParams } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { useThread } from '@/components/data/queries';
import { PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Sheet } from '@/components/ui/overlays/sheet';
import { ThreadList } from './thread-list';

/** The chat page: the chats on the left, the open one beside them; on narrow screens one of the two. */
export function ChatFrame({ children }: { children: ReactNode }) {
  const { threadId } = useParams<{ threadId?: string }>();
  const thread = useThread(threadId);
  /** The chat at which the list was opened: choosing another closes it. */
  const [listAt, setListAt] = useState<string>();
  return (
    <>
      <PageHeader
        title={threadId ? (thread.data?.title ?? 'Chat') : 'New chat'}
        parent={threadId ? { href: '/chat', label: 'Chat' } : undefined}
        actions={
          <>
            <IconButton
              label="Chats"
              className="min-[880px]:hidden"
              onClick={() => setListAt(threadId ?? '')}
            >
              <List />
            </IconButton>
            <Button asChild size="sm">
              <Link href="/chat">
                <Plus aria-hidden /> <span className="max-sm:sr-only">New chat</span>
              </Link>
            </Button>
          </>
        }
      />
      <div className="flex min-h-0 flex-1">
        <aside
          aria-label="Chats"
          className="hidden w-60 shrink-0 overflow-y-auto border-r min-[880px]:block"
        >
          <ThreadList current={threadId} />
        </aside>
        <div className="flex min-w-0 flex-1 flex-col">{children}</div>
      </div>
      <Sheet
        side="left"
        title="Chats"
        className="w-72"
        open={listAt === (threadId ?? '')}
        onOpenChange={(open) => setListAt(open ? (threadId ?? '') : undefined)}
      >
        <ThreadList current={threadId} />
      </Sheet>
    </>
  );
}
