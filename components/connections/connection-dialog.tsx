'use client';

import { type FormEvent, useId, useState } from 'react';
import { useCreateConnection, useUpdateConnection } from '@/components/data/connection-queries';
import { Button } from '@/components/ui/controls/button';
import { toast } from '@/components/ui/controls/toast';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { Connection } from '@/lib/connections/contract';
import { draftOf, isIncomplete, newConnectionOf, settingsOf } from './connection-draft';
import { ConnectionFields } from './connection-fields';

type Props = {
  /** The one to change; without it a new one is added. */
  connection?: Connection;
  onSaved?: (connection: Connection) => void;
  onClose: () => void;
};

/** Adds or changes a connection; the secret lives in this form only until it is sent. */
export function ConnectionDialog({ connection, onSaved, onClose }: Props) {
  const form = useId();
  const [draft, setDraft] = useState(() => draftOf(connection));
  const create = useCreateConnection();
  const update = useUpdateConnection();
  const save = connection === undefined ? create : update;
  const done = (saved: Connection) => {
    toast.success(`${saved.name} was saved`);
    onSaved?.(saved);
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // It may stand in a form of its own: only this one is meant.
    event.stopPropagation();
    if (connection === undefined) {
      create.mutate(newConnectionOf(draft), { onSuccess: done });
      return;
    }
    const { name, secret } = draft;
    const change = { name: name.trim(), config: settingsOf(draft).config };
    update.mutate(
      { id: connection.id, ...change, ...(secret === '' ? {} : { secret }) },
      { onSuccess: done },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={connection === undefined ? 'Add a connection' : `Edit ${connection.name}`}
      description="The secret is stored encrypted, sent only to these hosts, and never shown again."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={isIncomplete(draft, connection === undefined)}
            loading={save.isPending}
          >
            Save
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4">
        <ConnectionFields
          draft={draft}
          isNew={connection === undefined}
          onChange={(part) => setDraft((now) => ({ ...now, ...part }))}
        />
        {save.error ? (
          <p role="alert" className="text-sm text-danger">
            {save.error.message}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
