'use client';

import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useMutation } from '@/components/data/mutation/mutation';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Dialog } from '@/components/ui/overlays/dialog';
import { FormError } from '../fields/form-error';
import { PasswordInput } from '../fields/password-input';

type Props<Done> = {
  title: string;
  /** What the button says. */
  action: string;
  ask: (password: string) => Promise<Done>;
  onDone: (done: Done) => void;
  onClose: () => void;
  children?: ReactNode;
};

/** Asks for the password before something about signing in is changed. */
export function PasswordStep<Done>({ title, action, ask, onDone, onClose, children }: Props<Done>) {
  const form = useId();
  const [password, setPassword] = useState('');
  const asked = useMutation({ mutationFn: () => ask(password), onSuccess: onDone });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password !== '') asked.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="sm"
      title={title}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={password === ''}
            loading={asked.isPending}
          >
            {action}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4" noValidate>
        {children}
        <FormError>{asked.error?.message}</FormError>
        <Field label="Your password">
          <PasswordInput
            value={password}
            autoFocus
            autoComplete="current-password"
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
