import type { CommentThread } from './contract';

/** What screen readers are told of threads in which others wrote after a moment; empty when nobody did. */
export function newsOf(
  threads: readonly CommentThread[],
  after: string,
  placeOf: (thread: CommentThread) => string,
): string {
  const fresh = threads.filter((thread) => thread.unread && thread.updatedAt > after);
  const [only] = fresh;
  if (!only) return '';
  if (fresh.length > 3) return `${fresh.length} comment threads have new comments`;
  return fresh
    .map((thread) =>
      thread.replies === 0
        ? `${thread.opening.author?.name ?? 'Somebody'} commented on ${placeOf(thread)}`
        : `New reply on ${placeOf(thread)}`,
    )
    .join('. ');
}

/** When somebody last wrote in any of them; empty without threads. */
export const latestOf = (threads: readonly CommentThread[]): string =>
  threads.reduce((latest, { updatedAt }) => (updatedAt > latest ? updatedAt : latest), '');
