'use client';

import { type FormEvent, useId, useState } from 'react';
import { useCreatePool } from '@/components/data/message-queries';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Dialog } from '@/components/ui/overlays/dialog';

type Props = { onMade: (id: string) => void; onClose: () => void };

/** Names a mailbox from which whoever is free takes the next message. */
export function NewPool({ onMade, onClose }: Props) {
  const form = useId();
  const [name, setName] = useState('');
  const create = useCreatePool();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(name.trim(), {
      onSuccess: ({ id }) => {
        onMade(id);
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
      title="New pool"
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
        <Field
          label="Name"
          hint="Whoever is free takes the next message of a pool. Agents and people have mailboxes already."
          error={create.error?.message}
        >
          <Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
