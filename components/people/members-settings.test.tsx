import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import {
  changeRole,
  createInvitation,
  invitationSchema,
  listInvitations,
  listMembers,
  memberSchema,
  removeMember,
  revokeInvitation,
} from '@/lib/people/contract';
import { MembersSettings } from './members-settings';

const ada = sampleOf(memberSchema, { userId: 'ada', name: 'Ada Lovelace', role: 'admin' });
const grace = sampleOf(memberSchema, {
  userId: 'grace',
  name: 'Grace Hopper',
  email: 'grace@example.com',
  role: 'viewer',
});
const owner = sampleOf(memberSchema, { userId: 'olga', name: 'Olga', role: 'owner' });

test('lets nobody below an admin change roles or invite', async () => {
  api.on(listMembers, { items: [ada, grace] });
  show(<MembersSettings />, { role: 'editor' });
  expect(await screen.findByText('Grace Hopper')).toBeTruthy();
  expect(screen.getByText('Viewer')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Invite' })).toBeNull();
  expect(screen.queryByRole('combobox')).toBeNull();
  expect(api.asked(listInvitations)).toEqual([]);
});

test('changes a role, and leaves owners to owners', async () => {
  api.on(listMembers, { items: [ada, grace, owner] });
  api.on(changeRole, ({ body }) => ({ ...grace, role: body.role }));
  const { user } = show(<MembersSettings />, { role: 'admin' });
  await user.click(await screen.findByRole('combobox', { name: 'Role of Grace Hopper' }));
  expect(screen.queryByRole('option', { name: /Owner/ })).toBeNull();
  await user.click(screen.getByRole('option', { name: /Editor/ }));
  expect(await screen.findByText('Grace Hopper is now editor')).toBeTruthy();
  expect(api.asked(changeRole)).toMatchObject([
    { params: { userId: 'grace' }, body: { role: 'editor' } },
  ]);
  expect(screen.queryByRole('combobox', { name: 'Role of Olga' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Remove Ada Lovelace' })).toBeNull();
});

test('removes a member after asking, and says why that did not work', async () => {
  api.on(listMembers, { items: [ada, grace] });
  api.refuse(removeMember, 'conflict', 'They are the last owner.');
  const { user } = show(<MembersSettings />, { role: 'admin' });
  await user.click(await screen.findByRole('button', { name: 'Remove Grace Hopper' }));
  const dialog = await screen.findByRole('alertdialog', { name: 'Remove Grace Hopper?' });
  await user.click(within(dialog).getByRole('button', { name: 'Remove member' }));
  expect(await screen.findByText('They are the last owner.')).toBeTruthy();
  expect(screen.getByRole('alertdialog')).toBeTruthy();
  api.on(removeMember, { userId: 'grace' });
  await user.click(screen.getByRole('button', { name: 'Remove member' }));
  await expect.poll(() => screen.queryByRole('alertdialog')).toBeNull();
  expect(api.asked(removeMember).map(({ params }) => params.userId)).toEqual(['grace', 'grace']);
});

test('invites somebody with a role, and shows the link once', async () => {
  api.on(listMembers, { items: [ada] });
  const { user } = show(<MembersSettings />, { role: 'admin' });
  await user.click(await screen.findByRole('button', { name: 'Invite' }));
  const send = screen.getByRole<HTMLButtonElement>('button', { name: 'Create link' });
  expect(send.disabled).toBe(true);
  api.refuse(createInvitation, 'invalid_input', 'The input is not valid.', {
    issues: [{ path: ['email'], message: 'enter an email address such as ada@example.com' }],
  });
  await user.type(screen.getByRole('textbox', { name: 'Email' }), 'grace@example.com');
  await user.click(screen.getByRole('combobox', { name: 'Role' }));
  await user.click(screen.getByRole('option', { name: /Commenter/ }));
  await user.click(send);
  expect(await screen.findByText(/enter an email address|not valid/i)).toBeTruthy();
  api.on(createInvitation, {
    ...sampleOf(invitationSchema, { email: 'grace@example.com' }),
    url: 'https://ensemble.example/invite/secret',
  });
  await user.click(screen.getByRole('button', { name: 'Create link' }));
  expect(await screen.findByRole('dialog', { name: 'Send this link' })).toBeTruthy();
  expect(screen.getByDisplayValue('https://ensemble.example/invite/secret')).toBeTruthy();
  expect(api.asked(createInvitation).at(-1)?.body).toEqual({
    email: 'grace@example.com',
    role: 'commenter',
  });
  await user.click(screen.getByRole('button', { name: 'Done' }));
  expect(screen.queryByDisplayValue('https://ensemble.example/invite/secret')).toBeNull();
});

test('revokes an invitation, or makes a new link for it', async () => {
  const invitation = sampleOf(invitationSchema, {
    id: 'i1',
    email: 'alan@example.com',
    role: 'editor',
    invitedBy: 'Ada',
  });
  api.on(listMembers, { items: [ada] });
  api.on(listInvitations, { items: [invitation] });
  api.on(createInvitation, { ...invitation, url: 'https://ensemble.example/invite/new' });
  api.on(revokeInvitation, { id: 'i1' });
  const { user } = show(<MembersSettings />, { role: 'admin' });
  await user.click(await screen.findByRole('button', { name: 'New link' }));
  const dialog = await screen.findByRole('dialog', { name: 'Send this link' });
  expect(within(dialog).getByText(/The earlier link no longer works/)).toBeTruthy();
  await user.click(within(dialog).getByRole('button', { name: 'Done' }));
  api.on(listInvitations, { items: [] });
  await user.click(
    screen.getByRole('button', { name: 'Revoke the invitation of alan@example.com' }),
  );
  expect(await screen.findByText('The link for alan@example.com was revoked')).toBeTruthy();
  await expect.poll(() => screen.queryByText('Invited')).toBeNull();
});

test('offers to load the members again', async () => {
  api.refuse(listMembers, 'forbidden', 'You left this workspace.');
  const { user } = show(<MembersSettings />);
  expect(await screen.findByText('The members could not be loaded')).toBeTruthy();
  api.on(listMembers, { items: [grace] });
  await user.click(screen.getByRole('button', { name: /try again|retry/i }));
  expect(await screen.findByText('Grace Hopper')).toBeTruthy();
});
