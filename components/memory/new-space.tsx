'use client';

import { type FormEvent, useId, useState } from 'react';
import { useCreateSpace } from '@/components/data/memory-queries';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Dialog } from '@/components/ui/overlays/dialog';

/** Names a shared memory. */
export function NewSpace({
  onMade,
  onClose,
}: {
  onMade: (key: string) => void;
  onClose: () => void;
}) {
  const form = useId();
  const [name, setName] = useState('');
  const create = useCreateSpace();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(name.trim(), {
      onSuccess: ({ key }) => {
        onMade(key);
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
      title="New memory"
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
          hint="Steps and agents name it so. Those of agents, workflows and chats begin by themselves."
          error={create.error?.message}
        >
          <Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
