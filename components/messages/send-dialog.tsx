'use client';

import { type FormEvent, useId, useState } from 'react';
import { useMailboxes, useSendMessage } from '@/components/data/message-queries';
import { useMembers } from '@/components/data/people-queries';
import { useSubscriptions } from '@/components/data/pool-queries';
import { useAgents } from '@/components/data/queries';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { Textarea } from '@/components/ui/controls/textarea';
import { toast } from '@/components/ui/controls/toast';
import { Dialog } from '@/components/ui/overlays/dialog';
import { type Address, type MailboxView, priorities } from '@/lib/messages/schema';

type Props = { mailbox: MailboxView | undefined; onClose: () => void };

const all = 'all';
const aTopic = 'topic:';
const recipientOf = ({ kind, name }: Pick<MailboxView, 'kind' | 'name'>) => `${kind}:${name}`;

/** Writes a message by hand: to try a mailbox, or to tell an agent something. */
export function SendDialog({ mailbox, onClose }: Props) {
  const form = useId();
  const groups = useRecipients();
  // The mailbox may be known only after the dialog was opened: what somebody has chosen stays.
  const [chosen, setTo] = useState<string>();
  const to = chosen ?? (mailbox === undefined ? '' : recipientOf(mailbox));
  const [type, setType] = useState('message');
  const [priority, setPriority] = useState<(typeof priorities)[number]>('normal');
  const [topic, setTopic] = useState('');
  const [text, setText] = useState('');
  const [wantsReply, setWantsReply] = useState(false);
  const send = useSendMessage();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate(
      { to: addressOf(to, topic.trim()), type: type.trim(), body: text, priority, wantsReply },
      {
        onSuccess: ({ items }) => {
          const count = items[0]?.recipients ?? 0;
          toast.success(
            count === 1
              ? 'Sent'
              : count === 0
                ? 'Sent: nobody subscribes to this topic'
                : `Sent to ${count} mailboxes`,
          );
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Send message"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={to === '' || type.trim() === '' || (to === aTopic && topic.trim() === '')}
            loading={send.isPending}
          >
            Send
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4">
        <Field label="To" hint={hintOf(to)}>
          <Select
            value={to === '' ? undefined : to}
            placeholder="Choose who gets it…"
            onValueChange={setTo}
            groups={groups}
          />
        </Field>
        {to === aTopic ? <TopicField value={topic} onChange={setTopic} /> : null}
        <div className="grid grid-cols-2 gap-3">
          <Field label="Kind" hint="A word by which readers sort it.">
            <Input value={type} maxLength={100} onChange={(event) => setType(event.target.value)} />
          </Field>
          <Field label="Priority">
            <Select
              value={priority}
              onValueChange={(next) =>
                setPriority(priorities.find((one) => one === next) ?? 'normal')
              }
              options={priorities.map((one) => ({
                value: one,
                label: `${one.slice(0, 1).toUpperCase()}${one.slice(1)}`,
              }))}
            />
          </Field>
        </div>
        <Field label="Message" error={send.error?.message}>
          <Textarea
            rows={5}
            value={text}
            maxLength={20_000}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={wantsReply}
            onChange={(event) => setWantsReply(event.target.checked)}
          />
          Send the answer to my mailbox
        </label>
      </form>
    </Dialog>
  );
}

/** A topic to write to, with those that somebody subscribes to. */
function TopicField({ value, onChange }: { value: string; onChange: (topic: string) => void }) {
  const list = useId();
  const topics = (useSubscriptions().data?.items ?? []).map((one) => one.topic);
  const whole = [...new Set(topics)].filter((one) => !/[*>]/.test(one));
  return (
    <>
      <Field label="Topic" hint="Parts with dots between them, from the general to the particular.">
        <Input
          value={value}
          list={list}
          maxLength={200}
          placeholder="orders.new"
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      <datalist id={list}>
        {whole.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </>
  );
}

/** What the message sets off. */
function hintOf(to: string): string | undefined {
  if (to === all) return 'Each agent starts a task, which may cost money.';
  if (to === aTopic) return 'Everybody who subscribes to it gets it; each agent starts a task.';
  return to.startsWith('agent:') ? 'It becomes a task of the agent.' : undefined;
}

function useRecipients() {
  const agents = useAgents().data?.items ?? [];
  const members = useMembers().data?.items ?? [];
  const pools = (useMailboxes().data?.items ?? []).filter(({ kind }) => kind === 'pool');
  const groups = [
    {
      label: 'Agents',
      options: agents.map(({ handle, name }) => ({ value: `agent:${handle}`, label: name })),
    },
    {
      label: 'Pools',
      options: pools.map((pool) => ({ value: recipientOf(pool), label: pool.title })),
    },
    {
      label: 'People',
      options: members.map(({ userId, name }) => ({ value: `person:${userId}`, label: name })),
    },
    {
      label: 'Several',
      options: [
        { value: aTopic, label: 'A topic…' },
        { value: all, label: 'All mailboxes' },
      ],
    },
  ];
  return groups.filter(({ options }) => options.length > 0);
}

function addressOf(value: string, topic: string): Address {
  if (value === all) return { all: true };
  if (value === aTopic) return { topic };
  const at = value.indexOf(':');
  const [kind, name] = [value.slice(0, at), value.slice(at + 1)];
  if (kind === 'agent') return { agent: name };
  return kind === 'pool' ? { pool: name } : { person: name };
}
