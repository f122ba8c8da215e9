import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { connectionUseSchema } from '@/lib/connections/contract';
import {
  deleteFile,
  fileEntrySchema,
  getFileText,
  getFileUses,
  listFiles,
  previewFile,
} from '@/lib/files/contract';
import { FileLibrary } from './file-library';

const id = '7b0b5f0e-6c1f-4c0a-9a56-0f3f6f0f2c11';
const orders = sampleOf(fileEntrySchema, { id, name: 'orders.csv', size: 2_048, createdBy: 'Ada' });
const report = sampleOf(fileEntrySchema, {
  ...{ id: id.replace('7b', '8b'), name: 'report.xlsx', createdBy: null },
});
const use = sampleOf(connectionUseSchema, {
  ...{ workflowName: 'Weekly', inLive: true, steps: [{ id: 's', name: 'Read orders' }] },
});

test('lists files, finds them by words, kind and origin, and says when none fits', async () => {
  api.on(listFiles, ({ query }) => ({ items: query.q === 'zzz' ? [] : [orders, report] }));
  const { user } = show(<FileLibrary />);
  const table = await screen.findByRole('table', { name: 'Files' });
  expect(within(table).getByText('Ada')).toBeTruthy();
  expect(within(table).getByText('A run or trigger')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Download orders.csv' }).getAttribute('href')).toBe(
    `/api/v2/files/${id}/content`,
  );
  await user.click(screen.getByRole('combobox', { name: 'Kind' }));
  await user.click(screen.getByRole('option', { name: 'Tables' }));
  await user.click(screen.getByRole('combobox', { name: 'From' }));
  await user.click(screen.getByRole('option', { name: 'From runs and triggers' }));
  await user.type(screen.getByRole('searchbox', { name: 'Search files' }), 'zzz');
  expect(await screen.findByText('No file fits')).toBeTruthy();
  expect(api.asked(listFiles).at(-1)?.query).toMatchObject({
    q: 'zzz',
    kind: 'table',
    from: 'runs',
  });
  await user.click(screen.getByRole('button', { name: 'Show all files' }));
  expect(await screen.findByRole('table', { name: 'Files' })).toBeTruthy();
});

test('shows a file as agents see it, where it is used, and says what breaks without it', async () => {
  api.on(listFiles, { items: [orders] });
  api.on(getFileUses, { items: [use] });
  api.on(previewFile, sampleOf(previewFile.result, { columns: ['n'], rows: [[1]], problem: null }));
  api.on(
    getFileText,
    sampleOf(getFileText.result, { text: '| n |', characters: 5, nextOffset: null }),
  );
  api.on(deleteFile, { id });
  const { user } = show(<FileLibrary />, { role: 'editor' });
  await user.click(await screen.findByRole('button', { name: 'orders.csv' }));
  const dialog = await screen.findByRole('dialog', { name: 'orders.csv' });
  expect(await within(dialog).findByText(/Read orders \(live\)/)).toBeTruthy();
  await user.click(within(dialog).getByRole('tab', { name: 'As agents see it' }));
  expect(await within(dialog).findByText('| n |')).toBeTruthy();
  await user.click(within(dialog).getByRole('button', { name: 'Delete orders.csv' }));
  const asking = await screen.findByRole('alertdialog', { name: 'Delete orders.csv?' });
  expect(asking.textContent).toContain('Steps that read it fail in “Weekly”');
  await user.click(within(asking).getByRole('button', { name: 'Delete file' }));
  expect(await screen.findByText('orders.csv was deleted')).toBeTruthy();
  expect(api.asked(deleteFile)).toMatchObject([{ params: { id } }]);
});

test('lets a viewer look and download, and nothing else', async () => {
  api.on(listFiles, { items: [orders] });
  api.on(getFileUses, { items: [] });
  api.refuse(previewFile, 'not_found', 'This file does not exist.');
  const { user } = show(<FileLibrary />, { role: 'viewer' });
  await user.click(await screen.findByRole('button', { name: 'orders.csv' }));
  expect(await screen.findByText('No step of a workflow names it.')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Download' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Delete orders.csv' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Upload' })).toBeNull();
});

test('says what to do where there are none, and what went wrong', async () => {
  api.on(listFiles, { items: [] });
  show(<FileLibrary />, { role: 'editor' });
  expect(await screen.findByText('No files yet')).toBeTruthy();
});

test('says that the files could not be loaded', async () => {
  api.refuse(listFiles, 'unavailable', 'The database does not answer.');
  show(<FileLibrary />);
  expect(await screen.findByText('The files could not be loaded')).toBeTruthy();
});
