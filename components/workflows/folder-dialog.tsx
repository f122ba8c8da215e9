'use client';

import { useState } from 'react';
import { useMoveFolder } from '@/components/data/workflow-queries';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { toast } from '@/components/ui/controls/toast';
import { plural } from '@/components/ui/format';
import { Dialog } from '@/components/ui/overlays/dialog';
import { folderProblem, maxFolderLength, tidyFolder } from '@/lib/workflows/organise/folder';

type Props = { folder: string; onClose: () => void; onMoved: (to: string) => void };

/** Renames a folder or moves it, with all that is in it. */
export function FolderDialog({ folder, onClose, onMoved }: Props) {
  const [path, setPath] = useState(folder);
  const move = useMoveFolder();
  const to = tidyFolder(path);
  const problem = to === '' ? 'enter a name' : folderProblem(path);
  const send = () =>
    move.mutate(
      { from: folder, to },
      {
        onSuccess: ({ moved }) => {
          toast.success(`The folder is called “${to}” now`, {
            description: `${plural(moved, 'workflow')} moved with it.`,
          });
          onMoved(to);
          onClose();
        },
      },
    );
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="sm"
      title={`Rename or move “${folder}”`}
      description="Everything in it comes along. A folder that is there already is joined."
      footer={
        <Button
          variant="primary"
          loading={move.isPending}
          disabled={problem !== undefined || to === folder}
          onClick={send}
        >
          Move folder
        </Button>
      }
    >
      <Field
        label="Path"
        hint="Names from the top down, with / between them."
        error={problem ?? move.error?.message}
      >
        <Input
          value={path}
          maxLength={maxFolderLength}
          onChange={(event) => setPath(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && problem === undefined && to !== folder) send();
          }}
        />
      </Field>
    </Dialog>
  );
}
