'use client';

import { type FormEvent, useId, useState } from 'react';
import { useMutation } from '@/components/data/mutation/mutation';
import { changePassword } from '@/components/data/sign-in';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Switch } from '@/components/ui/controls/switch';
import { toast } from '@/components/ui/controls/toast';
import { Dialog } from '@/components/ui/overlays/dialog';
import { passwordLength } from '@/lib/people/schema';
import { FormError } from './fields/form-error';
import { PasswordInput } from './fields/password-input';

/** Changes one's own password; all other sessions end, and API keys if wished. */
export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const form = useId();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [revoke, setRevoke] = useState(false);
  const change = useMutation({
    mutationFn: () => changePassword(current, next, revoke),
    onSuccess: (keys) => {
      toast.success(
        keys === 0
          ? 'Password changed. You were signed out everywhere else.'
          : `Password changed. You were signed out everywhere else; ${keys === 1 ? 'one API key still works' : `${keys} API keys still work`} (Settings → API keys).`,
      );
      onClose();
    },
  });
  const tooShort = next.length < passwordLength.min;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!tooShort) change.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="sm"
      title="Change password"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={current === '' || tooShort}
            loading={change.isPending}
          >
            Change password
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4" noValidate>
        <FormError>{change.error?.message}</FormError>
        <Field label="Current password">
          <PasswordInput
            value={current}
            autoFocus
            autoComplete="current-password"
            onChange={(event) => setCurrent(event.target.value)}
          />
        </Field>
        <Field label="New password" hint={`At least ${passwordLength.min} characters.`}>
          <PasswordInput
            value={next}
            autoComplete="new-password"
            onChange={(event) => setNext(event.target.value)}
          />
        </Field>
        <Field
          label="Revoke my API keys too"
          hint="In all workspaces. Choose this if someone else may know the password."
        >
          <Switch checked={revoke} onCheckedChange={setRevoke} />
        </Field>
      </form>
    </Dialog>
  );
}
