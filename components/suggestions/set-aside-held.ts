import * as Y from 'yjs';
import type { DraftCopy } from '@/components/realtime/draft-status';
import { browserKeep } from '@/components/realtime/offline-store/browser-keep';
import { idsOf, setAsideOfLeft, sizeOfIds } from '@/components/realtime/offline-store/set-aside';
import { nothingTouched } from '@/components/realtime/transplant';
import type { Unsaved } from './unsaved';

/**
 * Leaves held-back edits, which no suggestion of their author takes any more, to them: they are told, and decide.
 * Says whether all of it lies on the disk.
 */
export async function setAsideHeld(
  held: readonly Pick<Unsaved, 'held'>[],
  { doc, userId }: DraftCopy,
  workflowId: string,
  code: string,
): Promise<boolean> {
  if (held.length === 0) return true;
  const state = Y.encodeStateAsUpdate(doc);
  const base = { state, touched: idsOf(nothingTouched()) };
  const why = { code: code === 'forbidden' ? 'role' : 'refused', words: wordsOf(code) } as const;
  const edits = held.map((each) => ({ update: each.held }));
  const aside = setAsideOfLeft(edits, [base], { workflowId, userId, why });
  if (!aside) return true;
  const keep = browserKeep();
  await keep.move([], { asides: [{ ...aside, count: Math.max(1, sizeOfIds(aside.touched)) }] });
  return keep.health.get() === 'kept';
}

function wordsOf(code: string): string {
  if (code === 'forbidden') return 'your role no longer allows suggestions';
  if (code === 'not_found') return 'the workflow was deleted, or you no longer have access';
  return 'your suggestion was submitted, decided or withdrawn in the meantime';
}
