import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { listAgents } from '@/lib/agents/contract';
import { agentSchema } from '@/lib/agents/schema';
import {
  createPool,
  deletePool,
  getPoolUses,
  listPools,
  updatePool,
} from '@/lib/messages/pool-contract';
import { poolSchema } from '@/lib/messages/pools';
import { PoolList } from './pool-list';

const analyst = { id: idOf(2), handle: 'analyst', name: 'Analyst', weight: 2, open: 3, most: 3 };
const team = sampleOf(poolSchema, {
  ...{ id: idOf(1), name: 'Reviewers', strategy: 'least-busy', waiting: 4, held: 3 },
  agents: [analyst],
});
const agents = ['analyst', 'tester'].map((handle, index) =>
  sampleOf(agentSchema, { id: idOf(index + 2), handle, name: handle, instructions: 'Help.' }),
);

test('a pool shows its agents, how busy they are, and what waits', async () => {
  api.on(listPools, { items: [team] });
  show(<PoolList />, { role: 'viewer' });
  const row = within(await screen.findByRole('list', { name: 'Agents of Reviewers' }));
  expect(row.getByText('Analyst')).toBeTruthy();
  expect(row.getByText('3/3')).toBeTruthy();
  expect(screen.getByText('4 waiting · 3 taken')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'New pool' })).toBeNull();
});

test('a pool is made of agents that one chooses', async () => {
  api.on(listPools, { items: [] });
  api.on(listAgents, { items: agents });
  api.on(createPool, team);
  const { user } = show(<PoolList />);
  await user.click(await screen.findByRole('button', { name: 'New pool' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'New pool' }));
  await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'Reviewers');
  await user.click(await dialog.findByRole('checkbox', { name: 'tester' }));
  await user.click(dialog.getByRole('button', { name: 'Create' }));
  await expect
    .poll(() => api.asked(createPool)[0]?.body)
    .toEqual({
      ...{ name: 'Reviewers', strategy: 'least-busy', agents: [{ agent: 'tester', weight: 1 }] },
    });
});

test('an agent is taken out of a pool', async () => {
  api.on(listPools, { items: [team] });
  api.on(listAgents, { items: agents });
  api.on(updatePool, team);
  const { user } = show(<PoolList />);
  await user.click(await screen.findByRole('button', { name: 'Edit Reviewers' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Edit Reviewers' }));
  expect(await dialog.findByRole('combobox', { name: 'Weight of analyst' })).toBeTruthy();
  await user.click(dialog.getByRole('checkbox', { name: 'analyst' }));
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  await expect
    .poll(() => api.asked(updatePool)[0]?.body)
    .toEqual({
      ...{ strategy: 'least-busy', agents: [] },
      was: { strategy: 'least-busy', agents: [{ agent: 'analyst', weight: 2 }] },
    });
});

test('a pool is deleted after one has read what that affects', async () => {
  api.on(listPools, { items: [team] });
  api.on(listAgents, { items: agents });
  api.on(getPoolUses, {
    ...{ waiting: 4, held: 1, topics: ['orders.>'] },
    workflows: [{ id: idOf(9), name: 'Orders', steps: [{ id: 'tell', name: 'Tell reviewers' }] }],
  });
  api.on(deletePool, { id: team.id, cancelled: 4 });
  const { user } = show(<PoolList />);
  await user.click(await screen.findByRole('button', { name: 'Delete Reviewers' }));
  const dialog = within(await screen.findByRole('alertdialog', { name: 'Delete Reviewers?' }));
  expect(await dialog.findByText(/4 messages that wait in it are cancelled/)).toBeTruthy();
  expect(dialog.getByText(/1 task under way goes on to the end/)).toBeTruthy();
  const steps = within(dialog.getByRole('list', { name: 'Steps that name it' }));
  expect(steps.getByText(/Tell reviewers/)).toBeTruthy();
  await user.click(dialog.getByRole('button', { name: 'Delete pool' }));
  await expect.poll(() => api.asked(deletePool)[0]?.params).toEqual({ id: team.id });
  expect(await screen.findByText('Reviewers was deleted; 4 messages cancelled')).toBeTruthy();
});
