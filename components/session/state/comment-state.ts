import { createObservable, type WritableObservable } from '@/components/observable/observable';
import type { CommentThread, ThreadStatus } from '@/lib/comments/contract';
import type { Anchor } from '@/lib/comments/schema';

/** A thread that is open beside its pin, or one that is being started. */
export type OpenComment =
  | { threadId: string; anchor: Anchor }
  | { threadId?: undefined; anchor: Anchor };

/** The comments of one open editor: what is pinned to the canvas, and what this person looks at. */
export type CommentsState = {
  threads: readonly CommentThread[];
  counts: { open: number; resolved: number; unread: number };
  /** Which threads are shown, on the canvas and in the panel. */
  status: ThreadStatus;
  open?: OpenComment | undefined;
  /** The thread that the panel shows instead of its list. */
  detail?: string | undefined;
};

export type ObservableComments = WritableObservable<CommentsState>;

export function createCommentsState(): ObservableComments {
  return createObservable<CommentsState>({
    threads: [],
    counts: { open: 0, resolved: 0, unread: 0 },
    status: 'open',
  });
}
