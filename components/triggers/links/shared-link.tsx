'use client';

import { ArrowUpRight } from 'lucide-react';
import { useState } from 'react';
import { useRotateSecret, useSharedLink } from '@/components/data/trigger-queries';
import { Button } from '@/components/ui/controls/button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { Skeleton } from '@/components/ui/display/skeleton';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import { Copied } from '../webhooks/copied';

type Props = {
  id: string;
  /** What the link opens, such as "form". */
  what: string;
  /** Others may not see the link, and must ask. */
  mayWrite: boolean;
};

/** The link of a form or a chat: to copy, to open, and to replace by a new one. */
export function SharedLink({ id, what, mayWrite }: Props) {
  const { data, error } = useSharedLink(id, mayWrite);
  const [asking, setAsking] = useState(false);
  const rotate = useRotateSecret();
  if (!mayWrite) {
    return <p className="text-xs text-faint">Editors can copy the link of this {what}.</p>;
  }
  if (error) {
    return (
      <p role="alert" className="text-xs text-danger">
        The link could not be loaded: {error.message}
      </p>
    );
  }
  if (!data) return <Skeleton className="h-14" />;
  return (
    <div className="flex flex-col gap-2">
      <Copied label="Link" value={data.url} />
      <div className="flex flex-wrap items-center gap-2">
        <Button asChild size="sm">
          <a href={data.url} target="_blank" rel="noreferrer">
            Open {what} <ArrowUpRight aria-hidden />
          </a>
        </Button>
        <Button size="sm" variant="ghost" onClick={() => setAsking(true)}>
          New link…
        </Button>
      </div>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title="Replace the link?"
        description={`The old link stops at once: whoever has it can no longer open the ${what}. Runs it started are kept.`}
        confirmLabel="Replace link"
        pending={rotate.isPending}
        onConfirm={() =>
          rotate.mutateAsync({ id }).then(
            () => void toast.success('The link was replaced'),
            (failure: unknown) => {
              toastError('The link was not replaced', failure);
              throw failure;
            },
          )
        }
      />
    </div>
  );
}
