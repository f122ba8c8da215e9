'use client';

import { Plus, Rss, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useSubscribe, useSubscriptions, useUnsubscribe } from '@/components/data/pool-queries';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Input } from '@/components/ui/controls/input';
import { toastError } from '@/components/ui/controls/toast';
import { Popover } from '@/components/ui/overlays/popover';
import type { MailboxView } from '@/lib/messages/schema';
import type { Subscriber } from '@/lib/messages/topic-contract';

/** Topics whose messages come into a mailbox as well. */
export function MailboxTopics({ mailbox }: { mailbox: MailboxView }) {
  const { data } = useSubscriptions();
  const canWrite = useCan('messages.write');
  const end = useUnsubscribe();
  const mine = data?.items.filter((one) => one.mailbox === mailbox.id) ?? [];
  if (data === undefined || (mine.length === 0 && !canWrite)) return null;
  return (
    <section
      aria-label="Topics"
      className="flex min-h-9 flex-wrap items-center gap-1.5 border-b px-4 py-1.5 text-xs"
    >
      <Rss aria-hidden className="size-3.5 shrink-0 text-faint" />
      {mine.length === 0 ? (
        <span className="text-faint">Subscribes to no topic</span>
      ) : (
        <ul aria-label="Subscriptions" className="flex min-w-0 flex-wrap gap-1.5">
          {mine.map(({ id, topic }) => (
            <li
              key={id}
              className="flex h-6 max-w-72 min-w-0 items-center gap-1 rounded-md border bg-raised pr-0.5 pl-2"
            >
              <code className="min-w-0 truncate font-mono text-2xs">{topic}</code>
              {canWrite ? (
                <IconButton
                  size="sm"
                  className="size-5 [&_svg]:size-3"
                  label={`Unsubscribe from ${topic}`}
                  onClick={() =>
                    end.mutate(id, {
                      onError: (error) => toastError('The subscription was not ended', error),
                    })
                  }
                >
                  <X />
                </IconButton>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {canWrite ? <NewTopic mailbox={mailbox} /> : null}
    </section>
  );
}

function NewTopic({ mailbox }: { mailbox: MailboxView }) {
  const [open, setOpen] = useState(false);
  const [topic, setTopic] = useState('');
  const add = useSubscribe();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(
      { topic: topic.trim(), to: subscriberOf(mailbox) },
      {
        onSuccess: () => {
          setTopic('');
          setOpen(false);
        },
      },
    );
  };
  return (
    <Popover
      label="Subscribe to a topic"
      open={open}
      onOpenChange={setOpen}
      className="w-80 p-3"
      trigger={
        <Button type="button" size="sm" variant="ghost">
          <Plus aria-hidden /> Subscribe
        </Button>
      }
    >
      <form onSubmit={submit} className="space-y-3">
        <Field
          label="Topic"
          hint="Such as orders.new. * stands for any one part, > at the end for all that follows."
          error={add.error?.message}
        >
          <Input
            value={topic}
            maxLength={200}
            placeholder="orders.*"
            onChange={(event) => setTopic(event.target.value)}
          />
        </Field>
        <div className="flex justify-end">
          <Button
            type="submit"
            variant="primary"
            size="sm"
            disabled={topic.trim() === ''}
            loading={add.isPending}
          >
            Subscribe
          </Button>
        </div>
      </form>
    </Popover>
  );
}

function subscriberOf({ kind, name }: MailboxView): Subscriber {
  if (kind === 'person') return { me: true };
  return kind === 'agent' ? { agent: name } : { pool: name };
}
