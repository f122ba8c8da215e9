'use client';

import { type FormEvent, useId, useState } from 'react';
import {
  useCreateConnection,
  useTestConnection,
  useUpdateConnection,
} from '@/components/data/connection-queries';
import { Button } from '@/components/ui/controls/button';
import { toast } from '@/components/ui/controls/toast';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { Connection } from '@/lib/connections/contract';
import { connectionKinds } from '@/lib/connections/schema';
import {
  type ConnectionDraft,
  draftOf,
  isIncomplete,
  newConnectionOf,
  settingsOf,
} from './connection-draft';
import { ConnectionFields } from './connection-fields';
import { isTestable } from './testable';

type Props = {
  /** The one to change; without it a new one is added. */
  connection?: Connection;
  /** Kinds to choose from; all where it is absent. */
  kinds?: readonly string[] | undefined;
  /** What a new one begins with. */
  preset?: Partial<ConnectionDraft> | undefined;
  onSaved?: (connection: Connection) => void;
  onClose: () => void;
};

/** Adds or changes a connection; the secret lives in this form only until it is sent. */
export function ConnectionDialog({ connection, kinds, preset, onSaved, onClose }: Props) {
  const form = useId();
  const [draft, setDraft] = useState(() => ({
    ...draftOf(connection, firstOf(kinds)),
    ...preset,
  }));
  // The connection as this dialog shows it: somebody else may change it meanwhile.
  const [read] = useState(connection);
  const test = useTestConnection();
  const create = useCreateConnection();
  const update = useUpdateConnection();
  const save = connection === undefined ? create : update;
  const done = (saved: Connection) => {
    onSaved?.(saved);
    onClose();
    if (!isTestable(saved)) {
      toast.success(`${saved.name} was saved`);
      return;
    }
    // The dialog is closed by then: callbacks of `mutate` would never be called.
    test.mutateAsync(saved.id).then(
      ({ ok, message }) => {
        if (ok) toast.success(`${saved.name} was saved`, { description: message });
        else toast.error(`${saved.name} was saved, but its test failed`, { description: message });
      },
      () => toast.success(`${saved.name} was saved, but could not be tested`),
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // It may stand in a form of its own: only this one is meant.
    event.stopPropagation();
    if (read === undefined) {
      create.mutate(newConnectionOf(draft), { onSuccess: done });
      return;
    }
    const { name, secret, allowedWorkflowIds: workflows, allowedUserIds: people } = draft;
    const change = {
      ...{ name: name.trim(), config: settingsOf(draft).config },
      ...(workflows === read.allowedWorkflowIds ? {} : { allowedWorkflowIds: workflows }),
      ...(people === read.allowedUserIds ? {} : { allowedUserIds: people }),
      was: {
        ...{ name: read.name, config: read.config },
        ...{ allowedWorkflowIds: read.allowedWorkflowIds, allowedUserIds: read.allowedUserIds },
      },
    };
    update.mutate(
      { id: read.id, ...change, ...(secret === '' ? {} : { secret }) },
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
      description="The secret is stored encrypted, sent only to the hosts named here, and never shown again."
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
          kinds={kinds}
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

const firstOf = (kinds: readonly string[] | undefined) =>
  connectionKinds.find((kind) => kinds?.includes(kind));
