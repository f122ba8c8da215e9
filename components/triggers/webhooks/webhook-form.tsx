'use client';

import { useState } from 'react';
import { useCreateTrigger } from '@/components/data/trigger-queries';
import { inputsOf } from '@/components/runs/start-inputs';
import { useGraph, useSession } from '@/components/session/session';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { showTriggers } from '../parts/panel-state';
import { forgetUnfinished, useTriggerForm } from '../parts/unfinished';
import { authDraftOf, readAuthDraft } from './hook-auth-draft';
import { HookAuthFields } from './hook-auth-fields';

/** Adds a webhook: its name, and how it knows who sends. All else is set afterwards. */
export function WebhookForm() {
  const { workflowId } = useSession();
  const declared = useGraph((now) => inputsOf(now).length > 0);
  const create = useCreateTrigger(workflowId);
  const [{ name }, setForm] = useTriggerForm('webhook', true, () => ({ name: '' }));
  const [draft, setDraft] = useState(() => authDraftOf());
  const [tried, setTried] = useState(false);
  const save = () => {
    const read = readAuthDraft(draft);
    setTried(true);
    if (!read.ok || create.isPending) return;
    const { auth, secret } = read;
    create.mutate(
      {
        kind: 'webhook',
        name,
        config: { answer: 'now', auth, gives: declared ? 'fields' : 'request' },
        ...(secret === undefined ? {} : { secret }),
      },
      {
        onSuccess: ({ trigger, secret: made }) => {
          forgetUnfinished('webhook');
          showTriggers({
            view: 'one',
            id: trigger.id,
            ...(made === undefined ? {} : { secret: made }),
          });
        },
      },
    );
  };
  return (
    <form
      aria-label="New webhook"
      className="flex flex-col gap-4 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <p className="text-xs text-muted">
        Another program sends a request to a URL, and each request starts a run of the live version.
      </p>
      <Field label="Name" hint="Optional. Shown in the list.">
        <Input
          value={name}
          maxLength={100}
          placeholder="Orders of the shop"
          onChange={(event) => setForm({ name: event.target.value })}
        />
      </Field>
      <HookAuthFields
        draft={draft}
        tried={tried}
        onChange={(part) => setDraft((now) => ({ ...now, ...part }))}
      />
      {create.error ? (
        <p role="alert" className="text-xs text-danger">
          {create.error.message}
        </p>
      ) : null}
      <Button type="submit" variant="primary" loading={create.isPending} className="self-end">
        Create webhook
      </Button>
    </form>
  );
}
