import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { openEditor } from '@/components/testing/editor';
import { idOf, sampleMoment, sampleOf } from '@/components/testing/sample';
import {
  commentSchema,
  deleteComment,
  editComment,
  getComments,
  listComments,
  type OpenThread,
  openThreadSchema,
  readComments,
  replyComment,
  resolveComments,
  startComments,
} from '@/lib/comments/contract';
import { listMembers, memberSchema } from '@/lib/people/contract';
import { templateDefinition } from '@/lib/templates/define-template';
import approval from '@/lib/templates/human-approval';

const definition = templateDefinition(approval);
const grace = { id: 'grace', name: 'Grace Hopper' };
const me = { id: 'ada', name: 'Ada Lovelace' };
const theirs = sampleOf(commentSchema, {
  id: idOf(11),
  author: grace,
  body: 'Is this **right**?',
  createdAt: sampleMoment,
});
const mine = { ...theirs, id: idOf(12), author: me, body: 'I think so' };
const thread: OpenThread = sampleOf(openThreadSchema, {
  id: idOf(10),
  anchor: { kind: 'node', nodeId: 'check', label: 'Check the policy' },
  opening: theirs,
  comments: [theirs, mine],
  replies: 1,
  people: [grace, me],
  unread: true,
});
const { comments: _, ...listed } = thread;
const counts = { open: 1, resolved: 0, unread: 1 };

async function openComments(role?: 'viewer') {
  const opened = await openEditor(definition, role ? { role } : {});
  api.on(listComments, { items: [listed], counts });
  api.on(getComments, thread);
  api.on(readComments, { id: thread.id });
  await opened.client.invalidateQueries();
  await opened.user.click(screen.getByRole('tab', { name: /Comments/ }));
  return opened;
}

const openThread = async (user: Awaited<ReturnType<typeof openEditor>>['user']) => {
  const list = await screen.findByRole('list', { name: 'Comment threads' });
  await user.click(within(list).getAllByRole('button')[0] as HTMLElement);
  return screen.findByRole('list', { name: 'Comments' });
};

test('lists threads with their place, and marks one as read by opening it', async () => {
  const { user } = await openComments();
  const list = await screen.findByRole('list', { name: 'Comment threads' });
  expect(list.textContent).toContain('Grace Hopper');
  const comments = await openThread(user);
  expect(within(comments).getByText('right')).toBeTruthy();
  await expect
    .poll(() => api.asked(readComments))
    .toMatchObject([{ params: { id: thread.id }, body: { at: sampleMoment } }]);
});

test('starts a thread, and keeps the text when that failed', async () => {
  const { user } = await openComments();
  api.refuse(startComments, 'too_many_requests', 'Wait a minute.');
  const box = await screen.findByRole('textbox', { name: 'New comment' });
  await user.type(box, 'Why so?');
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(await screen.findByText('Wait a minute.')).toBeTruthy();
  expect((box as HTMLTextAreaElement).value).toBe('Why so?');
  api.on(startComments, thread);
  await user.keyboard('{Control>}{Enter}{/Control}');
  await expect.poll(() => (box as HTMLTextAreaElement).value).toBe('');
  expect(api.asked(startComments).at(-1)?.body).toMatchObject({
    anchor: { kind: 'workflow' },
    body: 'Why so?',
  });
});

test('mentions a person who is chosen from the list', async () => {
  api.on(listMembers, {
    items: [
      sampleOf(memberSchema, { userId: 'grace', name: 'Grace Hopper' }),
      sampleOf(memberSchema, { userId: 'gary', name: 'Gary' }),
    ],
  });
  const { user } = await openComments();
  api.on(startComments, thread);
  const box = await screen.findByRole('textbox', { name: 'New comment' });
  await user.type(box, 'Ask @gra');
  const names = await screen.findByRole('listbox', { name: 'People' });
  expect(within(names).getAllByRole('option')).toHaveLength(1);
  await user.keyboard('{Enter}now');
  expect((box as HTMLTextAreaElement).value).toContain('now');
  await user.click(screen.getByRole('button', { name: 'Send' }));
  await expect.poll(() => api.asked(startComments)[0]?.body.body).toContain('grace');
});

test('replies, changes and deletes one’s own comment, and nobody else’s', async () => {
  const { user } = await openComments();
  await openThread(user);
  const menus = screen.getAllByRole('button', { name: 'More' });
  expect(menus).toHaveLength(1);
  const reply = { ...mine, id: idOf(13), body: 'Done' };
  api.on(replyComment, { ...thread, comments: [...thread.comments, reply] });
  await user.type(screen.getByRole('textbox', { name: 'Reply' }), 'Done');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await expect.poll(() => api.asked(replyComment)[0]?.body).toEqual({ body: 'Done' });
  const edited = { ...mine, body: 'I am sure', editedAt: sampleMoment };
  api.on(editComment, { ...thread, comments: [theirs, edited] });
  api.on(getComments, { ...thread, comments: [theirs, edited] });
  await user.click(screen.getAllByRole('button', { name: 'More' })[0] as HTMLElement);
  await user.click(await screen.findByRole('menuitem', { name: 'Edit' }));
  const box = await screen.findByRole('textbox', { name: 'Edit the comment' });
  await user.clear(box);
  await user.type(box, 'I am sure');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('I am sure')).toBeTruthy();
  api.on(deleteComment, { id: mine.id, threadDeleted: false });
  await user.click(screen.getAllByRole('button', { name: 'More' })[0] as HTMLElement);
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
  const dialog = await screen.findByRole('alertdialog', { name: 'Delete this comment?' });
  await user.click(within(dialog).getByRole('button', { name: 'Delete' }));
  await expect
    .poll(() => api.asked(deleteComment))
    .toMatchObject([{ params: { id: thread.id, commentId: mine.id } }]);
});

test('resolves a thread, and says why that failed', async () => {
  const { user } = await openComments();
  await openThread(user);
  api.refuse(resolveComments, 'forbidden', 'Not yours.');
  await user.click(screen.getByRole('button', { name: 'Resolve' }));
  expect(await screen.findByText('Not yours.')).toBeTruthy();
  api.on(resolveComments, { ...thread, resolvedAt: sampleMoment, resolvedBy: me });
  await user.click(screen.getByRole('button', { name: 'Resolve' }));
  await expect.poll(() => screen.queryByRole('list', { name: 'Comments' })).toBeNull();
  expect(api.asked(resolveComments).at(-1)?.body).toEqual({ resolved: true });
});

test('filters threads by what is asked', async () => {
  const { user } = await openComments();
  await screen.findByRole('list', { name: 'Comment threads' });
  api.on(listComments, { items: [], counts });
  await user.click(screen.getByRole('button', { name: 'Mentions' }));
  expect(await screen.findByText('No matching comments')).toBeTruthy();
  expect(api.asked(listComments).at(-1)?.query).toMatchObject({ mentions: true, status: 'open' });
});

test('offers viewers no field to write', async () => {
  await openComments('viewer');
  await screen.findByRole('list', { name: 'Comment threads' });
  expect(screen.queryByRole('textbox', { name: 'New comment' })).toBeNull();
});
