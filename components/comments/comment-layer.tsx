'use client';

import { useObservable } from '@/components/observable/use-observable';
import { useSession } from '@/components/session/session';
import { later } from '@/components/ui/later';
import { CommentSync } from './comment-sync';
import { CommentTool } from './comment-tool';

const CommentPopover = later(
  () => import('./comment-popover').then((found) => found.CommentPopover),
  () => null,
);

/** Everything of comments on the canvas but the pins, which stand inside of it. */
export function CommentLayer() {
  const { comments } = useSession();
  const open = useObservable(comments, (now) => now.open !== undefined);
  return (
    <>
      <CommentSync />
      <CommentTool />
      {open ? <CommentPopover /> : null}
    </>
  );
}
