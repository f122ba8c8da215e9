import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { listConnections } from '@/lib/connections/contract';
import {
  createService,
  deleteService,
  getServiceUses,
  listServices,
  refreshService,
  serviceSchema,
} from '@/lib/services/contract';
import { ServicesPage } from './services';

const id = '7d3c4f0e-5f0b-4e0e-9b57-2f8f6f1f0a11';
const shop = sampleOf(serviceSchema, {
  ...{ id, ref: 'Shop', name: 'Shop', title: 'Shop', ready: false, operationCount: 12 },
  ...{ serverUrl: 'https://api.example.com/v1', url: 'https://api.example.com/openapi.json' },
  refreshedAt: '2026-11-29T10:00:00.000Z',
});
const slack = sampleOf(serviceSchema, {
  ...{ id: 'ready:slack', ref: 'ready:slack', name: 'Slack', title: 'Slack', ready: true },
  ...{ description: 'Messages.', url: 'https://docs.slack.dev', operationCount: 9 },
  auth: [{ kind: 'bearer', hosts: ['slack.com'] }],
});
const use = {
  workflowId: '00000000-0000-4000-8000-000000000001',
  ...{ workflowName: 'Orders', inDraft: true, inLive: false, steps: [{ id: 's', name: 'Call' }] },
};

test('lists services to a viewer, without anything to change', async () => {
  api.on(listServices, { items: [shop, slack] });
  api.on(getServiceUses, { items: [use] });
  show(<ServicesPage />, { role: 'viewer' });
  expect(await screen.findByText('https://api.example.com/v1')).toBeTruthy();
  expect(await screen.findByText(/in 1 workflow/)).toBeTruthy();
  expect(screen.getByText('Slack')).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
});

test('says that the list could not be loaded, and that there is none', async () => {
  api.refuse(listServices, 'unavailable', 'Not now.');
  const { user } = show(<ServicesPage />, { role: 'editor' });
  expect(await screen.findByText('The services could not be loaded')).toBeTruthy();
  api.on(listServices, { items: [slack] });
  await user.click(screen.getByRole('button', { name: /again/i }));
  expect(await screen.findByText('No services of your own yet')).toBeTruthy();
});

test('adds one by its address, and says why it was not taken', async () => {
  api.on(listServices, { items: [slack] });
  api.on(listConnections, { items: [] });
  api.refuse(createService, 'invalid_input', 'The document has no operations.');
  const { user } = show(<ServicesPage />, { role: 'editor' });
  await user.click(await screen.findByRole('button', { name: 'Add a service' }));
  const add = screen.getByRole<HTMLButtonElement>('button', { name: 'Add' });
  expect(add.disabled).toBe(true);
  await user.type(screen.getByLabelText('Address'), 'https://api.example.com/openapi.json');
  await user.click(add);
  expect(await screen.findByText('The document has no operations.')).toBeTruthy();
  api.on(createService, shop);
  await user.click(add);
  expect(await screen.findByText('Shop was added with 12 operations')).toBeTruthy();
  expect(api.asked(createService)[1]?.body).toEqual({
    url: 'https://api.example.com/openapi.json',
  });
});

test('adds one from a file', async () => {
  api.on(listServices, { items: [] });
  api.on(listConnections, { items: [] });
  api.on(createService, shop);
  const { user } = show(<ServicesPage />, { role: 'editor' });
  await user.click(await screen.findByRole('button', { name: 'Add service' }));
  await user.click(screen.getByLabelText('Document'));
  await user.click(await screen.findByRole('option', { name: 'From a file' }));
  await user.upload(
    screen.getByLabelText('OpenAPI document'),
    new File(['openapi: 3.0.0'], 'shop.yaml'),
  );
  expect(await screen.findByText('shop.yaml')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Add' }));
  await expect
    .poll(() => api.asked(createService)[0]?.body)
    .toEqual({ document: 'openapi: 3.0.0' });
});

test('shows what a new description changes before it is taken', async () => {
  api.on(listServices, { items: [shop] });
  api.on(getServiceUses, { items: [use] });
  const changes = {
    ...{ same: false, added: [{ id: 'a', title: 'List returns' }], changed: [] },
    removed: [{ id: 'b', title: 'Drop order' }],
  };
  api.on(refreshService, { service: shop, changes });
  const { user } = show(<ServicesPage />, { role: 'editor' });
  await user.click(await screen.findByRole('button', { name: 'Refresh Shop' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(await dialog.findByText('1 new operation, 0 changed, 1 gone.')).toBeTruthy();
  expect(dialog.getByText(/Called by “Orders”/)).toBeTruthy();
  await user.click(dialog.getByRole('button', { name: 'Take the new description' }));
  expect(await screen.findByText('Shop was refreshed')).toBeTruthy();
  expect(api.asked(refreshService).map(({ query }) => query)).toEqual([{ check: 'true' }, {}]);
});

test('deletes one after naming what fails without it', async () => {
  api.on(listServices, { items: [shop] });
  api.on(getServiceUses, { items: [use] });
  api.on(deleteService, { id });
  const { user } = show(<ServicesPage />, { role: 'editor' });
  expect(await screen.findByText(/in 1 workflow/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Delete Shop' }));
  expect(
    await screen.findByText('Steps that call it fail in “Orders”. Connections stay.'),
  ).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Delete service' }));
  expect(await screen.findByText('Shop was deleted')).toBeTruthy();
  expect(api.asked(deleteService)[0]?.query).toEqual({ force: 'true' });
});
