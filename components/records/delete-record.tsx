'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/controls/button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';

type Props = {
  name: string;
  /** What kind of thing it is, in one word. */
  what: string;
  /** What is lost with it. */
  description: string;
  /** It is being deleted, or what is lost is not known yet. */
  pending: boolean;
  onDelete: () => Promise<unknown>;
  /** The dialog opens. */
  onAsk?: () => void;
};

/** A button that deletes something of a list after saying what is lost with it. */
export function DeleteRecord({ name, what, description, pending, onDelete, onAsk }: Props) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Delete ${name}`}
        onClick={() => {
          onAsk?.();
          setAsking(true);
        }}
      >
        Delete
      </Button>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${name}?`}
        description={description}
        confirmLabel={`Delete ${what}`}
        pending={pending}
        onConfirm={() =>
          onDelete().then(
            () => toast.success(`${name} was deleted`),
            (error: unknown) => {
              toastError(`The ${what} was not deleted`, error);
              throw error;
            },
          )
        }
      />
    </>
  );
}
