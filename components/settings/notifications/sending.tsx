'use client';

import { type FormEvent, useState } from 'react';
import { ConnectionChoice } from '@/components/connections/connection-choice';
import {
  useNotificationSettings,
  useSaveNotificationSettings,
  useTestNotification,
} from '@/components/data/notification-queries';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { Switch } from '@/components/ui/controls/switch';
import { toast, toastError } from '@/components/ui/controls/toast';
import { ErrorState } from '@/components/ui/display/error-state';
import { Skeleton } from '@/components/ui/display/skeleton';
import type { TriggeredTo } from '@/lib/notifications/recipients';
import {
  type HookEvent,
  hookEvents,
  type NotificationSettings,
} from '@/lib/notifications/settings-contract';
import { SettingsRow, SettingsSection } from '../settings-section';

const triggered: { value: TriggeredTo; label: string }[] = [
  { value: 'publisher', label: 'Whoever published it' },
  { value: 'admins', label: 'Admins' },
  { value: 'both', label: 'Both' },
];
const events: Record<HookEvent, string> = {
  'run.failed': 'A run failed',
  'run.waiting': 'A run waits for help',
};

/** How the workspace sends notifications, for admins. */
export function Sending() {
  const settings = useNotificationSettings();
  if (settings.isError) {
    return (
      <ErrorState
        className="rounded-lg border py-8"
        title="The settings could not be loaded"
        error={settings.error}
        onRetry={() => void settings.refetch()}
      />
    );
  }
  if (settings.data === undefined) {
    return (
      <div role="status" aria-label="Loading settings">
        <Skeleton className="h-[236px] rounded-lg" />
      </div>
    );
  }
  return <SendingForm settings={settings.data} />;
}

type Draft = Omit<NotificationSettings, 'webhook'> & {
  hooked: boolean;
  webhook: { url: string; connection: string; events: HookEvent[] };
};
const draftOf = ({ webhook, ...rest }: NotificationSettings): Draft => ({
  ...rest,
  hooked: webhook !== null,
  webhook: webhook ?? { url: '', connection: '', events: [...hookEvents] },
});
const settingsOf = ({ hooked, webhook, ...rest }: Draft): NotificationSettings => ({
  ...rest,
  webhook: hooked ? webhook : null,
});

function SendingForm({ settings }: { settings: NotificationSettings }) {
  // What is typed stays when somebody else saves; the settings that it began with go with it.
  const [saved, setSaved] = useState(settings);
  const [draft, setDraft] = useState(() => draftOf(saved));
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  const save = useSaveNotificationSettings();
  const test = useTestNotification();
  const changed = JSON.stringify(settingsOf(draft)) !== JSON.stringify(saved);
  if (!changed && JSON.stringify(settings) !== JSON.stringify(saved)) {
    setSaved(settings);
    setDraft(draftOf(settings));
  }
  const { hooked, webhook } = draft;
  const whole =
    !hooked || (webhook.url !== '' && webhook.connection !== '' && webhook.events.length > 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!whole) return;
    save.mutate(
      { ...settingsOf(draft), was: saved },
      {
        onSuccess: (now) => {
          setSaved(now);
          toast.success('The settings were saved');
        },
        onError: (error) => toastError('The settings were not saved', error),
      },
    );
  };
  const tryIt = (channel: 'mail' | 'webhook') =>
    test.mutate(channel, { onError: (error) => toastError('The test was not sent', error) });
  return (
    <form onSubmit={submit} aria-label="How this workspace sends them">
      <SettingsSection title="How this workspace sends them">
        <SettingsRow
          title="Runs that a trigger started"
          description="Who hears that one failed. Where nobody of them is left: the admins."
        >
          <Select
            aria-label="Who hears of runs that a trigger started"
            className="w-60"
            value={draft.triggeredTo}
            options={triggered}
            onValueChange={(value) =>
              change({ triggeredTo: triggered.find((one) => one.value === value)?.value ?? 'both' })
            }
          />
        </SettingsRow>
        <SettingsRow
          title="Email"
          description="The connection to the mail server (SMTP) that sends them. None: no email."
        >
          <div className="flex w-60 flex-col gap-1.5">
            <ConnectionChoice
              aria-label="Mail server"
              kinds={['smtp']}
              value={draft.mailConnection ?? ''}
              disabled={false}
              onChange={(mailConnection) => change({ mailConnection })}
            />
            {draft.mailConnection === null ? null : (
              <span className="flex gap-1">
                <Button
                  size="sm"
                  variant="ghost"
                  disabled={changed || test.isPending}
                  onClick={() => tryIt('mail')}
                >
                  Send test email
                </Button>
                <Button size="sm" variant="ghost" onClick={() => change({ mailConnection: null })}>
                  Turn off
                </Button>
              </span>
            )}
          </div>
        </SettingsRow>
        <SettingsRow
          title="Webhook"
          description="Tells another program of this workspace’s runs, signed as Standard Webhooks has it."
        >
          <Switch
            aria-label="Webhook"
            checked={hooked}
            onCheckedChange={(on) => change({ hooked: on })}
          />
        </SettingsRow>
        {hooked ? (
          <Hook
            value={webhook}
            onChange={(part) => change({ webhook: { ...webhook, ...part } })}
            onTest={changed || test.isPending ? undefined : () => tryIt('webhook')}
          />
        ) : null}
        <div className="flex items-center justify-end gap-2 px-4 py-3">
          {changed && !whole ? (
            <p className="mr-auto text-xs text-muted">
              The webhook needs an address, a connection and an event.
            </p>
          ) : null}
          <Button
            type="submit"
            size="sm"
            variant="primary"
            loading={save.isPending}
            disabled={!changed || !whole}
          >
            Save
          </Button>
        </div>
      </SettingsSection>
    </form>
  );
}

type HookProps = {
  value: Draft['webhook'];
  onChange: (part: Partial<Draft['webhook']>) => void;
  onTest: (() => void) | undefined;
};

function Hook({ value, onChange, onTest }: HookProps) {
  return (
    <div className="space-y-4 px-4 py-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="URL">
          <Input
            type="url"
            required
            value={value.url}
            placeholder="https://example.com/webhooks"
            onChange={(event) => onChange({ url: event.target.value })}
          />
        </Field>
        <Field label="Signed with" hint="A connection of the kind Webhook signature.">
          <ConnectionChoice
            kinds={['signature']}
            value={value.connection}
            disabled={false}
            onChange={(connection) => onChange({ connection })}
          />
        </Field>
      </div>
      <fieldset className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <legend className="mb-2 text-xs font-medium text-muted">Events</legend>
        {hookEvents.map((event) => (
          <span key={event} className="flex items-center gap-2">
            <Switch
              aria-label={events[event]}
              checked={value.events.includes(event)}
              onCheckedChange={(on) =>
                onChange({
                  events: hookEvents.filter((one) =>
                    one === event ? on : value.events.includes(one),
                  ),
                })
              }
            />
            {events[event]}
          </span>
        ))}
        <Button
          size="sm"
          variant="ghost"
          className="ml-auto"
          disabled={onTest === undefined}
          onClick={onTest}
        >
          Send test event
        </Button>
      </fieldset>
    </div>
  );
}
