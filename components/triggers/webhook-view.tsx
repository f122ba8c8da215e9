'use client';

import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useRotateSecret, useUpdateTrigger } from '@/components/data/trigger-queries';
import { inputsOf } from '@/components/runs/start-inputs';
import { useGraph } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { CopyButton } from '@/components/ui/controls/copy-button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { toastError } from '@/components/ui/controls/toast';
import { CodeBlock } from '@/components/ui/display/code-block';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import type { Trigger } from '@/lib/triggers/contract';
import { secretGraceHours, type WebhookConfig } from '@/lib/triggers/schema';
import { signedCall } from '@/lib/triggers/signed-call';
import { Deliveries } from './deliveries';
import { OldSecret } from './old-secret';
import { showTriggers } from './panel-state';
import { TriggerActions } from './trigger-actions';

type Hook = Extract<Trigger, { kind: 'webhook' }>;

const answers = [
  { value: 'now', label: 'Immediately, with the run ID' },
  { value: 'wait', label: 'When the run ends, with the result (up to 30 s)' },
];

/** A webhook: where to send requests, how to sign them, and what came. */
export function WebhookView({ trigger, secret }: { trigger: Hook; secret: string | undefined }) {
  const mayWrite = useCan('triggers.write');
  const update = useUpdateTrigger();
  const [name, setName] = useState(trigger.name);
  const save = (change: { name?: string; config?: WebhookConfig }) =>
    update.mutate(
      { id: trigger.id, ...change },
      { onError: (error) => toastError('The webhook was not changed', error) },
    );
  return (
    <section aria-label="Webhook" className="flex flex-col gap-4 p-4">
      <Secret trigger={trigger} secret={secret} mayWrite={mayWrite} />
      <Copied label="URL" value={trigger.url} />
      <Field label="Name" hint="Optional. Shown in the list.">
        <Input
          value={name}
          maxLength={100}
          disabled={!mayWrite}
          placeholder="Orders of the shop"
          onChange={(event) => setName(event.target.value)}
          onBlur={() => {
            if (name.trim() !== trigger.name) save({ name: name.trim() });
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
        />
      </Field>
      <Field label="Respond">
        <Select
          value={trigger.config.answer}
          disabled={!mayWrite}
          onValueChange={(answer) =>
            save({ config: { answer: answer as WebhookConfig['answer'] } })
          }
          options={answers}
        />
      </Field>
      <InputNote />
      <div className="flex flex-col gap-1.5">
        <h3 className="text-sm font-medium">Send a signed request</h3>
        <CodeBlock label="Signed request" code={signedCall(trigger.url)} />
        <p className="text-xs text-faint">
          Signed per Standard Webhooks. The same webhook-id never starts two runs; a signature is
          valid for five minutes.
        </p>
      </div>
      {mayWrite ? (
        <div className="flex items-center gap-2">
          <TriggerActions trigger={trigger} />
        </div>
      ) : null}
      <Deliveries trigger={trigger} />
    </section>
  );
}

function Copied({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex items-end gap-1.5">
      <Field label={label} className="flex-1">
        <Input
          readOnly
          value={value}
          className="font-mono text-xs"
          onFocus={(event) => event.currentTarget.select()}
        />
      </Field>
      <CopyButton text={value} label={`Copy ${label.toLowerCase()}`} className="mb-1" />
    </div>
  );
}

/** What a run is given, for the inputs that the start step declares just now. */
function InputNote() {
  const graph = useGraph((now) => now);
  const names = inputsOf(graph).map((input) => input.name);
  return (
    <p className="text-xs text-muted">
      {names.length > 0 ? (
        <>
          Fields of the JSON body become inputs of the same name:{' '}
          <code className="font-mono text-2xs">{names.join(', ')}</code>. Other fields are ignored.
        </>
      ) : (
        <>
          Steps read <code className="font-mono text-2xs">input.body</code>,{' '}
          <code className="font-mono text-2xs">input.query</code> and{' '}
          <code className="font-mono text-2xs">input.headers</code>.
        </>
      )}
    </p>
  );
}

type SecretProps = { trigger: Hook; secret: string | undefined; mayWrite: boolean };

function Secret({ trigger, secret, mayWrite }: SecretProps) {
  const [asking, setAsking] = useState(false);
  const rotate = useRotateSecret();
  if (secret !== undefined) {
    return (
      <div className="flex flex-col gap-2 rounded-md border border-border-strong bg-accent-soft p-3">
        <p className="text-xs text-accent">Copy the secret now. It is shown only once.</p>
        <Copied label="Secret" value={secret} />
        <OldSecret trigger={trigger} mayWrite={mayWrite} />
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-2 text-sm">
        <KeyRound aria-hidden className="size-3.5 text-faint" />
        <span className="text-muted">
          Secret ends with <code className="font-mono text-xs">{trigger.secretHint}</code>
        </span>
        {mayWrite ? (
          <Button size="sm" className="ml-auto" onClick={() => setAsking(true)}>
            New secret
          </Button>
        ) : null}
        <AlertDialog
          open={asking}
          onOpenChange={setAsking}
          title="Create a new secret?"
          description={
            trigger.oldSecret
              ? `The current secret works for ${secretGraceHours} more hours; the one before it stops working now.`
              : `The current secret works for ${secretGraceHours} more hours, so you can update the sender.`
          }
          confirmLabel="Create new secret"
          pending={rotate.isPending}
          onConfirm={() =>
            rotate.mutateAsync(trigger.id).then(
              (made) => showTriggers({ view: 'one', id: trigger.id, secret: made.secret }),
              (error: unknown) => {
                toastError('The secret was not replaced', error);
                throw error;
              },
            )
          }
        />
      </div>
      <OldSecret trigger={trigger} mayWrite={mayWrite} />
    </div>
  );
}
