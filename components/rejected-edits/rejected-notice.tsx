'use client';

import { Archive } from 'lucide-react';
import type { ComponentProps } from 'react';
import { useState } from 'react';
import { useOpenDraft, useSession } from '@/components/session/session';
import { useActor } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { Tooltip } from '@/components/ui/controls/tooltip';
import { plural } from '@/components/ui/format';
import { later } from '@/components/ui/later';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { RejectedList as RejectedListPart } from './rejected-list';
import { useRejectedEdits } from './use-rejected-edits';

const RejectedList = later<ComponentProps<typeof RejectedListPart>>(
  () => import('./rejected-list').then((found) => found.RejectedList),
  () => null,
);

/** In the header, as long as there are edits that could not be saved: what they are, and what can be done with them. */
export function RejectedButton() {
  const { workflowId } = useSession();
  const rejections = useRejectedEdits(useActor().userId, workflowId);
  const [open, setOpen] = useState(false);
  if (rejections.length === 0) return null;
  const count = rejections.reduce((sum, rejection) => sum + rejection.count, 0);
  const label = `${plural(count, 'edit')} could not be saved`;
  return (
    <>
      <Tooltip label={`${label}. Kept in this browser.`}>
        <Button size="sm" aria-label={label} className="text-warning" onClick={() => setOpen(true)}>
          <Archive /> <span className="tabular max-lg:sr-only">{count} not saved</span>
        </Button>
      </Tooltip>
      <RejectedDialog open={open} onOpenChange={setOpen} />
    </>
  );
}

/** What is to be decided about edits that could not be saved. They stay until their author says otherwise. */
export function RejectedDialog(props: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { workflowId } = useSession();
  const draft = useOpenDraft();
  const rejections = useRejectedEdits(useActor().userId, workflowId);
  return (
    <Dialog
      {...props}
      open={props.open && rejections.length > 0}
      size="lg"
      title="Edits that could not be saved"
      description="They are kept in this browser until you decide. Nobody else sees them."
      footer={<Button onClick={() => props.onOpenChange(false)}>Keep for later</Button>}
    >
      <RejectedList rejections={rejections} draft={draft} />
    </Dialog>
  );
}
