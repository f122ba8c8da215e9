import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import {
  acceptInvitation,
  apiKeySchema,
  createApiKey,
  createOwner,
  deleteApiKey,
  getWorkspace,
  leaveWorkspace,
  listApiKeys,
  listMembers,
  memberSchema,
  personSchema,
  renameWorkspace,
  signUp,
  workspaceSchema,
} from '@/lib/people/contract';
import { listSessions } from '@/lib/people/profile';
import { AcceptInvitation } from './accept-invitation';
import { ApiKeysSettings } from './api-keys-settings';
import { ProfileSettings } from './profile/profile-settings';
import { SetUpForm } from './set-up-form';
import { SignInForm } from './sign-in-form';
import { SignUpForm } from './sign-up-form';
import { WorkspaceSettings } from './workspace-settings';

const workspace = sampleOf(workspaceSchema, { name: 'Acme', slug: 'acme', role: 'admin' });
const user1 = sampleOf(personSchema, { name: 'Ada' });

test('signs in, and says what was wrong', async () => {
  const sent: unknown[] = [];
  let answer = () => Response.json({ code: 'INVALID_EMAIL_OR_PASSWORD' }, { status: 401 });
  api.raw('POST /api/auth/sign-in/email', (body) => {
    sent.push(JSON.parse(body));
    return answer();
  });
  const { user } = show(<SignInForm next="/runs" />);
  const enter = screen.getByRole<HTMLButtonElement>('button', { name: 'Sign in' });
  expect(enter.disabled).toBe(true);
  await user.type(screen.getByRole('textbox', { name: 'Email' }), ' ada@example.com ');
  await user.type(screen.getByLabelText('Password'), 'wrong horse{Enter}');
  expect((await screen.findByRole('alert')).textContent).toContain('Wrong email or password.');
  answer = () => Response.json({}, { status: 429, headers: { 'retry-after': '30' } });
  await user.click(enter);
  expect(await screen.findByText(/Wait 30 seconds/)).toBeTruthy();
  answer = () => Response.json({});
  await user.click(enter);
  await expect.poll(() => screen.queryByRole('alert')).toBeNull();
  expect(sent).toEqual(Array(3).fill({ email: 'ada@example.com', password: 'wrong horse' }));
  expect(enter.disabled).toBe(true);
});

test('shows a password only when asked to', async () => {
  const { user } = show(<SignInForm next="/" email="ada@example.com" />);
  const input = screen.getByLabelText<HTMLInputElement>('Password');
  expect(input.type).toBe('password');
  await user.click(screen.getByRole('button', { name: 'Show password' }));
  expect(input.type).toBe('text');
  await user.click(screen.getByRole('button', { name: 'Hide password' }));
  expect(input.type).toBe('password');
});

test('sets the product up with the printed code', async () => {
  api.refuse(createOwner, 'forbidden', 'The set-up code is not right.');
  const { user } = show(<SetUpForm codeNeeded code="" />);
  await user.type(screen.getByRole('textbox', { name: 'Set-up code' }), 'abc');
  await user.type(screen.getByRole('textbox', { name: 'Your name' }), 'Ada');
  await user.type(screen.getByRole('textbox', { name: 'Email' }), 'ada@example.com');
  await user.type(screen.getByLabelText('Password'), 'correct horse');
  await user.type(screen.getByRole('textbox', { name: 'Workspace' }), 'Acme');
  await user.click(screen.getByRole('button', { name: 'Create account and workspace' }));
  expect((await screen.findByRole('alert')).textContent).toContain('The set-up code is not right.');
  expect(api.asked(createOwner)[0]?.body).toEqual({
    name: 'Ada',
    email: 'ada@example.com',
    password: 'correct horse',
    workspaceName: 'Acme',
    code: 'abc',
  });
});

test('joins by an invitation, with a new account or an old one', async () => {
  api.on(signUp, { user: user1, workspace });
  api.on(acceptInvitation, workspace);
  const { user, change } = show(<SignUpForm invitationId="i1" email="ada@example.com" />);
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Email' }).readOnly).toBe(true);
  await user.type(screen.getByRole('textbox', { name: 'Your name' }), 'Ada');
  await user.type(screen.getByLabelText('Password'), 'correct horse');
  await user.click(screen.getByRole('button', { name: 'Create account and join' }));
  await expect
    .poll(() => api.asked(signUp))
    .toMatchObject([{ params: { id: 'i1' }, body: { name: 'Ada', password: 'correct horse' } }]);
  change(<AcceptInvitation id="i2" workspaceName="Acme" />);
  await user.click(screen.getByRole('button', { name: 'Join Acme' }));
  await expect.poll(() => api.asked(acceptInvitation)).toMatchObject([{ params: { id: 'i2' } }]);
});

test('makes an API key, which is shown once, and revokes one', async () => {
  const old = sampleOf(apiKeySchema, { id: 'k1', name: 'Nightly', ownerId: 'ada' });
  const { user } = show(<ApiKeysSettings />);
  expect(await screen.findByText('No key yet')).toBeTruthy();
  api.on(createApiKey, { ...old, key: 'ens_secret' });
  api.on(listApiKeys, { items: [old] });
  await user.click(screen.getAllByRole('button', { name: 'New key' })[0] as HTMLElement);
  await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Nightly');
  await user.click(screen.getByRole('combobox', { name: 'Valid for' }));
  await user.click(screen.getByRole('option', { name: 'Until revoked' }));
  await user.click(screen.getByRole('button', { name: 'Create key' }));
  expect(await screen.findByDisplayValue('ens_secret')).toBeTruthy();
  expect(api.asked(createApiKey).map(({ body }) => body)).toEqual([{ name: 'Nightly' }]);
  await user.click(screen.getByRole('button', { name: 'Done' }));
  api.on(deleteApiKey, { id: 'k1' });
  await user.click(await screen.findByRole('button', { name: 'Revoke Nightly' }));
  await user.click(screen.getByRole('button', { name: 'Revoke key' }));
  await expect.poll(() => api.asked(deleteApiKey)).toMatchObject([{ params: { id: 'k1' } }]);
});

test('renames the workspace, for those who may', async () => {
  api.on(getWorkspace, workspace);
  api.on(renameWorkspace, ({ body }) => ({ ...workspace, name: body.name }));
  const { user, visited } = show(<WorkspaceSettings />, { role: 'admin' });
  const name = await screen.findByDisplayValue('Acme');
  const rename = screen.getByRole<HTMLButtonElement>('button', { name: 'Rename' });
  expect(rename.disabled).toBe(true);
  await user.clear(name);
  await user.type(name, 'Acme research');
  api.on(getWorkspace, { ...workspace, name: 'Acme research' });
  await user.click(rename);
  expect(await screen.findByText('Renamed')).toBeTruthy();
  expect(api.asked(renameWorkspace)[0]?.body).toEqual({ name: 'Acme research' });
  expect(visited).toEqual(['refresh']);
});

test('changes a password, and says how many API keys go on', async () => {
  api.on(listSessions, { items: [], twoFactor: false });
  const sent: unknown[] = [];
  api.raw('POST /api/auth/change-password', (body) => {
    sent.push(JSON.parse(body));
    return Response.json({ apiKeys: 2 });
  });
  const { user } = show(<ProfileSettings />, { role: 'viewer' });
  await user.click(await screen.findByRole('button', { name: 'Change password' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Change password' }));
  await user.type(dialog.getByLabelText('Current password'), 'old one');
  await user.type(dialog.getByLabelText('New password'), 'short');
  const submit = dialog.getByRole<HTMLButtonElement>('button', { name: 'Change password' });
  expect(submit.disabled).toBe(true);
  await user.type(dialog.getByLabelText('New password'), ' and longer');
  await user.click(submit);
  expect(await screen.findByText(/2 API keys still work/)).toBeTruthy();
  expect(sent).toEqual([
    { currentPassword: 'old one', newPassword: 'short and longer', revokeApiKeys: false },
  ]);
});

test('who may not manage the workspace reads its name', async () => {
  api.on(getWorkspace, workspace);
  show(<WorkspaceSettings />, { role: 'viewer' });
  expect(await screen.findByText('Only admins and owners can rename it.')).toBeTruthy();
});

test('tells the only owner what to do before leaving', async () => {
  api.on(getWorkspace, workspace);
  const only = sampleOf(memberSchema, { userId: 'ada', role: 'owner' });
  api.on(listMembers, { items: [only] });
  show(<WorkspaceSettings />, { role: 'owner' });
  expect(await screen.findByText(/You are its only owner/)).toBeTruthy();
  const link = screen.getByRole('link', { name: 'Open members' });
  expect(link.getAttribute('href')).toBe('/settings/members');
  expect(screen.queryByRole('button', { name: 'Leave' })).toBeNull();
});

test('leaves the workspace only after asking', async () => {
  api.on(getWorkspace, workspace);
  const owners = ['ada', 'ben'].map((userId) => sampleOf(memberSchema, { userId, role: 'owner' }));
  api.on(listMembers, { items: owners });
  api.refuse(leaveWorkspace, 'conflict', 'The last owner cannot leave.');
  const { user } = show(<WorkspaceSettings />);
  await user.click(await screen.findByRole('button', { name: 'Leave' }));
  expect(api.asked(leaveWorkspace)).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Leave workspace' }));
  expect(await screen.findByText('The last owner cannot leave.')).toBeTruthy();
});
