'use client';

import { useSession } from '../session';
import { Cursors } from './cursors';
import { Following } from './following';
import { useFollow, useTellView } from './use-shared-view';
import { useStatus } from './use-status';

/** The others on the canvas: their pointers, whom this person follows, and what this person tells of themself. */
export function Together() {
  const session = useSession();
  useStatus(session);
  useTellView(session);
  useFollow(session);
  return (
    <>
      <Cursors />
      <Following />
    </>
  );
}
