import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { goesAt } from '@/lib/workflows/trash';
import {
  listTrash,
  purgeWorkflow,
  restoreWorkflow,
  trashItemSchema,
} from '@/lib/workflows/trash-contract';
import { TrashList } from './trash-list';

const daysAgo = (days: number) => Date.now() - days * 86_400_000;
const item = (name: string, days: number, deletedBy: string | null = 'Ben Okafor') =>
  sampleOf(trashItemSchema, {
    id: idOf(days),
    name,
    deletedBy,
    deletedAt: new Date(daysAgo(days)).toISOString(),
    goesAt: new Date(goesAt(daysAgo(days)) - 60_000).toISOString(),
  });

test('says who deleted what, and how long it can be restored', async () => {
  api.on(listTrash, ({ query }) =>
    query.cursor
      ? { items: [item('Oldest', 30, null)] }
      : { items: [item('Orders', 2), item('Late', 28)], nextCursor: 'n' },
  );
  const { user } = show(<TrashList />);
  expect(await screen.findByText('28 days left')).toBeTruthy();
  expect(screen.getAllByText(/Deleted by Ben Okafor/)).toHaveLength(2);
  expect(screen.getByText('2 days left')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Load more' }));
  expect(await screen.findByText('Goes today')).toBeTruthy();
});

test('restores at once, and deletes for good after asking', async () => {
  api.on(listTrash, { items: [item('Orders', 2)] });
  api.on(restoreWorkflow, { id: idOf(2), name: 'Orders' });
  const { user, visited } = show(<TrashList />, { role: 'admin' });
  await user.click(await screen.findByRole('button', { name: 'Restore Orders' }));
  expect(await screen.findByText('“Orders” was restored')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Open' }));
  expect(visited).toEqual([`/workflows/${idOf(2)}`]);
  await user.click(screen.getByRole('button', { name: 'Delete Orders for good…' }));
  api.refuse(purgeWorkflow, 'conflict', 'Runs of “Orders” are still going.');
  await user.click(screen.getByRole('button', { name: 'Delete for good' }));
  expect(await screen.findByText('Runs of “Orders” are still going.')).toBeTruthy();
  api.on(purgeWorkflow, { id: idOf(2) });
  api.on(listTrash, { items: [] });
  await user.click(screen.getByRole('button', { name: 'Delete for good' }));
  expect(await screen.findByText('The trash is empty')).toBeTruthy();
  expect(api.asked(purgeWorkflow)).toHaveLength(2);
});

test.each([
  ['viewer', false],
  ['editor', true],
] as const)('offers a %s only what they may', async (role, restores) => {
  api.on(listTrash, { items: [item('Orders', 2)] });
  show(<TrashList />, { role });
  await screen.findByText('Orders');
  expect(screen.queryByRole('button', { name: 'Restore Orders' }) !== null).toBe(restores);
  expect(screen.queryByRole('button', { name: /for good/ })).toBeNull();
});

test('says when it cannot be loaded, and tries again', async () => {
  api.refuse(listTrash, 'unavailable', 'The database is away.');
  const { user } = show(<TrashList />);
  expect(await screen.findByText('The trash could not be loaded')).toBeTruthy();
  api.on(listTrash, { items: [] });
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.getByText('The trash is empty')).toBeTruthy());
});
