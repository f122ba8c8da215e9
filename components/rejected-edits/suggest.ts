import { toBase64 } from 'lib0/buffer';
import { call } from '@/components/data/call';
import type { DraftCopy } from '@/components/realtime/draft-status';
import { createFork } from '@/components/realtime/fork';
import {
  changedElements,
  mergedWith,
  type RejectedEdits,
} from '@/components/realtime/offline-store/rejected';
import { transplant } from '@/components/realtime/transplant';
import { createSuggestion } from '@/lib/suggestions/contract';

/** Suggests rejected edits for the current draft. Throws when the draft already has all of them. */
export async function suggest(rejection: RejectedEdits, copy: DraftCopy): Promise<void> {
  const fork = createFork(copy);
  try {
    const from = mergedWith(rejection, copy.doc);
    if (from) transplant(from, fork.draft, changedElements(rejection.touched));
    const held = fork.held();
    if (!held) throw new Error('The draft already has all of these edits.');
    await call(createSuggestion, {
      params: { id: rejection.workflowId },
      body: {
        update: toBase64(held),
        status: 'open',
        title: 'Edits that could not be saved',
        note: `Made before ${new Date(rejection.at).toLocaleString('en-GB')}: ${rejection.why.words}.`,
      },
    });
  } finally {
    fork.close();
  }
}
