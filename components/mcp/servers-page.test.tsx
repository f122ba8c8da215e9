import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { listConnections } from '@/lib/connections/contract';
import {
  acceptMcpServer,
  createMcpServer,
  deleteMcpServer,
  getMcpServer,
  listMcpServers,
  mcpServerDetailSchema,
  mcpServerSchema,
  refreshMcpServer,
  updateMcpServer,
} from '@/lib/mcp/contract';
import { McpServersPage } from './servers-page';

const id = '7d3c4f0e-5f0b-4e0e-9b57-2f8f6f1f0a11';
const about = {
  ...{ id, name: 'Tracker', title: 'Tracker', url: 'https://mcp.example.com/mcp' },
  ...{ connection: null, version: '1.0', protocol: '2026-07-28', toolCount: 2, refusedCount: 0 },
  ...{ driftCount: 0, problem: null, triedAt: '2026-11-29T10:00:00.000Z' },
};
const server = sampleOf(mcpServerSchema, about);
const tool = (name: string, readOnly: boolean, description = `About ${name}.`) => ({
  ...{ name, title: name, toolName: `mcp_tracker_${name}`, description },
  ...{ inputSchema: { type: 'object' }, print: `print-${name}` },
  hints: { readOnly, destructive: !readOnly, idempotent: false, openWorld: true },
});
const accepted = (name: string, readOnly: boolean) => ({
  ...tool(name, readOnly),
  ...{ reads: false, heldBack: null },
});
const detail = sampleOf(mcpServerDetailSchema, {
  ...about,
  tools: [accepted('close', false), accepted('find', true)],
  refused: [{ name: 'odd', problem: 'its name is not one of MCP' }],
  drift: null,
  agents: [{ id, name: 'Helper' }],
});

test('lists servers with how they are, to a viewer without anything to change', async () => {
  api.on(listMcpServers, {
    items: [{ ...server, problem: 'Tracker responded with status 503.', driftCount: 2 }],
  });
  show(<McpServersPage />, { role: 'viewer' });
  expect(await screen.findByText('Tracker responded with status 503.')).toBeTruthy();
  expect(screen.getByText('2 changes to review')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /refresh|edit|delete|add/i })).toBeNull();
});

test('says that the list could not be loaded, and that there is none', async () => {
  api.refuse(listMcpServers, 'unavailable', 'Not now.');
  const { user } = show(<McpServersPage />, { role: 'editor' });
  expect(await screen.findByText('The MCP servers could not be loaded')).toBeTruthy();
  api.on(listMcpServers, { items: [] });
  await user.click(screen.getByRole('button', { name: /again/i }));
  expect(await screen.findByText('No MCP servers yet')).toBeTruthy();
});

test('adds one, and says why it was not taken', async () => {
  api.on(listMcpServers, { items: [] });
  api.on(listConnections, { items: [] });
  api.refuse(createMcpServer, 'invalid_input', 'Tracker responded with text/html instead of MCP.');
  const { user } = show(<McpServersPage />, { role: 'editor' });
  await user.click(await screen.findByRole('button', { name: 'Add an MCP server' }));
  await user.type(screen.getByLabelText('Address'), 'https://mcp.example.com/mcp');
  await user.type(screen.getByLabelText('Name'), 'Tracker');
  await user.click(screen.getByRole('button', { name: 'Add' }));
  expect(await screen.findByRole('alert')).toMatchObject({
    textContent: 'Tracker responded with text/html instead of MCP.',
  });
  api.on(createMcpServer, detail);
  await user.click(screen.getByRole('button', { name: 'Add' }));
  expect(await screen.findByText('Tracker was added with 2 tools')).toBeTruthy();
  expect(api.asked(createMcpServer).at(-1)?.body).toEqual({
    ...{ name: 'Tracker', url: 'https://mcp.example.com/mcp' },
  });
});

test('an admin lets a tool count as one that only reads', async () => {
  api.on(listMcpServers, { items: [server] });
  api.on(getMcpServer, detail);
  api.on(updateMcpServer, detail);
  const { user } = show(<McpServersPage />, { role: 'admin' });
  await user.click(await screen.findByRole('button', { name: 'Tools of Tracker' }));
  expect(await screen.findByText('About close.')).toBeTruthy();
  expect(screen.getByText(/its name is not one of MCP/)).toBeTruthy();
  await user.click(screen.getByRole('switch', { name: /find only reads/ }));
  expect(api.asked(updateMcpServer)[0]).toMatchObject({
    params: { id },
    body: { reads: ['find'] },
  });
});

test('shows what a server changed, old beside new, and accepts exactly that', async () => {
  const drift = {
    print: 'what-was-seen',
    added: [tool('extra', false)],
    removed: [tool('close', false)],
    changed: [{ before: tool('find', true), after: tool('find', true, 'About all.') }],
  };
  api.on(listMcpServers, { items: [{ ...server, driftCount: 3 }] });
  api.on(getMcpServer, { ...detail, driftCount: 3, drift });
  api.on(acceptMcpServer, detail);
  const { user } = show(<McpServersPage />, { role: 'editor' });
  await user.click(await screen.findByRole('button', { name: 'Review changes of Tracker' }));
  const changes = await screen.findByRole('list', { name: 'Changes' });
  expect(
    within(changes)
      .getAllByRole('listitem')
      .map((item) => item.querySelector('h3')?.textContent),
  ).toEqual([...['Changedfind', 'Newextra', 'Goneclose']]);
  expect(changes.querySelector('del')?.textContent).toBe('find');
  expect(changes.querySelector('ins')?.textContent).toBe('all');
  await user.click(screen.getByRole('button', { name: 'Accept all changes' }));
  expect(await screen.findByText('The changes of Tracker were accepted')).toBeTruthy();
  expect(api.asked(acceptMcpServer)[0]).toMatchObject({ body: { print: 'what-was-seen' } });
});

test('refreshes, and deletes after saying which agents lose its tools', async () => {
  api.on(listMcpServers, { items: [server] });
  api.on(getMcpServer, detail);
  api.refuse(refreshMcpServer, 'provider_failed', 'Tracker took longer than 60 s.');
  api.on(deleteMcpServer, { id });
  const { user } = show(<McpServersPage />, { role: 'editor' });
  await user.click(await screen.findByRole('button', { name: 'Refresh Tracker' }));
  expect(await screen.findByText('Tracker could not be asked')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Delete Tracker' }));
  expect(await screen.findByText(/These agents lose its tools: “Helper”/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Delete server' }));
  expect(await screen.findByText('Tracker was deleted')).toBeTruthy();
  expect(api.asked(deleteMcpServer)[0]).toMatchObject({ query: { force: 'true' } });
});
