'use client';

import {
  CalendarClock,
  ChevronRight,
  ClipboardList,
  Inbox,
  MessagesSquare,
  Play,
  Terminal,
  TriangleAlert,
  Webhook,
} from 'lucide-react';
import { useWorkflow } from '@/components/data/queries';
import { useUpdateTrigger } from '@/components/data/trigger-queries';
import { StatusDot } from '@/components/icons/status-dot';
import { useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { CopyButton } from '@/components/ui/controls/copy-button';
import { Switch } from '@/components/ui/controls/switch';
import { toastError } from '@/components/ui/controls/toast';
import { Badge } from '@/components/ui/display/badge';
import { EmptyState } from '@/components/ui/display/empty-state';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { Trigger } from '@/lib/triggers/contract';
import { maxTriggers } from '@/lib/triggers/schema';
import { showTriggers } from './parts/panel-state';
import { triggerIcon } from './parts/trigger-kinds';
import { scheduleWords, timeIn, triggerName } from './parts/trigger-words';
import { forgetUnfinished, useUnfinished } from './parts/unfinished';

/** Everything that starts the workflow: by itself, and on demand. */
export function TriggerList({ triggers }: { triggers: readonly Trigger[] }) {
  const mayWrite = useCan('triggers.write');
  return (
    <div className="flex flex-col gap-4 py-3">
      <Unpublished />
      {mayWrite ? <Unfinished /> : null}
      {triggers.length === 0 ? (
        <EmptyState
          icon={<CalendarClock />}
          title="No triggers yet"
          actions={mayWrite ? <AddButtons triggers={triggers} /> : undefined}
          className="py-8"
        >
          Start this workflow on a schedule, when another program calls a webhook, when someone
          writes in a chat or fills in a form, or when an email comes in.
        </EmptyState>
      ) : (
        <>
          <ul aria-label="Triggers" className="flex flex-col px-2">
            {triggers.map((one) => (
              <Row key={one.id} trigger={one} mayWrite={mayWrite} />
            ))}
          </ul>
          {mayWrite ? (
            <div className="flex flex-wrap gap-2 px-4">
              <AddButtons triggers={triggers} />
            </div>
          ) : null}
        </>
      )}
      <OnDemand />
    </div>
  );
}

function Unpublished() {
  const { workflowId } = useSession();
  const { data } = useWorkflow(workflowId);
  if (data?.liveVersion !== null) return null;
  return (
    <p className="mx-4 flex items-start gap-2 rounded-md bg-warning-soft px-3 py-2 text-xs text-warning">
      <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
      Triggers start the published version. Publish the workflow first.
    </p>
  );
}

/** What was begun and not turned on. */
function Unfinished() {
  const unfinished = useUnfinished();
  if (unfinished.length === 0) return null;
  return (
    <ul aria-label="Not turned on yet" className="flex flex-col gap-1 px-4">
      {unfinished.map(({ kind, icon: Icon, one }) => (
        <li
          key={kind}
          className="flex items-center gap-2 rounded-md border border-dashed py-1.5 pr-1.5 pl-3 text-sm"
        >
          <Icon aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="min-w-0 flex-1 truncate">New {one}, not turned on yet</span>
          <Button size="sm" variant="ghost" onClick={() => forgetUnfinished(kind)}>
            Discard
          </Button>
          <Button size="sm" onClick={() => showTriggers({ view: `new-${kind}` })}>
            Finish
          </Button>
        </li>
      ))}
    </ul>
  );
}

function AddButtons({ triggers }: { triggers: readonly Trigger[] }) {
  const full = triggers.length >= maxTriggers;
  const chats = triggers.some(({ kind }) => kind === 'chat');
  return (
    <>
      <Button size="sm" disabled={full} onClick={() => showTriggers({ view: 'new-schedule' })}>
        <CalendarClock aria-hidden /> Add schedule
      </Button>
      <Button size="sm" disabled={full} onClick={() => showTriggers({ view: 'new-webhook' })}>
        <Webhook aria-hidden /> Add webhook
      </Button>
      {chats ? null : (
        <Button size="sm" disabled={full} onClick={() => showTriggers({ view: 'new-chat' })}>
          <MessagesSquare aria-hidden /> Add chat
        </Button>
      )}
      <Button size="sm" disabled={full} onClick={() => showTriggers({ view: 'new-form' })}>
        <ClipboardList aria-hidden /> Add form
      </Button>
      <Button size="sm" disabled={full} onClick={() => showTriggers({ view: 'new-mail' })}>
        <Inbox aria-hidden /> Add email
      </Button>
      {full ? (
        <p className="text-xs text-faint">A workflow may have {maxTriggers} triggers.</p>
      ) : null}
    </>
  );
}

function Row({ trigger, mayWrite }: { trigger: Trigger; mayWrite: boolean }) {
  const update = useUpdateTrigger();
  const name = triggerName(trigger);
  const Icon = triggerIcon(trigger.kind);
  const enabled = update.isPending ? update.variables.enabled : trigger.enabled;
  return (
    <li className="group flex items-center gap-2 rounded-md pr-2 hover:bg-hover">
      <button
        type="button"
        onClick={() => showTriggers({ view: 'one', id: trigger.id })}
        className="flex min-w-0 flex-1 items-center gap-3 rounded-md px-2 py-2 text-left"
      >
        <Icon aria-hidden className="size-4 shrink-0 text-muted" />
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-2">
            <span className="truncate text-sm font-medium">{name}</span>
            {trigger.problems.length > 0 ? <Badge tone="warning">Cannot start</Badge> : null}
            {trigger.lastRun ? <StatusDot status={trigger.lastRun.status} /> : null}
          </span>
          <Facts trigger={trigger} />
        </span>
      </button>
      {mayWrite ? (
        <Switch
          aria-label={`${name} is on`}
          checked={enabled}
          onCheckedChange={(next) =>
            update.mutate(
              { id: trigger.id, enabled: next },
              { onError: (error) => toastError('The trigger was not changed', error) },
            )
          }
        />
      ) : (
        <Badge tone={trigger.enabled ? 'success' : 'neutral'}>
          {trigger.enabled ? 'On' : 'Off'}
        </Badge>
      )}
      <ChevronRight aria-hidden className="size-3.5 text-faint" />
    </li>
  );
}

const chatFacts = {
  nobody: 'Answers messages',
  members: 'Answers members by link',
  anyone: 'Answers anyone with the link',
} as const;

function Facts({ trigger }: { trigger: Trigger }) {
  const facts: React.ReactNode[] = [];
  if (trigger.kind === 'schedule') {
    const { cron, timeZone } = trigger.config;
    if (trigger.name !== '') facts.push(scheduleWords(cron));
    facts.push(trigger.nextAt === null ? timeZone : `Next ${timeIn(timeZone, trigger.nextAt)}`);
  } else if (trigger.kind === 'chat') {
    facts.push(chatFacts[trigger.config.link]);
  } else if (trigger.kind === 'form') {
    facts.push(trigger.config.who === 'anyone' ? 'Anyone with the link' : 'Members');
  } else if (trigger.kind === 'mail') {
    facts.push(`${trigger.config.folder} of ${trigger.config.connection}`);
  } else {
    facts.push(
      trigger.config.answer === 'now' ? 'Responds immediately' : 'Responds with the result',
    );
  }
  facts.push(trigger.lastAt ? <TimeAgo key="last" at={trigger.lastAt} /> : 'never ran');
  return (
    <span className="mt-0.5 block truncate text-xs text-muted tabular">
      {facts.map((fact, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the facts have no other name, and never move
        <span key={index}>
          {index > 0 ? ' · ' : ''}
          {fact}
        </span>
      ))}
    </span>
  );
}

function OnDemand() {
  const { workflowId } = useSession();
  const address = `POST /api/v2/workflows/${workflowId}/runs`;
  return (
    <section aria-label="On demand" className="border-t px-4 pt-3 text-xs text-muted">
      <h3 className="font-medium text-fg">Always available</h3>
      <p className="mt-1.5 flex items-center gap-2">
        <Play aria-hidden className="size-3 text-faint" /> Manually: Run, at the top right.
      </p>
      <p className="mt-0.5 flex items-center gap-2">
        <Terminal aria-hidden className="size-3 shrink-0 text-faint" />
        <span className="shrink-0">By API:</span>
        <code className="min-w-0 truncate font-mono text-2xs">{address}</code>
        <CopyButton text={address} label="Copy URL" />
      </p>
    </section>
  );
}
