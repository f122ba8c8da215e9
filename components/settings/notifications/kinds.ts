import type { NotificationKind } from '@/lib/notifications/contract';

/** Kinds of notifications as people choose among them. */
export const kindWords: Record<NotificationKind, { title: string; text: string }> = {
  mentioned: { title: 'Mentions', text: 'Somebody names you in a comment.' },
  replied: { title: 'Replies', text: 'Somebody answers in a thread that you wrote in.' },
  resolved: { title: 'Resolved threads', text: 'Somebody resolves a thread that you started.' },
  suggestion: { title: 'Reviewed suggestions', text: 'A suggestion of yours was decided.' },
  asked: { title: 'Approvals and questions', text: 'A run waits for your answer.' },
  failed: { title: 'Failed runs', text: 'A live run that you started or published failed.' },
  waiting: { title: 'Runs that wait for help', text: 'No agent fits, or one is in maintenance.' },
  budget: { title: 'Budgets', text: 'A budget passes its warning mark.' },
};

/** What a delivery was about, a test included. */
export const eventWords = (event: string): string => {
  const words: Record<string, { title: string } | undefined> = kindWords;
  return event === 'test' ? 'Test' : (words[event]?.title ?? event);
};
