'use client';

import { type FormEvent, useId, useState } from 'react';
import { useRotateSecret } from '@/components/data/trigger-queries';
import { Button } from '@/components/ui/controls/button';
import { toast } from '@/components/ui/controls/toast';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { Trigger } from '@/lib/triggers/contract';
import { senderMakesSecret } from '@/lib/triggers/hook-auth';
import { secretGraceHours } from '@/lib/triggers/schema';
import { showTriggers } from '../parts/panel-state';
import { authDraftOf, readAuthDraft } from './hook-auth-draft';
import { HookAuthFields } from './hook-auth-fields';

type Props = { trigger: Extract<Trigger, { kind: 'webhook' }>; onClose: () => void };

/** Changes how a webhook verifies, and its secret with it; the secret lives in this form only until it is sent. */
export function HookAuthDialog({ trigger, onClose }: Props) {
  const form = useId();
  const { auth } = trigger.config;
  const [draft, setDraft] = useState(() => authDraftOf(auth));
  const [tried, setTried] = useState(false);
  const rotate = useRotateSecret();
  const isOther = draft.kind !== auth.kind;
  const missing = senderMakesSecret(draft.kind) && !isOther && draft.secret.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The panel behind may be a form of its own: only this one is meant.
    event.stopPropagation();
    const read = readAuthDraft(draft);
    setTried(true);
    if (!read.ok) return;
    const { ok: _, ...body } = read;
    rotate.mutate(
      { id: trigger.id, ...body },
      {
        onSuccess: ({ secret }) => {
          toast.success(secret === undefined ? 'The secret was saved' : 'A new secret was made');
          showTriggers({
            view: 'one',
            id: trigger.id,
            ...(secret === undefined ? {} : { secret }),
          });
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
      title="How requests are verified"
      description={describe(isOther, trigger)}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={missing}
            loading={rotate.isPending}
          >
            {draft.secret.trim() === '' && !senderMakesSecret(draft.kind)
              ? 'Create new secret'
              : 'Save'}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4">
        <HookAuthFields
          draft={draft}
          tried={tried}
          onChange={(part) => setDraft((now) => ({ ...now, ...part }))}
        />
        {rotate.error ? (
          <p role="alert" className="text-sm text-danger">
            {rotate.error.message}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}

function describe(isOther: boolean, { oldSecret, secretHint, problems }: Props['trigger']): string {
  if (isOther) return 'The current secret stops working now.';
  if (secretHint === '' && problems.length > 0) return 'The secret is stored encrypted.';
  const grace = `The current secret works for ${secretGraceHours} more hours`;
  return oldSecret
    ? `${grace}; the one before it stops working now.`
    : `${grace}, so you can update the sender.`;
}
