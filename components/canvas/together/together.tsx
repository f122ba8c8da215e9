'use client';

import { useSession } from '../session';
import { Cursors } from './cursors';
import { Following } from './following';
import { Ghosts } from './ghosts';
import { LockDialog } from './lock-dialog';
import { useNameOf } from './names';
import { useDeletions } from './use-deletions';
import { useLockHints } from './use-lock-hints';
import { useLostValues } from './use-lost-values';
import { useOthersEdits } from './use-others-edits';
import { useFollow, useTellView } from './use-shared-view';
import { useStatus } from './use-status';

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
