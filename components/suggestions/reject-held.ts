import * as Y from 'yjs';
import type { DraftCopy } from '@/components/realtime/draft-status';
import { browserOfflineStore } from '@/components/realtime/offline-store/browser-offline-store';
import {
  changedIds,
  rejectedOfOrphaned,
  sizeOfIds,
} from '@/components/realtime/offline-store/rejected';
import { nothingChanged } from '@/components/realtime/transplant';
import type { Unsaved } from './unsaved';

/**
 * Rejects held edits that no suggestion of their author accepts any more: they are notified, and decide.
 * Says whether all of it lies on the disk.
 */
export async function rejectHeld(
  held: readonly Pick<Unsaved, 'held'>[],
  { doc, userId }: DraftCopy,
  workflowId: string,
  code: string,
): Promise<boolean> {
  if (held.length === 0) return true;
  const state = Y.encodeStateAsUpdate(doc);
  const base = { state, touched: changedIds(nothingChanged()) };
  const why = { code: code === 'forbidden' ? 'role' : 'refused', words: wordsOf(code) } as const;
  const edits = held.map((each) => ({ update: each.held }));
  const rejection = rejectedOfOrphaned(edits, [base], { workflowId, userId, why });
  if (!rejection) return true;
  const store = browserOfflineStore();
  await store.replace([], {
    rejections: [{ ...rejection, count: Math.max(1, sizeOfIds(rejection.touched)) }],
  });
  return store.health.get() === 'stored';
}

function wordsOf(code: string): string {
  if (code === 'forbidden') return 'your role no longer allows suggestions';
  if (code === 'not_found') return 'the workflow was deleted, or you no longer have access';
  return 'your suggestion was submitted, decided or withdrawn in the meantime';
}
