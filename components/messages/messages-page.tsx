'use client';

import { Mail, Plus, Send } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { useMailboxes } from '@/components/data/message-queries';
import { useCan } from '@/components/shell/actor-context';
import { PageBody, PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/controls/button';
import { Select } from '@/components/ui/controls/select';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { mailboxKinds } from '@/lib/messages/schema';
import { MailboxList } from './mailbox-list';
import { MailboxView } from './mailbox-view';
import { MessageTotals } from './message-totals';
import { NewPool } from './new-pool';
import { SendDialog } from './send-dialog';
import { kindTitles } from './texts';

/** Mailboxes of agents, people and pools: what waits in them, and what became of the rest. */
export function MessagesPage() {
  const found = useMailboxes();
  const canWrite = useCan('messages.write');
  const router = useRouter();
  const asked = useSearchParams().get('mailbox') ?? '';
  const [chosen, setChosen] = useState(asked);
  const [adding, setAdding] = useState<'message' | 'pool'>();
  const items = found.data?.items ?? [];
  const mailbox = items.find(({ id }) => id === chosen) ?? items[0];
  const choose = (id: string) => {
    setChosen(id);
    router.replace(`/messages?mailbox=${id}`, { scroll: false });
  };
  const actions = canWrite ? (
    <>
      <Button size="sm" onClick={() => setAdding('pool')}>
        <Plus aria-hidden /> New pool
      </Button>
      <Button variant="primary" size="sm" onClick={() => setAdding('message')}>
        <Send aria-hidden /> Send message
      </Button>
    </>
  ) : null;
  return (
    <>
      <PageHeader title="Messages" actions={actions} />
      {found.data === undefined ? (
        <PageBody>
          {found.error ? (
            <ErrorState
              title="The mailboxes could not be loaded"
              error={found.error}
              onRetry={() => void found.refetch()}
            />
          ) : (
            <div role="status" aria-label="Loading messages">
              <SkeletonRows rows={6} />
            </div>
          )}
        </PageBody>
      ) : mailbox === undefined ? (
        <PageBody>
          <EmptyState
            icon={<Mail aria-hidden />}
            title="No messages yet"
            actions={
              canWrite ? <Button onClick={() => setAdding('message')}>Send a message</Button> : null
            }
          >
            Workflows, people and programs send messages to agents, people and pools. A message
            waits until somebody takes it, and is never lost on the way.
          </EmptyState>
        </PageBody>
      ) : (
        <>
          <MessageTotals />
          <div className="flex min-h-0 flex-1">
            <div className="w-56 shrink-0 overflow-y-auto border-r max-lg:hidden">
              <MailboxList mailboxes={items} chosen={mailbox.id} onChoose={choose} />
            </div>
            <div className="flex min-w-0 flex-1 flex-col">
              <div className="border-b px-4 py-2 lg:hidden">
                <Select
                  aria-label="Mailbox"
                  value={mailbox.id}
                  onValueChange={choose}
                  groups={mailboxKinds.flatMap((kind) => {
                    const options = items
                      .filter((one) => one.kind === kind)
                      .map(({ id, title }) => ({ value: id, label: title }));
                    return options.length === 0 ? [] : [{ label: kindTitles[kind], options }];
                  })}
                />
              </div>
              <MailboxView key={mailbox.id} mailbox={mailbox} />
            </div>
          </div>
        </>
      )}
      {adding === 'message' ? (
        <SendDialog mailbox={mailbox} onClose={() => setAdding(undefined)} />
      ) : null}
      {adding === 'pool' ? <NewPool onMade={choose} onClose={() => setAdding(undefined)} /> : null}
    </>
  );
}
