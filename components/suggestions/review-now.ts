import { fromBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import type { DraftCopy } from '@/components/realtime/draft-status';
import { type Review, reviewChanges } from '@/lib/suggestions/review';
import type { SuggestionView } from '@/lib/suggestions/schema';
import { readDraft } from '@/lib/workflows/draft/draft';

/** A suggestion beside the draft as it stands in this copy. */
export function reviewNow(view: SuggestionView, { doc, draft }: DraftCopy): Review[] {
  const { catalogue } = draft;
  const together = new Y.Doc();
  Y.applyUpdate(together, Y.encodeStateAsUpdate(doc));
  Y.applyUpdate(together, fromBase64(view.update));
  const now = readDraft(doc, catalogue);
  const merged = readDraft(together, catalogue);
  together.destroy();
  return reviewChanges(view.changes, { now, merged, catalogue });
}
