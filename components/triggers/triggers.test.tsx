import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { chooseStep, openEditor } from '@/components/testing/editor';
import { idOf, sampleMoment, sampleOf } from '@/components/testing/sample';
import { templateDefinition } from '@/lib/templates/define-template';
import approval from '@/lib/templates/human-approval';
import {
  createTrigger,
  deleteTrigger,
  deliverySchema,
  endOldSecret,
  getListening,
  listDeliveries,
  listenForTest,
  listTriggers,
  rotateSecret,
  showAddress,
  type Trigger,
  testTrigger,
  updateTrigger,
} from '@/lib/triggers/contract';
import type { HookSample } from '@/lib/triggers/listening';
import { chatConfigSchema, webhookConfigSchema } from '@/lib/triggers/schema';

const definition = templateDefinition(approval);
const shared = {
  ...{ workflowId: idOf(1), name: '', enabled: true, problems: [], createdAt: sampleMoment },
  ...{ lastAt: null, lastRun: null },
};
const schedule: Trigger = {
  ...shared,
  id: idOf(31),
  kind: 'schedule',
  config: {
    ...{ cron: '0 9 * * 1-5', timeZone: 'Europe/Berlin', missed: 'once', overlap: 'skip' },
    input: { customer: 'Jonas', amount: 1, reason: 'x' },
  },
  nextAt: null,
};
const hook: Extract<Trigger, { kind: 'webhook' }> = {
  ...shared,
  id: idOf(32),
  kind: 'webhook',
  name: 'Orders',
  config: webhookConfigSchema.parse({ answer: 'now' }),
  url: 'https://e.example/api/v2/hooks/1',
  secretHint: '…abcd',
  oldSecret: null,
};
const chat: Trigger = {
  ...shared,
  id: idOf(33),
  kind: 'chat',
  config: chatConfigSchema.parse({ greeting: 'Hello' }),
};

async function openTriggers(items: Trigger[], role: 'editor' | 'viewer' = 'editor') {
  api.on(listTriggers, { items });
  api.on(getListening, { listening: null });
  const opened = await openEditor(definition, { role });
  await opened.user.click(await screen.findByRole('button', { name: /^Triggers(, \d on)?$/ }));
  const sheet = within(await screen.findByRole('dialog', { name: 'Triggers' }));
  return { ...opened, sheet };
}

test('says what triggers are for, and that one must publish first', async () => {
  const { sheet } = await openTriggers([]);
  expect(await sheet.findByText('No triggers yet')).toBeTruthy();
  expect(sheet.getByText(/Publish the workflow first/)).toBeTruthy();
  expect(sheet.getByRole('button', { name: 'Add schedule' })).toBeTruthy();
});

test('lists triggers in words, and turns one off', async () => {
  api.on(updateTrigger, { ...schedule, enabled: false });
  const { sheet, user } = await openTriggers([schedule, hook, chat]);
  const list = await sheet.findByRole('list', { name: 'Triggers' });
  expect(list.textContent).toContain('Every weekday at 09:00');
  expect(list.textContent).toContain('Responds immediately');
  expect(list.textContent).toContain('Answers messages');
  await user.click(within(list).getByRole('switch', { name: 'Every weekday at 09:00 is on' }));
  await expect
    .poll(() => api.asked(updateTrigger))
    .toMatchObject([{ params: { id: schedule.id }, body: { enabled: false } }]);
  // One chat is enough.
  expect(sheet.queryByRole('button', { name: 'Add chat' })).toBeNull();
});

test('makes a schedule, and refuses a rhythm that is none', async () => {
  api.on(createTrigger, { trigger: schedule });
  const { sheet, user } = await openTriggers([]);
  await user.click(await sheet.findByRole('button', { name: 'Add schedule' }));
  const form = within(await sheet.findByRole('form', { name: 'New schedule' }));
  await user.click(form.getByRole('combobox', { name: 'When' }));
  await user.click(await screen.findByRole('option', { name: /^Custom/ }));
  const cron = form.getByRole('textbox', { name: 'Cron expression' });
  fireEvent.change(cron, { target: { value: 'every day' } });
  await user.click(form.getByRole('button', { name: 'Turn on' }));
  expect(cron.getAttribute('aria-invalid')).toBe('true');
  expect(api.asked(createTrigger)).toEqual([]);
  fireEvent.change(cron, { target: { value: '0 6 1 * *' } });
  fireEvent.change(form.getByRole('combobox', { name: 'Time zone' }), { target: { value: 'UTC' } });
  await user.click(form.getByRole('combobox', { name: 'If the previous run is still going' }));
  await user.click(await screen.findByRole('option', { name: 'Run in parallel' }));
  await user.type(form.getByRole('textbox', { name: 'Name' }), 'Monthly');
  await user.click(form.getByRole('button', { name: 'Turn on' }));
  expect(await screen.findByText('Schedule turned on')).toBeTruthy();
  expect(api.asked(createTrigger)[0]?.body).toMatchObject({
    kind: 'schedule',
    name: 'Monthly',
    config: { cron: '0 6 1 * *', timeZone: 'UTC', overlap: 'start', missed: 'once' },
  });
});

test('makes a schedule of a time of day and days of the week, without an expression', async () => {
  api.on(createTrigger, { trigger: schedule });
  const { sheet, user } = await openTriggers([]);
  await user.click(await sheet.findByRole('button', { name: 'Add schedule' }));
  const form = within(await sheet.findByRole('form', { name: 'New schedule' }));
  fireEvent.change(form.getByLabelText('Time'), { target: { value: '08:30' } });
  expect(form.getByText(/^Every weekday at 08:30/)).toBeTruthy();
  await user.click(form.getByRole('combobox', { name: 'When' }));
  await user.click(await screen.findByRole('option', { name: 'Every week' }));
  await user.click(form.getByRole('button', { name: 'Thu' }));
  expect(form.getByText(/^Every Monday and Thursday at 08:30/)).toBeTruthy();
  await user.click(form.getByRole('button', { name: 'Mon' }));
  // One day at least stays.
  await user.click(form.getByRole('button', { name: 'Thu' }));
  await user.click(form.getByRole('button', { name: 'Turn on' }));
  expect(await screen.findByText('Schedule turned on')).toBeTruthy();
  expect(api.asked(createTrigger)[0]?.body).toMatchObject({ config: { cron: '30 8 * * 4' } });
});

test('warns of a schedule that cannot start a run yet', async () => {
  const stuck = { ...schedule, problems: ['Nothing is published.'] };
  api.on(updateTrigger, stuck);
  const { sheet, user } = await openTriggers([stuck]);
  await user.click(await sheet.findByRole('button', { name: /Every weekday/ }));
  const form = within(await sheet.findByRole('form', { name: 'Schedule' }));
  expect(form.getByRole('list', { name: 'Why it cannot start a run' }).textContent).toContain(
    'Nothing is published.',
  );
  await user.click(form.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(/it cannot start a run yet/)).toBeTruthy();
});

test('adds a webhook for a sender, and shows its secret once', async () => {
  api.on(createTrigger, { trigger: hook, secret: 'whsec_1' });
  const { sheet, user } = await openTriggers([]);
  api.on(listTriggers, { items: [hook] });
  await user.click(await sheet.findByRole('button', { name: 'Add webhook' }));
  const form = within(await sheet.findByRole('form', { name: 'New webhook' }));
  await user.type(form.getByRole('textbox', { name: 'Name' }), 'Orders');
  await user.click(form.getByRole('combobox', { name: 'Verify requests by' }));
  await user.click(await screen.findByRole('option', { name: 'Header with a secret' }));
  const header = form.getByRole('textbox', { name: 'Header name' });
  fireEvent.change(header, { target: { value: 'Content-Type' } });
  await user.click(form.getByRole('button', { name: 'Create webhook' }));
  expect(header.getAttribute('aria-invalid')).toBe('true');
  expect(api.asked(createTrigger)).toEqual([]);
  fireEvent.change(header, { target: { value: 'X-Shop' } });
  await user.click(form.getByRole('button', { name: 'Create webhook' }));
  expect(await sheet.findByDisplayValue('whsec_1')).toBeTruthy();
  expect(api.asked(createTrigger)[0]?.body).toMatchObject({
    kind: 'webhook',
    name: 'Orders',
    config: { answer: 'now', auth: { kind: 'header', name: 'X-Shop' } },
  });
  expect(sheet.getByDisplayValue(hook.url)).toBeTruthy();
  await user.click(sheet.getByRole('button', { name: 'All triggers' }));
  await user.click(await sheet.findByRole('button', { name: /Orders/ }));
  expect(sheet.queryByDisplayValue('whsec_1')).toBeNull();
});

test('shows the whole of a secret URL to who asks for it', async () => {
  const open = { ...hook, config: { ...hook.config, auth: { kind: 'none' } as const } };
  const url = `${hook.url}/the-secret-end`;
  api.on(showAddress, { url });
  const { sheet, user } = await openTriggers([open]);
  await user.click(await sheet.findByRole('button', { name: /Orders/ }));
  expect(await sheet.findByDisplayValue(`${hook.url}/…abcd`)).toBeTruthy();
  await user.click(sheet.getByRole('button', { name: 'Show' }));
  expect(await sheet.findByDisplayValue(url)).toBeTruthy();
});

test('replaces a secret, and ends the one before it', async () => {
  const until = new Date(Date.now() + 3_600_000).toISOString();
  api.on(rotateSecret, { secret: 'whsec_2', secretHint: '…2' });
  api.on(endOldSecret, { id: hook.id });
  const { sheet, user } = await openTriggers([{ ...hook, oldSecret: { hint: '…1', until } }]);
  await user.click(await sheet.findByRole('button', { name: /Orders/ }));
  await user.click(await sheet.findByRole('button', { name: 'Revoke the old secret now' }));
  await expect.poll(() => api.asked(endOldSecret)).toHaveLength(1);
  await user.click(sheet.getByRole('button', { name: 'Change…' }));
  const dialog = await screen.findByRole('dialog', { name: 'How requests are verified' });
  expect(dialog.textContent).toContain('the one before it stops working now');
  await user.click(within(dialog).getByRole('button', { name: 'Create new secret' }));
  expect(await screen.findByDisplayValue('whsec_2')).toBeTruthy();
});

test('takes the secret that the sender made', async () => {
  api.on(rotateSecret, { secretHint: '…3' });
  const { sheet, user } = await openTriggers([hook]);
  await user.click(await sheet.findByRole('button', { name: /Orders/ }));
  await user.click(await sheet.findByRole('button', { name: 'Change…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'How requests are verified' }));
  await user.click(dialog.getByRole('combobox', { name: 'Verify requests by' }));
  await user.click(await screen.findByRole('option', { name: 'Stripe' }));
  expect(dialog.getByText('The current secret stops working now.')).toBeTruthy();
  await user.type(dialog.getByLabelText('Signing secret'), 'whsec_of_stripe');
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  await expect
    .poll(() => api.asked(rotateSecret))
    .toMatchObject([{ body: { auth: { kind: 'stripe' }, secret: 'whsec_of_stripe' } }]);
});

test('shows what came of requests, tests a webhook, and deletes it', async () => {
  api.on(listDeliveries, {
    items: [
      sampleOf(deliverySchema, {
        id: 'd1',
        outcome: 'started',
        run: { id: idOf(40), status: 'succeeded' },
      }),
      sampleOf(deliverySchema, { id: 'd2', outcome: 'refused', note: 'The signature is wrong.' }),
    ],
  });
  api.on(deleteTrigger, { id: hook.id });
  api.refuse(testTrigger, 'conflict', 'Nothing is published.');
  const { sheet, user } = await openTriggers([hook]);
  await user.click(await sheet.findByRole('button', { name: /Orders/ }));
  expect((await sheet.findByRole('link', { name: /Run 00000000/ })).getAttribute('href')).toBe(
    `/runs/${idOf(40)}`,
  );
  expect(sheet.getByText('The signature is wrong.')).toBeTruthy();
  const body = sheet.getByRole('textbox', { name: 'Body' });
  expect(JSON.parse(body.textContent ?? '')).toHaveProperty('amount');
  fireEvent.change(body, { target: { value: '{"amount":3}' } });
  await user.click(sheet.getByRole('button', { name: 'Send a test' }));
  expect(await sheet.findByText('Nothing is published.')).toBeTruthy();
  expect(api.asked(testTrigger)[0]?.body).toMatchObject({ version: 'draft', body: { amount: 3 } });
  await user.click(sheet.getByRole('button', { name: 'Delete' }));
  const dialog = await screen.findByRole('alertdialog', { name: 'Delete “Orders”?' });
  api.on(listTriggers, { items: [] });
  await user.click(within(dialog).getByRole('button', { name: 'Delete trigger' }));
  expect(await screen.findByText('No triggers yet')).toBeTruthy();
});

test('listens for a request, shows it, and takes it over into the test', async () => {
  const request: HookSample = {
    ...{ at: sampleMoment, method: 'POST', query: { a: '1' }, headers: { 'x-topic': 'paid' } },
    ...{
      hidden: ['authorization'],
      contentType: 'application/json',
      body: '{"order":7}',
      size: 11,
    },
    refused: 'The header X-Token is missing.',
  };
  const until = new Date(Date.now() + 600_000).toISOString();
  api.on(listenForTest, { until, request: null });
  const { sheet, user } = await openTriggers([hook]);
  await user.click(await sheet.findByRole('button', { name: /Orders/ }));
  const listen = await sheet.findByRole('button', { name: 'Listen for a test request' });
  api.on(getListening, { listening: { until, request: null } });
  await user.click(listen);
  expect((await sheet.findByText(/Waiting for a request/)).textContent).toContain('10 min');
  api.on(getListening, { listening: { until, request } });
  const shown = await sheet.findByRole('region', { name: 'Test request' }, { timeout: 5_000 });
  for (const text of ['Rejected', request.refused, 'x-topic', 'authorization', '{"order":7}'])
    expect(shown.textContent).toContain(text);
  await user.click(sheet.getByRole('button', { name: 'Use as the test' }));
  expect(sheet.getByRole('textbox', { name: 'Body' }).textContent).toBe('{\n  "order": 7\n}');
});

test('shows expressions with what a test request that was verified would give', async () => {
  const request: HookSample = {
    ...{ at: new Date().toISOString(), method: 'POST', query: {}, headers: {}, hidden: [] },
    ...{ contentType: 'application/json', body: '{"customer":"Zoe from the request"}', size: 35 },
    refused: null,
  };
  const until = new Date(Date.now() + 600_000).toISOString();
  const { sheet, user } = await openTriggers([hook]);
  api.on(getListening, { listening: { until, request } });
  await user.click(await sheet.findByRole('button', { name: /Orders/ }));
  await sheet.findByRole('region', { name: 'Test request' }, { timeout: 5_000 });
  await user.keyboard('{Escape}');
  chooseStep('check');
  await user.click(await screen.findByRole('button', { name: 'Use a value' }));
  const values = await screen.findByRole('list', { name: 'Values this step can use' });
  expect(values.textContent).toContain('Zoe from the request');
  expect(values.textContent).toContain('test request');
});

test('changes what the workflow gets, and refuses an origin that is none', async () => {
  api.on(updateTrigger, hook);
  const { sheet, user } = await openTriggers([hook]);
  await user.click(await sheet.findByRole('button', { name: /Orders/ }));
  await user.click(await sheet.findByRole('combobox', { name: 'The workflow gets' }));
  await user.click(await screen.findByRole('option', { name: /whole request/ }));
  await expect
    .poll(() => api.asked(updateTrigger))
    .toMatchObject([{ body: { config: { gives: 'request', answer: 'now' } } }]);
  const origins = sheet.getByRole('textbox', { name: 'Allow web pages of' });
  await user.type(origins, 'shop');
  fireEvent.blur(origins);
  expect((await sheet.findByRole('alert')).textContent).toContain('enter an origin');
  await user.clear(origins);
  await user.type(origins, 'https://shop.example');
  fireEvent.blur(origins);
  await expect
    .poll(() => api.asked(updateTrigger)[1]?.body)
    .toMatchObject({ config: { origins: ['https://shop.example'] } });
});

test('saves settings of a webhook that follow each other quickly one over the other', async () => {
  let now = hook;
  const first = Promise.withResolvers<void>();
  api.on(updateTrigger, async ({ body }) => {
    await first.promise;
    now = { ...now, config: webhookConfigSchema.parse(body.config) };
    return now;
  });
  const { sheet, user } = await openTriggers([hook]);
  await user.click(await sheet.findByRole('button', { name: /Orders/ }));
  const origins = await sheet.findByRole('textbox', { name: 'Allow web pages of' });
  await user.type(origins, 'https://shop.example');
  // The click leaves the field.
  await user.click(sheet.getByRole('combobox', { name: 'The workflow gets' }));
  await user.click(await screen.findByRole('option', { name: /whole request/ }));
  first.resolve();
  await expect.poll(() => api.asked(updateTrigger)).toHaveLength(2);
  await expect
    .poll(() => now.config)
    .toMatchObject({ origins: ['https://shop.example'], gives: 'request' });
  // The second says what the first left, not what was on screen.
  expect(api.asked(updateTrigger)[1]?.body.was).toMatchObject({
    config: { origins: ['https://shop.example'] },
  });
});

test('lets people write to the workflow, and says which input a message fills', async () => {
  api.on(createTrigger, { trigger: chat });
  const { sheet, user } = await openTriggers([]);
  await user.click(await sheet.findByRole('button', { name: 'Add chat' }));
  const form = within(await sheet.findByRole('form', { name: 'New chat' }));
  await user.type(form.getByRole('textbox', { name: 'Greeting' }), 'Hello there');
  await user.click(form.getByRole('combobox', { name: 'Input for the message' }));
  await user.click(await screen.findByRole('option', { name: /^reason/ }));
  await user.click(form.getByRole('button', { name: 'Turn on' }));
  expect(await screen.findByText('Chat turned on')).toBeTruthy();
  expect(api.asked(createTrigger)[0]?.body).toMatchObject({
    kind: 'chat',
    config: { greeting: 'Hello there', message: 'reason' },
  });
});

test('lets viewers look and change nothing', async () => {
  const { sheet } = await openTriggers([hook], 'viewer');
  expect(await sheet.findByText('On')).toBeTruthy();
  expect(sheet.queryByRole('switch')).toBeNull();
  expect(sheet.queryByRole('button', { name: 'Add webhook' })).toBeNull();
});

test('offers to load the triggers again', async () => {
  api.refuse(listTriggers, 'forbidden', 'Not yours.');
  const { user } = await openEditor(definition);
  await user.click(await screen.findByRole('button', { name: 'Triggers' }));
  expect(await screen.findByText('The triggers could not be loaded')).toBeTruthy();
  api.on(listTriggers, { items: [hook] });
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('button', { name: /Orders/ })).toBeTruthy();
});
