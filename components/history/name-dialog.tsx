'use client';

import { toBase64 } from 'lib0/buffer';
import { useState } from 'react';
import * as Y from 'yjs';
import { useNameRevision, useRenameRevision } from '@/components/data/history-queries';
import { useCanEdit, useLocal, useSession } from '@/components/session/session';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { toast } from '@/components/ui/controls/toast';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { StateEntry } from './states';

/** Asks for a name: of the draft as this person sees it, or of a state that was kept. */
export function NameDialog({ entry, onClose }: { entry?: StateEntry; onClose: () => void }) {
  const { workflowId, copy, announcement } = useSession();
  const create = useNameRevision(workflowId);
  const rename = useRenameRevision(workflowId);
  const before = entry?.kind === 'revision' ? entry.name : '';
  const [name, setName] = useState(before);
  const { isPending, error } = entry ? rename : create;
  const submit = () => {
    const given = name.trim();
    if (given === '' || isPending) return;
    const done = () => {
      toast.success(`“${given}” was saved in the history`);
      announcement.set(`Version ${given} is named`);
      onClose();
    };
    if (entry) rename.mutate({ revisionId: entry.id, name: given }, { onSuccess: done });
    else {
      const stateVector = toBase64(Y.encodeStateVector(copy.doc));
      create.mutate({ name: given, stateVector }, { onSuccess: done });
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="sm"
      title={before === '' ? 'Name this version' : 'Rename this version'}
      description="A named version stays in the history. Nothing goes live."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            loading={isPending}
            disabled={name.trim() === ''}
            onClick={submit}
          >
            Save
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field label="Name" {...(error ? { error: error.message } : {})}>
          <Input
            value={name}
            maxLength={200}
            placeholder="Before the new prompts"
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}

/** The dialog of Mod+S. */
export function NameVersion() {
  const { local } = useSession();
  const canEdit = useCanEdit();
  const open = useLocal((now) => now.naming === true);
  if (!open || !canEdit) return null;
  return <NameDialog onClose={() => local.set((now) => ({ ...now, naming: false }))} />;
}
