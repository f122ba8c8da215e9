'use client';

import { Archive } from 'lucide-react';
import { useState } from 'react';
import { useOpenDraft, useSession } from '@/components/session/session';
import { useActor } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { Tooltip } from '@/components/ui/controls/tooltip';
import { plural } from '@/components/ui/format';
import { Dialog } from '@/components/ui/overlays/dialog';
import { SetAsideList } from './set-aside-list';
import { useSetAside } from './use-set-aside';

/** In the header, as long as there are edits that could not be saved: what they are, and what can be done with them. */
export function SetAsideButton() {
  const { workflowId } = useSession();
  const asides = useSetAside(useActor().userId, workflowId);
  const [open, setOpen] = useState(false);
  if (asides.length === 0) return null;
  const count = asides.reduce((sum, aside) => sum + aside.count, 0);
  const label = `${plural(count, 'edit')} could not be saved`;
  return (
    <>
      <Tooltip label={`${label}. Kept in this browser.`}>
        <Button size="sm" aria-label={label} className="text-warning" onClick={() => setOpen(true)}>
          <Archive /> <span className="tabular max-lg:sr-only">{count} not saved</span>
        </Button>
      </Tooltip>
      <SetAsideDialog open={open} onOpenChange={setOpen} />
    </>
  );
}

/** What is to be decided about edits that could not be saved. They stay until their author says otherwise. */
export function SetAsideDialog(props: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { workflowId } = useSession();
  const draft = useOpenDraft();
  const asides = useSetAside(useActor().userId, workflowId);
  return (
    <Dialog
      {...props}
      open={props.open && asides.length > 0}
      size="lg"
      title="Edits that could not be saved"
      description="They are kept in this browser until you decide. Nobody else sees them."
      footer={<Button onClick={() => props.onOpenChange(false)}>Keep for later</Button>}
    >
      <SetAsideList asides={asides} draft={draft} />
    </Dialog>
  );
}
