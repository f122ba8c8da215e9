'use client';

import { CommentPopover } from './comment-popover';
import { CommentSync } from './comment-sync';
import { CommentTool } from './comment-tool';

/** Everything of comments on the canvas but the pins, which stand inside of it. */
export function CommentLayer() {
  return (
    <>
      <CommentSync />
      <CommentTool />
      <CommentPopover />
    </>
  );
}
