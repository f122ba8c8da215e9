import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { show } from '@/components/testing/show';
import {
  type Connection,
  createConnection,
  deleteConnection,
  getConnectionUses,
  listConnections,
  testConnection,
  updateConnection,
} from '@/lib/connections/contract';
import { Connections } from './connections';

const shop: Connection = {
  id: '7d3c4f0e-5f0b-4e0e-9b57-2f8f6f1f0a11',
  name: 'Shop',
  kind: 'bearer',
  config: { hosts: ['api.example.com'], testUrl: 'https://api.example.com/me' },
  allowedWorkflowIds: null,
  createdBy: 'ada',
  createdAt: '2026-11-29T10:00:00.000Z',
  updatedAt: '2026-11-29T10:00:00.000Z',
  secretAt: '2026-11-29T10:00:00.000Z',
  lastUsedAt: null,
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
  api.on(getConnectionUses, { items: [used] });
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
  api.on(createConnection, { ...shop });
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
  api.on(getConnectionUses, { items: [] });
  api.on(updateConnection, shop);
  const { user } = show(<Connections />, { role: 'admin' });
  for (const secret of ['', 'next-token']) {
    await user.click(await screen.findByRole('button', { name: 'Edit Shop' }));
    const field = screen.getByLabelText<HTMLInputElement>('Token');
    expect([field.value, field.type]).toEqual(['', 'password']);
    if (secret !== '') await user.type(field, secret);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  }
  const sent = { name: 'Shop', config: shop.config };
  expect(api.asked(updateConnection).map(({ body }) => body)).toEqual([
    sent,
    { ...sent, secret: 'next-token' },
  ]);
});

test('tests one, and deletes one that is in use only after naming the workflows', async () => {
  api.on(listConnections, { items: [shop] });
  api.on(getConnectionUses, { items: [used] });
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
