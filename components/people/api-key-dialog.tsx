'use client';

import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { Dialog } from '@/components/ui/overlays/dialog';
import { fieldErrors } from './fields/field-errors';
import { FormError } from './fields/form-error';
import { SecretField } from './fields/secret-field';
import { useCreateApiKey } from './people-mutations';

const lifetimes = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'One year' },
  { value: 'none', label: 'Until revoked' },
];

/** Asks for a name and a lifetime, then shows the key, this once. */
export function ApiKeyDialog({ onClose }: { onClose: () => void }) {
  const form = useId();
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const create = useCreateApiKey();
  const { byField, whole } = fieldErrors(create.error, ['name']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ name, ...(days === 'none' ? {} : { expiresInDays: Number(days) }) });
  };
  const close = (open: boolean) => {
    if (!open) onClose();
  };
  if (create.data) {
    return (
      <Dialog
        open
        onOpenChange={close}
        title="Copy the key now"
        description="Only a hash is stored: the key cannot be shown again."
        footer={
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        }
      >
        <SecretField label={create.data.name} text={create.data.key} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={close}
      size="sm"
      title="New API key"
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
            Create key
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4" noValidate>
        <FormError>{whole}</FormError>
        <Field label="Name" hint="What will use it." error={byField.name}>
          <Input
            value={name}
            autoFocus
            maxLength={100}
            placeholder="Nightly report"
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label="Valid for">
          <Select value={days} onValueChange={setDays} options={lifetimes} />
        </Field>
      </form>
    </Dialog>
  );
}
