'use client';

import { useMemo, useState } from 'react';
import { useCreateTrigger, useUpdateTrigger } from '@/components/data/trigger-queries';
import { inputsOf } from '@/components/runs/start-inputs';
import { useGraph, useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { toast } from '@/components/ui/controls/toast';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { Trigger } from '@/lib/triggers/contract';
import { mailInput } from '@/lib/triggers/mail/mail-input';
import { type MailConfig, storedMailConfig } from '@/lib/triggers/mail/schema';
import { Deliveries } from '../parts/deliveries';
import { showTriggers } from '../parts/panel-state';
import { readOf } from '../parts/read-of';
import { TriggerActions } from '../parts/trigger-actions';
import { TriggerProblems } from '../parts/trigger-problems';
import { forgetUnfinished, useTriggerForm } from '../parts/unfinished';
import { MailFields } from './mail-fields';

type MailTrigger = Extract<Trigger, { kind: 'mail' }>;

const empty: MailConfig = {
  ...storedMailConfig.parse({ connection: '-' }),
  connection: '',
};

/** Starts a run with each email of a mailbox, or changes which and how. */
export function MailForm({ trigger }: { trigger?: MailTrigger }) {
  const { workflowId } = useSession();
  const mayWrite = useCan('triggers.write');
  const [{ name, config }, setForm] = useTriggerForm('mail', !trigger, () => ({
    name: trigger?.name ?? '',
    config: trigger?.config ?? empty,
  }));
  const setName = (next: string) => setForm((now) => ({ ...now, name: next }));
  const setConfig = (change: (now: MailConfig) => MailConfig) =>
    setForm((now) => ({ ...now, config: change(now.config) }));
  const create = useCreateTrigger(workflowId);
  const update = useUpdateTrigger();
  const [was] = useState(() => readOf(trigger));
  const pending = create.isPending || update.isPending;
  const error = create.error ?? update.error;
  const incomplete =
    config.connection === '' ||
    config.folder.trim() === '' ||
    (config.after === 'move' && config.moveTo.trim() === '');
  const save = () => {
    if (pending || incomplete) return;
    const done = (text: string, { id, problems }: Trigger) => {
      if (problems.length === 0) {
        toast.success(text);
        return showTriggers({ view: 'list' });
      }
      toast.warning('Saved, but it cannot start a run yet', { description: problems[0] });
      showTriggers({ view: 'one', id });
    };
    if (trigger) {
      update.mutate(
        { id: trigger.id, name, config, ...was },
        { onSuccess: (saved) => done('Mailbox saved', saved) },
      );
    } else {
      create.mutate(
        { kind: 'mail', name, config },
        {
          onSuccess: (saved) => {
            forgetUnfinished('mail');
            done('Mailbox turned on', saved.trigger);
          },
        },
      );
    }
  };
  return (
    <form
      aria-label={trigger ? 'Mailbox' : 'New mailbox'}
      className="flex flex-col gap-4 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <fieldset disabled={!mayWrite} className="contents">
        <p className="text-xs text-muted">
          Each email that comes in from now on starts one run of the live version.
        </p>
        <MailFields
          config={config}
          disabled={!mayWrite}
          onChange={(change) => setConfig((now) => ({ ...now, ...change }))}
        />
        <Field label="Name" hint="Optional. Shown in the list.">
          <Input
            value={name}
            maxLength={100}
            placeholder="Email received"
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Inputs />
        {trigger ? <TriggerProblems problems={trigger.problems} /> : null}
        {error ? (
          <p role="alert" className="text-xs text-danger">
            {error.message}
          </p>
        ) : null}
        {mayWrite ? (
          <div className="flex items-center gap-2">
            {trigger ? <TriggerActions trigger={trigger} /> : null}
            <Button
              type="submit"
              variant="primary"
              loading={pending}
              disabled={incomplete}
              className="ml-auto"
            >
              {trigger ? 'Save' : 'Turn on'}
            </Button>
          </div>
        ) : null}
      </fieldset>
      {trigger?.lookedAt ? (
        <p className="text-xs text-muted">
          Last checked <TimeAgo at={trigger.lookedAt} />
        </p>
      ) : null}
      {trigger ? <Deliveries trigger={trigger} /> : null}
    </form>
  );
}

/** What of an email the inputs of the start step get, as it is just now. */
function Inputs() {
  const graph = useGraph((now) => now);
  const fields = useMemo(() => inputsOf(graph), [graph]);
  if (fields.length === 0) {
    return (
      <p className="text-xs text-muted">
        The workflow has no inputs. Steps read{' '}
        <code className="font-mono text-2xs">input.message.subject</code>,{' '}
        <code className="font-mono text-2xs">.text</code>,{' '}
        <code className="font-mono text-2xs">.from</code> and{' '}
        <code className="font-mono text-2xs">.attachments</code>.
      </p>
    );
  }
  const filler = mailInput(fields);
  return 'problem' in filler ? (
    <p className="text-xs text-warning">{filler.problem}</p>
  ) : (
    <p className="text-xs text-muted">
      Inputs get the part of an email that they are named after; those of the type File get the
      attachments.
    </p>
  );
}
