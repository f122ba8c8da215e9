'use client';

import { useMemo, useState } from 'react';
import { useCreateTrigger, useUpdateTrigger } from '@/components/data/trigger-queries';
import { inputsOf } from '@/components/runs/start-inputs';
import { useGraph, useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { Textarea } from '@/components/ui/controls/textarea';
import { toast } from '@/components/ui/controls/toast';
import type { Trigger } from '@/lib/triggers/contract';
import { type FormConfig, formConfigSchema } from '@/lib/triggers/forms/schema';
import { linkReaders } from '@/lib/triggers/link';
import { LinkLimits } from '../links/link-limits';
import { SharedLink } from '../links/shared-link';
import { Deliveries } from '../parts/deliveries';
import { showTriggers } from '../parts/panel-state';
import { readOf } from '../parts/read-of';
import { TriggerActions } from '../parts/trigger-actions';
import { TriggerProblems } from '../parts/trigger-problems';
import { forgetUnfinished, useTriggerForm } from '../parts/unfinished';
import { EmbedFields } from './embed-fields';
import { FormPreview } from './form-preview';
import { ResultFields } from './result-fields';

type Form = Extract<Trigger, { kind: 'form' }>;

export const readerNames = {
  anyone: 'Anyone with the link',
  members: 'Members of the workspace',
} as const;

/** Makes a form that starts the workflow, or changes one. */
export function FormForm({ trigger }: { trigger?: Form }) {
  const { workflowId } = useSession();
  const mayWrite = useCan('triggers.write');
  const workflowName = useGraph((now) => now.name);
  const [{ config }, setForm] = useTriggerForm('form', !trigger, () => ({
    config: trigger?.config ?? formConfigSchema.parse({}),
  }));
  const [problem, setProblem] = useState<string>();
  const create = useCreateTrigger(workflowId);
  const update = useUpdateTrigger();
  const [was, setWas] = useState(() => readOf(trigger));
  const pending = create.isPending || update.isPending;
  const error = problem ?? create.error?.message ?? update.error?.message;
  const set = (change: Partial<FormConfig>) =>
    setForm((now) => ({ config: { ...now.config, ...change } }));
  const save = () => {
    if (pending) return;
    const checked = formConfigSchema.safeParse(config);
    setProblem(checked.success ? undefined : checked.error.issues[0]?.message);
    if (!checked.success) return;
    const given = { name: checked.data.title, config: checked.data };
    if (trigger) {
      const onSuccess = (saved: Trigger) => {
        setWas(readOf(saved));
        toast.success('Form saved');
      };
      update.mutate({ id: trigger.id, ...given, ...was }, { onSuccess });
    } else {
      create.mutate(
        { kind: 'form', ...given },
        {
          onSuccess: (made) => {
            forgetUnfinished('form');
            toast.success('Form turned on');
            showTriggers({ view: 'one', id: made.trigger.id });
          },
        },
      );
    }
  };
  return (
    <form
      aria-label={trigger ? 'Form' : 'New form'}
      className="flex flex-col gap-4 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {trigger ? <TriggerProblems problems={trigger.problems} /> : null}
      {trigger ? <SharedLink id={trigger.id} what="form" mayWrite={mayWrite} /> : null}
      <fieldset disabled={!mayWrite} className="contents">
        <FieldsNote />
        <Field label="Title" hint="Empty: the workflow’s name.">
          <Input
            value={config.title}
            maxLength={120}
            placeholder={workflowName}
            onChange={(event) => set({ title: event.target.value })}
          />
        </Field>
        <Field label="Description" hint="Optional, in Markdown. Shown below the title.">
          <Textarea
            rows={3}
            maxLength={5_000}
            value={config.description}
            placeholder="Tell us what you need. We answer within a day."
            onChange={(event) => set({ description: event.target.value })}
          />
        </Field>
        <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
          <Field label="Who can open it">
            <Select
              value={config.who}
              disabled={!mayWrite}
              options={linkReaders.map((value) => ({ value, label: readerNames[value] }))}
              onValueChange={(next) => {
                const who = linkReaders.find((each) => each === next);
                if (who) set({ who });
              }}
            />
          </Field>
          <Field label="Button">
            <Input
              value={config.button}
              maxLength={40}
              placeholder="Send"
              onChange={(event) => set({ button: event.target.value })}
            />
          </Field>
        </div>
        <ResultFields config={config} disabled={!mayWrite} onChange={set} />
        <LinkLimits what="Submissions" value={config} onChange={set} />
        <EmbedFields
          trigger={trigger}
          config={config}
          disabled={!mayWrite}
          onChange={(embed) => set({ embed })}
        />
        {error ? (
          <p role="alert" className="text-xs text-danger">
            {error}
          </p>
        ) : null}
        <div className="flex items-center gap-2">
          {trigger && mayWrite ? <TriggerActions trigger={trigger} /> : null}
          <FormPreview config={config} workflowName={workflowName} />
          {mayWrite ? (
            <Button type="submit" variant="primary" loading={pending} className="ml-auto">
              {trigger ? 'Save' : 'Turn on'}
            </Button>
          ) : null}
        </div>
      </fieldset>
      {trigger ? <Deliveries trigger={trigger} /> : null}
    </form>
  );
}

/** Where the fields of the page come from. */
function FieldsNote() {
  const graph = useGraph((now) => now);
  const names = useMemo(() => inputsOf(graph).map(({ label, name }) => label || name), [graph]);
  if (names.length === 0) {
    return (
      <p className="text-xs text-warning">
        The form has no fields yet. Add inputs to the Start step, then publish.
      </p>
    );
  }
  return (
    <p className="text-xs text-muted">
      Each submission starts a run of the live version. The fields are the inputs of the Start step:{' '}
      {names.join(', ')}.
    </p>
  );
}
