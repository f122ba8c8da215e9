'use client';

import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Dialog } from '@/components/ui/overlays/dialog';

type Props<Made> = {
  title: string;
  hint: string;
  create: {
    mutate(name: string, on: { onSuccess: (made: Made) => void }): void;
    error: Error | null;
    isPending: boolean;
  };
  onMade: (made: Made) => void;
  onClose: () => void;
};

/** Makes something that needs nothing but a name. */
export function NameDialog<Made>({ title, hint, create, onMade, onClose }: Props<Made>) {
  const form = useId();
  const [name, setName] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(name.trim(), {
      onSuccess: (made) => {
        onMade(made);
        onClose();
      },
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={name.trim() === ''}
            loading={create.isPending}
          >
            Create
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <Field label="Name" hint={hint} error={create.error?.message}>
          <Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
