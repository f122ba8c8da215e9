import { act, screen, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { deleteAgent, listAgents, updateAgent } from '@/lib/agents/contract';
import { agentSchema } from '@/lib/agents/schema';
import { listAgentFeedback } from '@/lib/chat/feedback/contract';
import { AgentList } from './agent-list';
import { AgentPage } from './agent-page';

const analyst = sampleOf(agentSchema, {
  id: idOf(1),
  handle: 'analyst',
  name: 'Analyst',
  description: 'Reads figures',
  instructions: 'Be brief.',
  version: 3,
  model: { provider: 'openai', model: 'gpt-x' },
});

beforeEach(() => api.usually(listAgentFeedback, { versions: [], reasons: [] }));

test('lists agents with what they are for', async () => {
  api.hold(listAgents);
  const { unmount } = show(<AgentList />);
  expect(screen.getByRole('status', { name: 'Loading agents' })).toBeTruthy();
  unmount();
  api.on(listAgents, { items: [analyst] });
  show(<AgentList />);
  const card = within(await screen.findByRole('list', { name: 'Agents' }));
  expect(card.getByRole('link', { name: 'Analyst' }).getAttribute('href')).toBe(
    `/agents/${idOf(1)}`,
  );
  expect(card.getByText('Reads figures')).toBeTruthy();
  expect(card.getByText('gpt-x')).toBeTruthy();
});

test('offers viewers no new agent', async () => {
  show(<AgentList />, { role: 'viewer' });
  expect(await screen.findByText('No agents yet')).toBeTruthy();
  expect(screen.queryByRole('link', { name: 'New agent' })).toBeNull();
});

test('keeps what was typed when an agent could not be saved', async () => {
  api.on(listAgents, { items: [analyst] });
  api.refuse(updateAgent, 'conflict', 'Another agent has this handle.');
  const { user } = show(<AgentPage id={idOf(1)} />);
  const name = await screen.findByRole('textbox', { name: 'Name' });
  await user.type(name, ' two');
  // A handle that somebody chose stays.
  expect(screen.getByDisplayValue('analyst')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Save changes' }));
  expect(await screen.findByText('Another agent has this handle.')).toBeTruthy();
  expect(screen.getByDisplayValue('Analyst two')).toBeTruthy();
  api.on(updateAgent, analyst);
  await user.click(screen.getByRole('button', { name: 'Save changes' }));
  expect(await screen.findByText('Saved')).toBeTruthy();
});

test('keeps what is being typed when another saves, and saves over that only if told to', async () => {
  api.on(listAgents, { items: [analyst] });
  const { user, client } = show(<AgentPage id={idOf(1)} />);
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), ' two');
  const theirs = { ...analyst, version: 4, instructions: 'Be thorough.' };
  api.on(listAgents, { items: [theirs] });
  await act(() => client.invalidateQueries());
  expect((await screen.findByRole('alert')).textContent).toContain('Somebody saved version 4');
  expect(screen.getByDisplayValue('Analyst two')).toBeTruthy();
  expect(screen.getByDisplayValue('Be brief.')).toBeTruthy();
  api.refuse(updateAgent, 'conflict', 'Analyst was changed since version 3.');
  await user.click(screen.getByRole('button', { name: 'Save changes' }));
  expect(await screen.findByText('Analyst was changed since version 3.')).toBeTruthy();
  api.on(updateAgent, { ...theirs, name: 'Analyst two', version: 5 });
  await user.click(screen.getByRole('button', { name: 'Save mine over it' }));
  expect(await screen.findByText('Saved')).toBeTruthy();
  expect(api.asked(updateAgent).map(({ query }) => query?.version)).toEqual([3, 4]);
  expect(screen.queryByText(/Somebody saved version/)).toBeNull();
  // The list that was read before the save does not bring the old values back.
  expect(screen.getByDisplayValue('Analyst two')).toBeTruthy();
});

test('deletes an agent after asking', async () => {
  api.on(listAgents, { items: [analyst] });
  api.on(deleteAgent, { id: idOf(1) });
  const { user, visited } = show(<AgentPage id={idOf(1)} />);
  await user.click(await screen.findByRole('button', { name: 'Delete agent' }));
  const dialog = within(await screen.findByRole('alertdialog', { name: 'Delete Analyst?' }));
  await user.click(dialog.getByRole('button', { name: 'Delete agent' }));
  expect(await screen.findByText('Analyst was deleted')).toBeTruthy();
  expect(visited).toEqual(['/agents']);
});

test('shows viewers an agent they cannot change, and says when there is none', async () => {
  api.on(listAgents, { items: [analyst] });
  const { change } = show(<AgentPage id={idOf(1)} />, { role: 'viewer' });
  expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name' })).disabled).toBe(
    true,
  );
  expect(screen.queryByRole('button', { name: 'Save changes' })).toBeNull();
  change(<AgentPage id={idOf(9)} />);
  expect(await screen.findByText('This agent does not exist')).toBeTruthy();
});

test('shows what people said of its answers, by version', async () => {
  api.on(listAgents, { items: [analyst] });
  const at = '2026-11-30T10:00:00.000Z';
  const said = { verdict: 'down' as const, reason: 'Wrong year.', personName: 'Ada', at };
  api.on(listAgentFeedback, {
    versions: [
      { version: 2, up: 3, down: 0 },
      { version: 1, up: 0, down: 1 },
    ],
    reasons: [{ ...said, messageId: idOf(3), threadId: idOf(4), version: 1 }],
  });
  show(<AgentPage id={idOf(1)} />);
  const versions = within(await screen.findByRole('list', { name: 'Feedback by version' }));
  expect(versions.getAllByRole('listitem').map((one) => one.textContent)).toEqual([
    'Version 2 3 0',
    'Version 1 0 1',
  ]);
  const reasons = within(screen.getByRole('list', { name: 'Reasons' }));
  expect(reasons.getByText('Wrong year.')).toBeTruthy();
  expect(reasons.getByRole('link', { name: 'Open chat' }).getAttribute('href')).toBe(
    `/chat/${idOf(4)}`,
  );
});
