'use client';

import { type FormEvent, useId, useState } from 'react';
import { useUpdateService } from '@/components/data/service-queries';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { toast } from '@/components/ui/controls/toast';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { Service } from '@/lib/services/contract';
import { ConnectionSelect } from './connection-select';

type Props = { service: Service; onClose: () => void };

/** Renames a service, or says where it is and as whom it is called. */
export function EditService({ service, onClose }: Props) {
  const form = useId();
  const [name, setName] = useState(service.name);
  const [serverUrl, setServerUrl] = useState(service.serverUrl);
  const [connection, setConnection] = useState(service.connection ?? '');
  // As it was when it was opened: it may change behind the dialog.
  const [was] = useState({
    ...{ name: service.name, serverUrl: service.serverUrl, connection: service.connection },
  });
  const update = useUpdateService();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const change = {
      ...(name.trim() === was.name ? {} : { name: name.trim() }),
      ...(serverUrl.trim() === was.serverUrl ? {} : { serverUrl: serverUrl.trim() }),
      ...(connection === (was.connection ?? '') ? {} : { connection: connection || null }),
    };
    update.mutate(
      { id: service.id, ...change, was },
      {
        onSuccess: (saved) => {
          toast.success(`${saved.name} was saved`);
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
      title={`Edit ${service.name}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={name.trim() === '' || serverUrl.trim() === ''}
            loading={update.isPending}
          >
            Save
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4">
        <Field label="Name" hint="Steps refer to it by this name.">
          <Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Server" hint="Operations are called below this address.">
          <Input
            type="url"
            value={serverUrl}
            spellCheck={false}
            onChange={(event) => setServerUrl(event.target.value)}
          />
        </Field>
        <Field label="Connection" hint="New steps begin with it.">
          <ConnectionSelect value={connection} onChange={setConnection} />
        </Field>
        {update.error ? (
          <p role="alert" className="text-sm text-danger">
            {update.error.message}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
