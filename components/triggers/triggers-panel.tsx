'use client';

import { ArrowLeft } from 'lucide-react';
import { useTriggers } from '@/components/data/trigger-queries';
import { useSession } from '@/components/session/session';
import { Button } from '@/components/ui/controls/button';
import { ErrorState } from '@/components/ui/display/error-state';
import { ChatForm } from './chat-form';
import { FormForm } from './forms/form-form';
import { MailForm } from './mail/mail-form';
import { type PanelView, showTriggers } from './parts/panel-state';
import { ScheduleForm } from './schedule-form';
import { TriggerList } from './trigger-list';
import { TriggersLoading } from './triggers-loading';
import { WebhookForm } from './webhooks/webhook-form';
import { WebhookView } from './webhooks/webhook-view';

/** The list of triggers, or one of them. */
export function TriggersPanel({ shown }: { shown: PanelView }) {
  const { workflowId } = useSession();
  const { data, error, refetch } = useTriggers(workflowId);
  if (!data) {
    if (!error) return <TriggersLoading />;
    return (
      <ErrorState
        title="The triggers could not be loaded"
        error={error}
        onRetry={() => void refetch()}
      />
    );
  }
  if (shown.view === 'new-schedule') {
    return (
      <Back>
        <ScheduleForm />
      </Back>
    );
  }
  if (shown.view === 'new-webhook') {
    return (
      <Back>
        <WebhookForm />
      </Back>
    );
  }
  if (shown.view === 'new-chat') {
    return (
      <Back>
        <ChatForm />
      </Back>
    );
  }
  if (shown.view === 'new-form') {
    return (
      <Back>
        <FormForm />
      </Back>
    );
  }
  if (shown.view === 'new-mail') {
    return (
      <Back>
        <MailForm />
      </Back>
    );
  }
  const one = shown.view === 'one' ? data.items.find(({ id }) => id === shown.id) : undefined;
  if (shown.view === 'list' || one === undefined) return <TriggerList triggers={data.items} />;
  return (
    <Back>
      {one.kind === 'schedule' ? (
        <ScheduleForm key={one.id} trigger={one} />
      ) : one.kind === 'chat' ? (
        <ChatForm key={one.id} trigger={one} />
      ) : one.kind === 'form' ? (
        <FormForm key={one.id} trigger={one} />
      ) : one.kind === 'mail' ? (
        <MailForm key={one.id} trigger={one} />
      ) : (
        <WebhookView
          key={one.id}
          trigger={one}
          secret={'secret' in shown ? shown.secret : undefined}
        />
      )}
    </Back>
  );
}

function Back({ children }: { children: React.ReactNode }) {
  return (
    <>
      <div className="px-2 pt-2">
        <Button size="sm" variant="ghost" onClick={() => showTriggers({ view: 'list' })}>
          <ArrowLeft aria-hidden /> All triggers
        </Button>
      </div>
      {children}
    </>
  );
}
