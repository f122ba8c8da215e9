import { expect, test } from 'vitest';
import type { CommentThread } from './contract';
import { latestOf, newsOf } from './news';

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const thread = (minute: number, more: Partial<CommentThread> = {}): CommentThread => ({
  id: `thread-${minute}`,
  workflowId: 'w',
  anchor: { kind: 'workflow' },
  createdAt: at(0),
  updatedAt: at(minute),
  resolvedAt: null,
  resolvedBy: null,
  opening: {
    id: 'c',
    author: { id: 'ben', name: 'Ben' },
    body: 'Hm',
    mentions: [],
    createdAt: at(0),
    editedAt: null,
    deleted: false,
  },
  replies: 0,
  people: [],
  unread: true,
  ...more,
});
const place = () => 'Write note';

test('only what others wrote since is told, once, and many at once as a number', () => {
  const before = [thread(1), thread(3)];
  const after = latestOf(before);
  expect(newsOf(before, after, place)).toBe('');
  expect(newsOf([thread(4, { unread: false })], after, place)).toBe('');
  expect(newsOf([thread(4)], after, place)).toBe('Ben commented on Write note');
  expect(newsOf([thread(4, { replies: 2 })], after, place)).toBe('New reply on Write note');
  expect(
    newsOf(
      [4, 5, 6, 7].map((minute) => thread(minute)),
      after,
      place,
    ),
  ).toBe('4 comment threads have new comments');
  expect(newsOf([thread(1)], latestOf([]), place)).toBe('Ben commented on Write note');
});
