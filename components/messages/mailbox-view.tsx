'use client';

import { Pause, Play, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useChangeMailbox, useRedrive } from '@/components/data/message-queries';
import { usePools } from '@/components/data/pool-queries';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { Switch } from '@/components/ui/controls/switch';
import { Tab, TabPanel, Tabs, TabsList } from '@/components/ui/controls/tabs';
import { toast, toastError } from '@/components/ui/controls/toast';
import type { DeliveryView, MailboxView as Mailbox } from '@/lib/messages/schema';
import { DeliveryList } from './delivery-list';
import { MailboxTopics } from './mailbox-topics';

type State = DeliveryView['state'];
const states: readonly (readonly [State, string])[] = [
  ['waiting', 'Waiting'],
  ['behind', 'Queued'],
  ['held', 'In progress'],
  ['done', 'Done'],
  ['dead', 'Failed'],
  ['expired', 'Expired'],
  ['cancelled', 'Cancelled'],
];
/** These are shown also where there are none: nothing works on what is for a person. */
const always: readonly State[] = ['waiting', 'held', 'done', 'dead'];
const alwaysYours: readonly State[] = ['waiting', 'done'];

/** One mailbox: its messages by what became of them. */
export function MailboxView({ mailbox }: { mailbox: Mailbox }) {
  const { id, kind, title, paused, startsTasks, counts } = mailbox;
  const canWrite = useCan('messages.write');
  const change = useChangeMailbox();
  const redrive = useRedrive();
  const pools = usePools().data?.items;
  const agents = pools?.find((one) => one.id === id)?.agents.length ?? 0;
  const yours = kind === 'person';
  const [chosen, setChosen] = useState<State>();
  const tab = chosen ?? (counts.dead > 0 && counts.waiting === 0 ? 'dead' : 'waiting');
  const again = counts.dead + counts.expired;
  const set = (next: { paused?: boolean; startsTasks?: boolean }) =>
    change.mutate(
      { id, ...next },
      { onError: (error) => toastError('The mailbox was not changed', error) },
    );
  const sendAgain = () =>
    redrive.mutate(
      { mailbox: id },
      {
        onSuccess: ({ redriven }) =>
          toast.success(`${redriven} ${redriven === 1 ? 'message waits' : 'messages wait'} again`),
        onError: (error) => toastError('The messages were not sent again', error),
      },
    );
  return (
    <Tabs
      value={tab}
      onValueChange={(next) => setChosen(states.find(([state]) => state === next)?.[0])}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="flex items-center gap-2 border-b px-4">
        <TabsList className="-mb-px min-w-0 flex-1 overflow-x-auto border-b-0">
          {states
            .filter(
              ([state]) => (yours ? alwaysYours : always).includes(state) || counts[state] > 0,
            )
            .map(([state, name]) => (
              <Tab key={state} value={state} count={counts[state]}>
                {yours && state === 'waiting' ? 'New' : name}
              </Tab>
            ))}
        </TabsList>
        {canWrite && again > 0 && (tab === 'dead' || tab === 'expired') ? (
          <Button size="sm" loading={redrive.isPending} onClick={sendAgain}>
            <RotateCcw aria-hidden /> Send all again
          </Button>
        ) : null}
        {canWrite && (!yours || paused) ? (
          <Button size="sm" loading={change.isPending} onClick={() => set({ paused: !paused })}>
            {paused ? <Play aria-hidden /> : <Pause aria-hidden />}
            {paused ? 'Resume' : 'Pause'}
          </Button>
        ) : null}
      </div>
      {paused ? (
        <p role="status" className="border-b bg-warning-soft px-4 py-1.5 text-xs text-warning">
          “{title}” is paused: messages come in and wait, and nobody gets any.
        </p>
      ) : null}
      {kind === 'agent' || agents > 0 ? (
        <div className="flex items-center gap-2 border-b px-4 py-1.5 text-xs text-muted">
          <span className="min-w-0 flex-1">
            {startsTasks
              ? `Each message starts a task of ${kind === 'agent' ? title : 'an agent of this pool'}.`
              : `Messages wait until a step or a program takes them: ${title} starts no task.`}
          </span>
          {canWrite ? (
            <Switch
              aria-label="Start a task for each message"
              checked={startsTasks}
              onCheckedChange={(on) => set({ startsTasks: on })}
            />
          ) : null}
        </div>
      ) : null}
      <MailboxTopics mailbox={mailbox} />
      <TabPanel value={tab} className="min-h-0 flex-1 overflow-y-auto">
        <DeliveryList mailbox={id} yours={yours} state={tab} />
      </TabPanel>
    </Tabs>
  );
}
