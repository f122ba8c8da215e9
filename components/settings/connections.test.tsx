import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import {
  beginSignIn,
  type Connection,
  createConnection,
  deleteConnection,
  finishSignIn,
  listConnections,
  listConnectionUses,
  testConnection,
  updateConnection,
} from '@/lib/connections/contract';
import { listMembers, memberSchema } from '@/lib/people/contract';
import { listWorkflows, workflowSummarySchema } from '@/lib/workflows/contract';
import { Connections } from './connections';
import { SignInCallback } from './sign-in-callback';

const shop = {
  id: '7d3c4f0e-5f0b-4e0e-9b57-2f8f6f1f0a11',
  name: 'Shop',
  kind: 'bearer' as const,
  config: { hosts: ['api.example.com'], testUrl: 'https://api.example.com/me' },
  allowedWorkflowIds: null,
  allowedUserIds: null,
  createdBy: 'ada',
  createdAt: '2026-11-29T10:00:00.000Z',
  updatedAt: '2026-11-29T10:00:00.000Z',
  secretAt: '2026-11-29T10:00:00.000Z',
  lastUsedAt: null,
  signIn: null,
} satisfies Connection;
const orders = sampleOf(workflowSummarySchema, {
  id: '00000000-0000-4000-8000-000000000001',
  name: 'Orders',
});
const mail: Connection = {
  ...{ ...shop, id: '7d3c4f0e-5f0b-4e0e-9b57-2f8f6f1f0a12', name: 'Mail', kind: 'smtp' },
  config: {
    ...{ host: 'smtp.example.com', port: 465, security: 'tls', userName: 'ada' },
    from: 'Shop <shop@example.com>',
  },
};
const used = {
  workflowId: '00000000-0000-4000-8000-000000000001',
  workflowName: 'Orders',
  inDraft: true,
  inLive: true,
  steps: [{ id: 'call', name: 'Call' }],
};

test('lists connections to an editor, without anything to change', async () => {
  api.on(listConnections, { items: [shop] });
  api.on(listConnectionUses, { items: [{ id: shop.id, uses: [used] }] });
  show(<Connections />);
  expect(await screen.findByText('Shop')).toBeTruthy();
  expect(screen.getByText('api.example.com')).toBeTruthy();
  expect(await screen.findByText('in 1 workflow')).toBeTruthy();
  expect(screen.getByText(/never used/)).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
});

test('asks nothing for a viewer', async () => {
  show(<Connections />, { role: 'viewer' });
  expect(screen.getByText('Connections are shown to editors and admins.')).toBeTruthy();
  expect(api.asked(listConnections)).toEqual([]);
});

test('says that the list could not be loaded, and tries again', async () => {
  api.refuse(listConnections, 'unavailable', 'Not now.');
  const { user } = show(<Connections />, { role: 'admin' });
  expect(await screen.findByText('The connections could not be loaded')).toBeTruthy();
  api.on(listConnections, { items: [] });
  await user.click(screen.getByRole('button', { name: /again/i }));
  expect(await screen.findByText('No connections yet')).toBeTruthy();
});

test('adds one, and says why it was not taken', async () => {
  api.on(listConnections, { items: [] });
  api.refuse(createConnection, 'conflict', 'There is already a connection "Shop".');
  const { user } = show(<Connections />, { role: 'admin' });
  await user.click(await screen.findByRole('button', { name: 'Add a connection' }));
  const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });
  expect(save.disabled).toBe(true);
  await user.type(screen.getByLabelText('Name'), 'Shop');
  await user.type(screen.getByLabelText('API key'), 'key-1');
  await user.type(screen.getByLabelText('Hosts'), 'api.example.com{Enter}*.example.org');
  await user.click(save);
  expect(await screen.findByText('There is already a connection "Shop".')).toBeTruthy();
  api.on(createConnection, { ...shop, config: { hosts: shop.config.hosts } });
  await user.click(save);
  expect(await screen.findByText('Shop was saved')).toBeTruthy();
  expect(api.asked(createConnection)[1]?.body).toMatchObject({
    name: 'Shop',
    kind: 'api_key',
    config: { hosts: ['api.example.com', '*.example.org'], in: 'header', name: 'X-API-Key' },
    secret: 'key-1',
  });
});

test('rotates the secret alone, and keeps it where none is entered', async () => {
  api.on(listConnections, { items: [shop] });
  api.on(listConnectionUses, { items: [] });
  api.on(updateConnection, shop);
  api.on(testConnection, { ok: true, message: 'api.example.com accepted the credentials.' });
  const { user } = show(<Connections />, { role: 'admin' });
  for (const secret of ['', 'next-token']) {
    await user.click(await screen.findByRole('button', { name: 'Edit Shop' }));
    const field = screen.getByLabelText<HTMLInputElement>('Token');
    expect([field.value, field.type]).toEqual(['', 'password']);
    if (secret !== '') await user.type(field, secret);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  }
  // What was saved is tested at once.
  expect(await screen.findAllByText('api.example.com accepted the credentials.')).not.toEqual([]);
  expect(api.asked(testConnection)).toHaveLength(2);
  const was = {
    ...{ name: 'Shop', config: shop.config },
    ...{ allowedWorkflowIds: null, allowedUserIds: null },
  };
  const sent = { name: 'Shop', config: shop.config, was };
  expect(api.asked(updateConnection).map(({ body }) => body)).toEqual([
    sent,
    { ...sent, secret: 'next-token' },
  ]);
});

test('tests one, and deletes one that is in use only after naming the workflows', async () => {
  api.on(listConnections, { items: [shop] });
  api.on(listConnectionUses, { items: [{ id: shop.id, uses: [used] }] });
  api.on(testConnection, { ok: false, message: 'api.example.com rejected the credentials.' });
  api.on(deleteConnection, { id: shop.id });
  const { user } = show(<Connections />, { role: 'admin' });
  await user.click(await screen.findByRole('button', { name: 'Test Shop' }));
  expect(await screen.findByText('api.example.com rejected the credentials.')).toBeTruthy();
  await screen.findByText('in 1 workflow');
  await user.click(screen.getByRole('button', { name: 'Delete Shop' }));
  const dialog = within(await screen.findByRole('alertdialog'));
  expect(dialog.getByText(/fail in “Orders”/)).toBeTruthy();
  await user.click(dialog.getByRole('button', { name: 'Delete connection' }));
  expect(await screen.findByText('Shop was deleted')).toBeTruthy();
  expect(api.asked(deleteConnection)[0]?.query).toEqual({ force: 'true' });
});

test('adds an email server for chosen workflows, and says when its test failed', async () => {
  api.on(listConnections, { items: [] });
  api.on(listWorkflows, { items: [orders] });
  api.on(createConnection, mail);
  api.on(testConnection, { ok: false, message: 'smtp.example.com refused the connection.' });
  api.on(listMembers, { items: [sampleOf(memberSchema, { userId: 'ada', name: 'Ada' })] });
  const { user } = show(<Connections />, { role: 'admin' });
  await user.click(await screen.findByRole('button', { name: 'Add a connection' }));
  await user.type(screen.getByLabelText('Name'), 'Mail');
  await user.click(screen.getByRole('combobox', { name: 'Kind' }));
  await user.click(await screen.findByRole('option', { name: 'Email server (SMTP)' }));
  await user.type(screen.getByLabelText('Server'), 'smtp.example.com');
  await user.click(screen.getByRole('combobox', { name: 'Encryption' }));
  await user.click(await screen.findByRole('option', { name: /^TLS/ }));
  expect(screen.getByLabelText<HTMLInputElement>('Port').value).toBe('465');
  expect(screen.queryByLabelText('Password')).toBeNull();
  await user.type(screen.getByLabelText('User name (optional)'), 'ada');
  await user.type(screen.getByLabelText('Password'), 'a-password');
  await user.type(screen.getByLabelText('Sender'), 'Shop <shop@example.com>');
  await user.click(screen.getByRole('combobox', { name: 'May be used by' }));
  await user.click(await screen.findByRole('option', { name: 'Only chosen workflows' }));
  await user.click(await screen.findByRole('checkbox', { name: 'Orders' }));
  await user.click(screen.getByRole('combobox', { name: 'People' }));
  await user.click(await screen.findByRole('option', { name: 'Only named people' }));
  const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });
  expect(save.disabled).toBe(true);
  await user.click(await screen.findByRole('checkbox', { name: /^Ada/ }));
  await user.click(save);
  expect(await screen.findByText('smtp.example.com refused the connection.')).toBeTruthy();
  expect(api.asked(createConnection)[0]?.body).toEqual({
    ...{ name: 'Mail', kind: 'smtp', secret: 'a-password' },
    ...{ allowedWorkflowIds: [orders.id], allowedUserIds: ['ada'] },
    config: {
      ...{ host: 'smtp.example.com', port: 465, security: 'tls', userName: 'ada' },
      from: 'Shop <shop@example.com>',
    },
  });
});

test('asks somebody to sign in again, and leads them to the provider', async () => {
  const problem = 'Token has been revoked';
  const calendar: Connection = {
    ...{
      ...shop,
      name: 'Calendar',
      kind: 'oauth2',
      signIn: { state: 'again', problem, signedInAt: null },
    },
    config: {
      ...{ hosts: ['api.example.com'], grant: 'authorization_code', clientId: 'c', scopes: '' },
      ...{ authorizeUrl: 'https://id.example.com/auth', tokenUrl: 'https://id.example.com/token' },
      clientAuth: 'basic',
    },
  };
  api.on(listConnections, { items: [calendar] });
  api.on(listConnectionUses, { items: [] });
  api.refuse(beginSignIn, 'conflict', 'Not now.');
  const { user } = show(<Connections />, { role: 'admin' });
  expect(await screen.findByText('Sign in again')).toBeTruthy();
  expect(screen.getByText(/Token has been revoked/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Sign in to Calendar' }));
  expect(await screen.findByText('Not now.')).toBeTruthy();
  expect(api.asked(beginSignIn)[0]?.params).toEqual({ id: calendar.id });
});

test('hands what a provider sent to the server once, and leaves nothing of it in the address', async () => {
  window.history.replaceState(
    null,
    '',
    '/settings/connections/callback?code=abc&state=s1&iss=x&next=//evil',
  );
  api.on(finishSignIn, shop);
  const { visited } = show(<SignInCallback />, { role: 'admin' });
  await expect
    .poll(() => api.asked(finishSignIn).map(({ body }) => body))
    .toEqual([{ state: 's1', code: 'abc', iss: 'x' }]);
  expect(window.location.search).toBe('');
  await expect.poll(() => visited).toEqual(['/settings/connections']);
});
