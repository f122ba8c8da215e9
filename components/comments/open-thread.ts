import type { Session } from '@/components/session/session';
import type { CommentThread } from '@/lib/comments/contract';
import type { Anchor } from '@/lib/comments/schema';

type Commented = Pick<Session, 'comments' | 'actions'>;

/** Begins a thread about something: a field to write in opens beside it. */
export function startComment({ comments, actions }: Commented, anchor: Anchor): void {
  actions.pickTool('pointer');
  comments.set((now) => ({ ...now, open: { anchor } }));
}

/** Opens a thread; one that the list does not have yet is pinned at once. */
export function openThread({ comments }: Pick<Session, 'comments'>, thread: CommentThread): void {
  const open = { threadId: thread.id, anchor: thread.anchor };
  comments.set((now) => {
    const known = now.threads.some((each) => each.id === thread.id);
    const threads = known ? now.threads : [thread, ...now.threads];
    return { ...now, threads, open, detail: undefined };
  });
}

export function closeThread({ comments }: Pick<Session, 'comments'>): void {
  comments.set((now) => (now.open ? { ...now, open: undefined } : now));
}

/** Shows a thread in the panel, for what has no place on the canvas or no room beside it. */
export function showInPanel({ comments, actions }: Commented, threadId: string): void {
  comments.set((now) => ({ ...now, open: undefined, detail: threadId }));
  actions.openTab('comments');
}
