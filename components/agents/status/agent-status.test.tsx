import { screen, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import {
  endMaintenance,
  listAgentInstances,
  listAgentStatuses,
  listStatusChanges,
  startMaintenance,
} from '@/lib/agents/contract';
import type { AgentStanding } from '@/lib/agents/status/schema';
import { AgentStatusPanel } from './agent-status';

const at = '2026-11-30T10:00:00.000Z';
const standing: AgentStanding = {
  ...{ id: idOf(1), status: 'busy', cause: '2 tasks under way.', since: at, maintenance: null },
  load: { running: 2, asking: 0, queued: 4, capacity: 3 },
};

beforeEach(() => {
  api.usually(listAgentStatuses, { items: [standing] });
  api.usually(listStatusChanges, {
    items: [
      { number: 2, from: 'error', status: 'busy', cause: '1 task under way.', at },
      { number: 1, from: null, status: 'error', cause: 'Its last 3 tasks failed.', at },
    ],
  });
});
const shown = (role: 'editor' | 'viewer' = 'editor') =>
  show(<AgentStatusPanel id={idOf(1)} name="Analyst" />, { role });

test('an agent shows how it stands and why, its load, and how it came to that', async () => {
  api.on(listAgentInstances, {
    items: [
      {
        ...{ id: idOf(9), name: 'worker', state: 'ready', generation: 7, startedAt: at },
        ...{ leaseUntil: at, load: { steps: 3, tasks: 2 } },
      },
    ],
  });
  const { user } = shown('viewer');
  expect(await screen.findByText('Busy')).toBeTruthy();
  expect(screen.getByText(/2 tasks under way\./)).toBeTruthy();
  expect(screen.getByText('2 of 3 tasks · 4 messages waiting')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Take out of service…' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Show history' }));
  const list = within(await screen.findByRole('list', { name: 'Changes of status' }));
  expect(list.getByText('Its last 3 tasks failed.')).toBeTruthy();
  const workers = within(await screen.findByRole('list', { name: 'Worker processes' }));
  expect(workers.getByText('2 tasks')).toBeTruthy();
});

test('it is taken out of service with a reason, and put back', async () => {
  api.on(startMaintenance, { id: idOf(1) });
  const { user } = shown();
  await user.click(await screen.findByRole('button', { name: 'Take out of service…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Take Analyst out of service' }));
  await user.type(dialog.getByRole('textbox', { name: 'Why' }), 'New tools');
  api.on(listAgentStatuses, {
    items: [{ ...standing, status: 'maintenance', cause: 'New tools', maintenance: 'New tools' }],
  });
  await user.click(dialog.getByRole('button', { name: 'Take out of service' }));
  await expect.poll(() => api.asked(startMaintenance)[0]?.body).toEqual({ reason: 'New tools' });
  api.on(endMaintenance, { id: idOf(1) });
  await user.click(await screen.findByRole('button', { name: 'Put back into service' }));
  await expect.poll(() => api.asked(endMaintenance)).toHaveLength(1);
});
