'use client';

import { LockDialog } from '@/components/locks/lock-dialog';
import { useLockHints } from '@/components/locks/use-lock-hints';
import { Cursors } from '@/components/presence/cursors';
import { Following } from '@/components/presence/following';
import { Ghosts } from '@/components/presence/ghosts';
import { useNameOf } from '@/components/presence/names';
import { useDeletions } from '@/components/presence/use-deletions';
import { useLostValues } from '@/components/presence/use-lost-values';
import { useOthersEdits } from '@/components/presence/use-others-edits';
import { useFollow, useTellView } from '@/components/presence/use-shared-view';
import { useStatus } from '@/components/presence/use-status';
import { useSession } from '@/components/session/session';

/** The others on the canvas: their pointers, whom this person follows, and what this person tells of themself. */
export function Together() {
  const session = useSession();
  useStatus(session);
  useTellView(session);
  useFollow(session);
  useLockHints(session);
  const nameOf = useNameOf();
  useLostValues(session, nameOf);
  useDeletions(session, nameOf);
  useOthersEdits(session, nameOf);
  return (
    <>
      <Cursors />
      <Ghosts />
      <Following />
      <LockDialog />
    </>
  );
}
