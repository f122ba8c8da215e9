'use client';

import { Check, RotateCcw } from 'lucide-react';
import Link from 'next/link';
import { useFinish, useMessage, useRedrive } from '@/components/data/message-queries';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { toastError } from '@/components/ui/controls/toast';
import { Badge } from '@/components/ui/display/badge';
import { ErrorState } from '@/components/ui/display/error-state';
import { JsonView } from '@/components/ui/display/json-view';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { DeliveryView } from '@/lib/messages/schema';
import { ReplyForm } from './reply-form';
import { addressText, stateTitles, stateTones } from './texts';

/** A message from its sending to its end in each mailbox. */
export function MessageDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const found = useMessage(id);
  const canWrite = useCan('messages.write');
  const redrive = useRedrive();
  const finish = useFinish();
  const deliveries = found.data?.deliveries ?? [];
  const [first] = deliveries;
  const open = deliveries.some(({ yours, state }) => yours && state === 'waiting');
  const failed = deliveries.some(({ state }) => state === 'dead' || state === 'expired');
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={titleOf(first)}
      footer={
        <>
          {canWrite && failed ? (
            <Button
              loading={redrive.isPending}
              onClick={() =>
                redrive.mutate(
                  { message: id },
                  { onError: (error) => toastError('The message was not sent again', error) },
                )
              }
            >
              <RotateCcw aria-hidden /> Send again
            </Button>
          ) : null}
          {open ? (
            <Button
              loading={finish.isPending}
              onClick={() =>
                finish.mutate(id, {
                  onSuccess: onClose,
                  onError: (error) => toastError('The message was not marked as done', error),
                })
              }
            >
              <Check aria-hidden /> Mark as done
            </Button>
          ) : null}
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      {first === undefined ? (
        found.error ? (
          <ErrorState
            title="The message could not be loaded"
            error={found.error}
            onRetry={() => void found.refetch()}
          />
        ) : (
          <SkeletonRows rows={3} />
        )
      ) : (
        <div className="space-y-4 text-sm">
          <p className="text-muted">
            <From delivery={first} />
            {addressText(first.to) === '' ? '' : ` ${addressText(first.to)}`},{' '}
            <TimeAgo at={first.sentAt} />
          </p>
          <Body value={first.body} />
          {canWrite && mayAnswer(first) ? (
            first.wantsReply && first.answered ? (
              <p className="text-xs text-faint">It was answered.</p>
            ) : (
              <ReplyForm id={id} waits={first.wantsReply} />
            )
          ) : null}
          {/* What waits for oneself alone says nothing that is not seen. */}
          {open && deliveries.length === 1 ? null : (
            <ul aria-label="Deliveries" className="divide-y rounded-md border">
              {deliveries.map((one) => (
                <li key={one.mailbox} className="flex items-start gap-3 px-3 py-2">
                  <span className="min-w-0 flex-1">
                    <span className="block truncate">
                      {one.mailboxTitle}
                      {one.agent === null || one.agent.name === one.mailboxTitle
                        ? null
                        : `: ${one.agent.name}`}
                    </span>
                    {one.choice === '' ? null : (
                      <span className="block text-xs text-muted">{one.choice}</span>
                    )}
                    {one.reason === '' ? null : (
                      <span className="block text-xs text-muted break-words">{one.reason}</span>
                    )}
                    <span className="block text-xs text-faint">
                      {attemptsOf(one)}
                      {one.redriven > 0 ? ` · sent again ${one.redriven} ×` : ''}
                      {one.runId === null ? null : (
                        <>
                          {' · '}
                          <Link href={`/runs/${one.runId}`} className="text-accent hover:underline">
                            {one.state === 'held' ? 'Task under way' : 'Task'}
                          </Link>
                        </>
                      )}
                    </span>
                  </span>
                  <Badge tone={stateTones[one.state]}>{stateTitles[one.state]}</Badge>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Dialog>
  );
}

const titleOf = (first: DeliveryView | undefined): string =>
  first === undefined || first.type === 'message' ? 'Message' : `Message “${first.type}”`;

/** Whoever waits for a reply gets one; without that, what a person or an agent wrote to oneself can be answered. */
const mayAnswer = ({ wantsReply, yours, sender }: DeliveryView): boolean =>
  wantsReply || (yours && (sender.kind === 'person' || sender.agent !== undefined));

const attemptsOf = ({ attempts }: DeliveryView): string =>
  attempts === 0 ? 'Not taken yet' : `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`;

function From({ delivery: { sender } }: { delivery: DeliveryView }) {
  if (sender.kind === 'person') return <>From {sender.name}</>;
  return (
    <>
      From{' '}
      <Link href={`/runs/${sender.runId}`} className="text-accent hover:underline">
        {sender.name}
      </Link>
    </>
  );
}

function Body({ value }: { value: unknown }) {
  if (typeof value !== 'string') return <JsonView value={value} label="Content" openDepth={3} />;
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label="Content"
      className="max-h-80 overflow-auto rounded-md border bg-bg px-3 py-2 break-words whitespace-pre-wrap"
    >
      {value === '' ? <span className="text-faint">Empty text</span> : value}
    </section>
  );
}
