'use client';

import { useMemo, useState } from 'react';
import { toastError } from '@/components/ui/controls/toast';
import { plural } from '@/components/ui/format';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import { diffDefinitions, isSame } from '@/lib/workflows/changes/diff';
import type { Definition } from '@/lib/workflows/schema';
import { keptState, type StateEntry, type StateRef, stateTitle } from './states';
import { useRestore } from './use-restore';

type Props = {
  state: StateRef;
  entry: StateEntry | undefined;
  definition: Definition;
  /** As it stands now. */
  draft: Definition;
  onClose: () => void;
  onDone: () => void;
};

/** Says what restoring would change, and asks. */
export function RestoreDialog({ state, entry, definition, draft, onClose, onDone }: Props) {
  const restore = useRestore();
  const [pending, setPending] = useState(false);
  const diff = useMemo(() => diffDefinitions(draft, definition), [draft, definition]);
  const title = entry ? stateTitle(entry) : 'This state';
  const named = entry?.kind === 'revision' && entry.name === '' ? 'this state' : `“${title}”`;
  const count = (change: 'added' | 'removed' | 'changed') =>
    diff.elements.filter((each) => each.part === 'nodes' && each.change === change).length;
  const parts = [
    count('changed') > 0 ? `${plural(count('changed'), 'step')} changed` : '',
    count('added') > 0 ? `${plural(count('added'), 'step')} back` : '',
    count('removed') > 0 ? `${plural(count('removed'), 'step')} removed` : '',
  ].filter((part) => part !== '');
  return (
    <AlertDialog
      open
      onOpenChange={onClose}
      danger={false}
      title={`Restore ${named}?`}
      confirmLabel="Restore"
      pending={pending}
      description={
        isSame(diff) ? (
          <p>The draft is already identical.</p>
        ) : (
          <>
            <p>
              The draft is set back to this state
              {parts.length > 0 ? `: ${parts.join(', ')}` : ''}. Everyone who has it open sees the
              change immediately.
            </p>
            <p className="mt-1">
              The current draft is saved in the history, and you can undo this.
            </p>
          </>
        )
      }
      onConfirm={async () => {
        const from = keptState(state);
        if (!from) return;
        setPending(true);
        try {
          await restore(
            from,
            entry?.kind === 'revision' && entry.name === '' ? 'An earlier state' : title,
          );
          onDone();
        } catch (error) {
          toastError('It could not be restored', error);
          throw error;
        } finally {
          setPending(false);
        }
      }}
    />
  );
}
