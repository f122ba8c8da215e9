'use client';

import { useState } from 'react';
import { useCreateWorkspace } from '@/components/data/people-queries';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Dialog, DialogClose } from '@/components/ui/overlays/dialog';

/** Asks for a name, makes the workspace and goes to it. */
export function CreateWorkspace({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const [name, setName] = useState('');
  const create = useCreateWorkspace();
  const submit = () => create.mutate(name.trim(), { onSuccess: () => window.location.assign('/') });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="sm"
      title="New workspace"
      description="Each workspace has its own workflows, agents, keys and members."
      footer={
        <>
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button
            variant="primary"
            disabled={name.trim() === ''}
            loading={create.isPending}
            onClick={submit}
          >
            Create workspace
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') submit();
        }}
      >
        <Field label="Name" error={create.error?.message}>
          <Input
            value={name}
            maxLength={100}
            placeholder="Acme research"
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
