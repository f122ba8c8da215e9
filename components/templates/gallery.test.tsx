import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { catalogue } from '@/lib/templates/catalogue';
import { createWorkflow } from '@/lib/workflows/contract';
import { Gallery } from './gallery';

const cards = () => within(screen.getByRole('list', { name: 'Templates' })).getAllByRole('button');

test('shows all templates, those of an area, and those that fit some words', async () => {
  const { user } = show(<Gallery />);
  expect(cards()).toHaveLength(Object.keys(catalogue).length);
  await user.click(screen.getByRole('button', { name: 'Research' }));
  const ofArea = Object.values(catalogue).filter(({ area }) => area === 'Research');
  expect(cards()).toHaveLength(ofArea.length);
  const search = screen.getByRole('searchbox', { name: 'Search templates' });
  await user.type(search, 'zebra');
  expect(await screen.findByText('No template matches “zebra”')).toBeTruthy();
});

test('says what a run takes, and begins with a template', async () => {
  api.on(createWorkflow, { id: idOf(3), name: 'Research', problems: [] });
  const { user, visited } = show(<Gallery />);
  await user.click(screen.getByRole('button', { name: /Research with sub-agents/ }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Research with sub-agents' }));
  expect(dialog.getByText(/model calls a run/)).toBeTruthy();
  await user.click(dialog.getByRole('button', { name: 'Use this template' }));
  await expect.poll(() => visited).toEqual([`/workflows/${idOf(3)}`]);
  expect(String(api.asked(createWorkflow)[0]?.body)).toBeTruthy();
});

test('lets viewers look only', async () => {
  const { user } = show(<Gallery />, { role: 'viewer' });
  await user.click(screen.getByRole('button', { name: /Research with sub-agents/ }));
  await screen.findByRole('dialog');
  expect(screen.queryByRole('button', { name: 'Use this template' })).toBeNull();
});
