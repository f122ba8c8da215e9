'use client';

import { useQueryClient } from '@tanstack/react-query';
import { toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import { call } from '@/components/data/call';
import type { KeptState } from '@/components/data/history-queries';
import { keys } from '@/components/data/queries';
import { useSession } from '@/components/session/session';
import { toast } from '@/components/ui/controls/toast';
import { beginRestore } from '@/lib/history/contract';
import { restoreDraft } from '@/lib/workflows/changes/restore';

/** Restores a kept state as an edit of this person's own copy: others see it at once, and it can be undone. */
export function useRestore(): (from: KeptState, title: string) => Promise<void> {
  const session = useSession();
  const client = useQueryClient();
  return async (from, title) => {
    const { workflowId, copy, announcement } = session;
    const stateVector = toBase64(Y.encodeStateVector(copy.doc));
    const { definition } = await call(beginRestore, {
      params: { id: workflowId },
      body: { from, stateVector },
    });
    const origin = 'version' in from ? (`v${from.version}` as const) : from.revisionId;
    copy.through(`restore:${origin}`, () => restoreDraft(copy.draft, definition));
    copy.draft.onEdit?.(undefined);
    const step = copy.undo.undoStack.at(-1);
    announcement.set(`${title} was restored`);
    void client.invalidateQueries({ queryKey: [...keys.history] });
    toast.success(`${title} was restored`, {
      duration: 10_000,
      action: {
        label: 'Undo',
        onClick: () => {
          // What this person did since is undone first, by them: never more than the restore at a press.
          if (copy.undo.undoStack.at(-1) === step) copy.undo.undo();
          else
            toast('You have made newer edits', {
              description: 'Undo your later edits first (Mod+Z).',
            });
        },
      },
    });
  };
}
