import { screen, within } from '@testing-library/react';
import { ThemeProvider } from 'next-themes';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import {
  deleteModelLimit,
  deleteProviderKey,
  listProviders,
  providerViewSchema,
  putModelLimit,
  putProviderKey,
  testProviderKey,
} from '@/lib/models/contract';
import { Appearance } from './appearance';
import { Models } from './models';
import { SettingsNav } from './settings-nav';

const openai = sampleOf(providerViewSchema, {
  provider: 'openai',
  title: 'OpenAI',
  state: 'needs-key',
});
const own = sampleOf(providerViewSchema, {
  provider: 'compatible',
  title: 'Other server',
  state: 'ready',
  hint: '…9f',
  baseUrl: 'https://models.example.com/v1',
  models: [{ id: 'm1' }, { id: 'm2' }],
});
const key = {
  ...{ name: '', hint: '…-1', state: 'tried' as const },
  triedAt: '2026-07-01T10:00:00.000Z',
};
const local = sampleOf(providerViewSchema, {
  provider: 'ollama',
  title: 'Ollama',
  state: 'not-found',
  local: true,
});

test('shows each provider with its state, and no keys to those who may not manage them', async () => {
  api.on(listProviders, { items: [openai, own, local] });
  show(<Models />);
  expect(await screen.findByText('OpenAI')).toBeTruthy();
  expect(screen.getByText('Enter a key to use its models.')).toBeTruthy();
  expect(screen.getByText('Not running')).toBeTruthy();
  expect(screen.getByText(/2 models/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: /key of/ })).toBeNull();
});

test('saves a key, and says why one was not taken', async () => {
  api.on(listProviders, { items: [openai] });
  api.refuse(putProviderKey, 'provider_failed', 'OpenAI does not know this key.');
  const { user } = show(<Models />, { role: 'admin' });
  await user.click(await screen.findByRole('button', { name: 'Add key of OpenAI' }));
  const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Save key' });
  expect(save.disabled).toBe(true);
  await user.type(screen.getByLabelText('API key'), ' sk-1 {Enter}');
  expect(await screen.findByText('OpenAI does not know this key.')).toBeTruthy();
  api.on(putProviderKey, { provider: 'openai', ...key });
  api.on(listProviders, { items: [{ ...openai, state: 'ready', hint: '…-1', keys: [key] }] });
  await user.click(save);
  expect(await screen.findByText('OpenAI is set up')).toBeTruthy();
  expect(await screen.findByRole('button', { name: 'Replace key of OpenAI' })).toBeTruthy();
  expect(api.asked(putProviderKey).map(({ params, body }) => [params, body])).toEqual(
    Array(2).fill([{ provider: 'openai' }, { key: 'sk-1' }]),
  );
});

test('asks another server for its address, and removes its key after asking', async () => {
  api.on(listProviders, { items: [own] });
  api.on(putProviderKey, { provider: 'compatible', ...key });
  api.on(deleteProviderKey, { provider: 'compatible', name: '' });
  const { user } = show(<Models />, { role: 'admin' });
  await user.click(await screen.findByRole('button', { name: 'Replace key of Other server' }));
  const address = screen.getByRole('textbox', { name: 'Base URL' });
  await user.clear(address);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save key' }).disabled).toBe(true);
  await user.type(address, 'https://other.example.com/v1');
  await user.click(screen.getByRole('button', { name: 'Save key' }));
  await expect
    .poll(() => api.asked(putProviderKey)[0]?.body)
    .toEqual({
      key: '',
      baseUrl: 'https://other.example.com/v1',
    });
  await user.click(await screen.findByRole('button', { name: 'Remove key of Other server' }));
  const dialog = within(await screen.findByRole('alertdialog'));
  await user.click(dialog.getByRole('button', { name: 'Remove key' }));
  expect(await screen.findByText('The key of Other server was removed')).toBeTruthy();
  expect(api.asked(deleteProviderKey)).toHaveLength(1);
});

test('a key that could not be tried is not said to be set up, and is tried again in its row', async () => {
  const untried = { ...key, state: 'untried' as const, problem: 'The provider did not respond.' };
  api.on(listProviders, { items: [openai] });
  api.on(putProviderKey, { provider: 'openai', ...untried });
  const { user } = show(<Models />, { role: 'admin' });
  await user.click(await screen.findByRole('button', { name: 'Add key of OpenAI' }));
  api.on(listProviders, { items: [{ ...openai, state: 'ready', hint: '…-1', keys: [untried] }] });
  await user.type(screen.getByLabelText('API key'), 'sk-1{Enter}');
  expect(await screen.findByText(/is stored, and did not work yet/)).toBeTruthy();
  expect(screen.queryByText('OpenAI is set up')).toBeNull();
  api.on(testProviderKey, key);
  await user.click(await screen.findByRole('button', { name: 'Test key of OpenAI' }));
  expect(await screen.findByText('The key of OpenAI works')).toBeTruthy();
});

test('marks the page of the settings that is open', () => {
  show(<SettingsNav />, { path: '/settings/models' });
  expect(screen.getByRole('link', { current: 'page' }).textContent).toBe('Models');
});

test('keeps the theme in the browser', async () => {
  const { user } = show(
    <ThemeProvider attribute="class">
      <Appearance />
    </ThemeProvider>,
  );
  await user.click(screen.getByRole('radio', { name: /Dark/ }));
  expect(document.documentElement.className).toContain('dark');
  expect(localStorage.getItem('theme')).toBe('dark');
  expect(
    screen.getByRole<HTMLInputElement>('radio', { name: /Dark/ }).getAttribute('aria-checked'),
  ).toBe('true');
});

test('a limit is set for all models of a provider or for one, shown, changed and removed', async () => {
  const limits = [{ model: '*', requestsPerMinute: 60, tokensPerMinute: null, atOnce: null }];
  api.on(listProviders, { items: [own] });
  api.on(putModelLimit, ({ body }) => body);
  const { user } = show(<Models />, { role: 'admin' });
  await user.click(await screen.findByRole('button', { name: 'Limits of Other server' }));
  const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Save limit' });
  expect(save.disabled).toBe(true);
  await user.type(screen.getByLabelText('Requests a minute'), '0');
  expect(await screen.findByText('Enter a whole number above 0.')).toBeTruthy();
  await user.clear(screen.getByLabelText('Requests a minute'));
  await user.type(screen.getByLabelText('Requests a minute'), '60');
  api.on(listProviders, { items: [{ ...own, limits }] });
  await user.click(save);
  expect((await screen.findAllByText(/60 requests a minute/)).length).toBeGreaterThan(0);
  expect(api.asked(putModelLimit).map(({ body }) => body)).toEqual(limits);
  api.on(deleteModelLimit, { provider: 'compatible', model: '*' });
  api.on(listProviders, { items: [own] });
  await user.click(screen.getByRole('button', { name: 'Remove the limit of All models together' }));
  expect(await screen.findByRole('button', { name: 'Add limit' })).toBeTruthy();
  expect(screen.queryByText(/60 requests a minute/)).toBeNull();
});

test('several keys of a provider are listed with what came of trying them, added, tested and removed', async () => {
  const rejected = {
    ...{ name: 'Team', hint: '…22', state: 'rejected' as const },
    ...{ triedAt: '2026-07-01T10:00:00.000Z', problem: 'OpenAI rejected it.' },
  };
  const ready = { ...openai, state: 'ready' as const, hint: key.hint };
  api.on(listProviders, { items: [{ ...ready, keys: [key] }] });
  api.on(putProviderKey, { provider: 'openai', ...rejected });
  const { user } = show(<Models />, { role: 'admin' });
  await user.click(await screen.findByRole('button', { name: 'Keys of OpenAI' }));
  await user.click(screen.getByRole('button', { name: 'Add key' }));
  await user.type(screen.getByLabelText('Name'), 'Team');
  await user.type(screen.getByLabelText('API key'), 'sk-2');
  api.on(listProviders, { items: [{ ...ready, keys: [key, rejected] }] });
  await user.click(screen.getByRole('button', { name: 'Save key' }));
  expect(api.asked(putProviderKey)[0]?.body).toEqual({ key: 'sk-2', name: 'Team' });
  expect((await screen.findAllByText('OpenAI rejected it.')).length).toBeGreaterThan(0);
  api.on(testProviderKey, { ...rejected, state: 'tried', problem: undefined });
  api.on(listProviders, {
    items: [{ ...ready, keys: [key, { ...rejected, state: 'tried', problem: undefined }] }],
  });
  await user.click(screen.getByRole('button', { name: 'Test Team' }));
  await expect.poll(() => screen.queryAllByText('Works').length).toBe(2);
  expect(api.asked(testProviderKey)[0]?.body).toEqual({ name: 'Team' });
  api.on(deleteProviderKey, { provider: 'openai', name: '' });
  await user.click(screen.getByRole('button', { name: 'Remove First key' }));
  const dialog = within(await screen.findByRole('alertdialog'));
  await user.click(dialog.getByRole('button', { name: 'Remove key' }));
  await expect.poll(() => api.asked(deleteProviderKey)[0]?.query).toEqual({});
});
