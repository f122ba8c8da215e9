import { toBase64 } from 'lib0/buffer';
import { call } from '@/components/data/call';
import type { DraftCopy } from '@/components/realtime/draft-status';
import { createFork } from '@/components/realtime/fork';
import {
  mergedWith,
  type SetAside,
  touchedOf,
} from '@/components/realtime/offline-store/set-aside';
import { transplant } from '@/components/realtime/transplant';
import { createSuggestion } from '@/lib/suggestions/contract';

/** Sends edits that were set aside as a suggestion for the draft as it stands. Throws when nothing of them is left to suggest. */
export async function suggest(aside: SetAside, copy: DraftCopy): Promise<void> {
  const fork = createFork(copy);
  try {
    const from = mergedWith(aside, copy.doc);
    if (from) transplant(from, fork.draft, touchedOf(aside.touched));
    const held = fork.held();
    if (!held) throw new Error('The draft already has all of these edits.');
    await call(createSuggestion, {
      params: { id: aside.workflowId },
      body: {
        update: toBase64(held),
        status: 'open',
        title: 'Edits that could not be saved',
        note: `Made before ${new Date(aside.at).toLocaleString('en-GB')}: ${aside.why.words}.`,
      },
    });
  } finally {
    fork.close();
  }
}
