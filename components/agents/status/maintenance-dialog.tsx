'use client';

import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Dialog } from '@/components/ui/overlays/dialog';

type Props = {
  name: string;
  pending: boolean;
  error: string | undefined;
  onStart: (reason: string) => void;
  onClose: () => void;
};

/** Asks why an agent is taken out of service. */
export function MaintenanceDialog({ name, pending, error, onStart, onClose }: Props) {
  const form = useId();
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onStart(reason.trim());
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Take ${name} out of service`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={reason.trim() === ''}
            loading={pending}
          >
            Take out of service
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4">
        <p className="text-sm text-muted">
          Tasks under way go on. Messages and steps that want {name} wait until it is back; nothing
          is lost.
        </p>
        <Field label="Why" hint="Everybody who waits for it reads this." error={error}>
          <Input
            value={reason}
            maxLength={300}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
