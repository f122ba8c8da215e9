import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { cardOf, chooseStep, openEditor } from '@/components/testing/editor';
import { openRun } from '@/components/testing/run';
import { idOf } from '@/components/testing/sample';
import { cancelRun, startRun } from '@/lib/runs/contract';
import { moveOn, previewStep, releaseStep, setDebug } from '@/lib/runs/debug-contract';
import { templateDefinition } from '@/lib/templates/define-template';
import approval from '@/lib/templates/human-approval';

const definition = templateDefinition(approval);
const runId = idOf(77);
const input = { customer: 'Jonas', amount: 240, reason: 'Broken' };

test('asks for the inputs of a run, and shows on the cards how it goes on', async () => {
  api.on(startRun, { id: runId, status: 'queued' });
  const run = openRun(runId, definition, { input });
  const { user, workflowId } = await openEditor(definition, { liveVersion: 1 });
  await user.click(screen.getByRole('button', { name: 'Run' }));
  const dialog = within(await screen.findByRole('dialog'));
  const customer = await dialog.findByRole('textbox', { name: /customer/i });
  await user.type(customer, 'Ada');
  await user.click(dialog.getByRole('button', { name: 'Run' }));
  await expect.poll(() => api.asked(startRun)).toHaveLength(1);
  expect(api.asked(startRun)[0]).toMatchObject({
    params: { id: workflowId },
    body: {
      input: { customer: expect.stringContaining('Ada') },
      ...{ mode: 'live', version: 'draft', stateVector: expect.any(String) },
    },
  });
  run.succeed('start', input);
  expect(await within(cardOf('start')).findByRole('img', { name: /Succeeded/i })).toBeTruthy();
  expect(await within(cardOf('check')).findByRole('img', { name: /Running/i })).toBeTruthy();
  run.fail('check', 'The model does not answer.');
  expect(await within(cardOf('check')).findByRole('img', { name: /Failed/i })).toBeTruthy();
  chooseStep('check');
  await user.click(await screen.findByRole('tab', { name: 'Input/Output' }));
  expect((await screen.findAllByText(/The model does not answer/)).length).toBeGreaterThan(0);
});

async function startByDialog(kind: 'Run' | 'Debug') {
  api.on(startRun, { id: runId, status: 'queued' });
  const opened = await openEditor(definition, { liveVersion: 1 });
  if (kind === 'Run') await opened.user.click(screen.getByRole('button', { name: 'Run' }));
  else {
    await opened.user.click(screen.getByRole('button', { name: 'More run options' }));
    await opened.user.click(await screen.findByRole('menuitem', { name: /^Debug\s*Live/ }));
  }
  const dialog = within(await screen.findByRole('dialog'));
  await opened.user.click(await dialog.findByRole('button', { name: kind }));
  const section = within(await screen.findByRole('region', { name: 'Run' }));
  return { ...opened, section };
}

test('lists the steps of the run, and shows what came out of the chosen one', async () => {
  const run = openRun(runId, definition, { input });
  const { section, user } = await startByDialog('Run');
  run.succeed('start', input);
  run.succeed('check', { value: { covered: true, why: 'Damaged' } });
  run.succeed('size', {}, ['else']);
  run.succeed('yes', { text: 'Good news' });
  run.succeed('result', '# Letter of the refund');
  expect((await section.findAllByText(/Letter of the refund/)).length).toBeGreaterThan(0);
  const steps = within(section.getByRole('list', { name: 'Steps' }));
  await user.click(steps.getByRole('button', { name: /Check the policy/ }));
  expect((await section.findAllByText(/Damaged/)).length).toBeGreaterThan(0);
  await user.click(section.getByRole('button', { name: 'Collapse' }));
  expect(section.queryByRole('list', { name: 'Steps' })).toBeNull();
  await user.click(section.getByRole('button', { name: 'Hide run' }));
  expect(screen.queryByRole('region', { name: 'Run' })).toBeNull();
});

test('stops the run, and says why that failed', async () => {
  openRun(runId, definition, { input });
  api.refuse(cancelRun, 'already_finished', 'It is over.');
  const { section, user } = await startByDialog('Run');
  await user.click(await section.findByRole('button', { name: /Cancel|Stop/ }));
  expect(await screen.findByText('It is over.')).toBeTruthy();
});

test('asks for what the run needs before it starts', async () => {
  const { user } = await openEditor(definition, { liveVersion: 1 });
  fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
  const dialog = within(await screen.findByRole('dialog', { name: 'Run the workflow' }));
  const amount = await dialog.findByRole('spinbutton', { name: /amount/i });
  fireEvent.change(amount, { target: { value: '' } });
  expect(dialog.getByText(/The draft has changes since version 1/)).toBeTruthy();
  await user.keyboard('{Escape}');
  expect(api.asked(startRun)).toEqual([]);
});

test('holds a debugged run before a step, and lets it go on with other settings', async () => {
  const debug = { breakpoints: { check: '' }, stepping: false };
  const run = openRun(runId, definition, { input, debug });
  const { section, user } = await startByDialog('Debug');
  expect(api.asked(startRun)[0]?.body).toMatchObject({ debug: { stepping: true } });
  run.succeed('start', input);
  const ask = { settings: { model: 'auto', prompt: 'Old' }, ports: ['out'] };
  run.settle('check', { ok: 'wait', wait: { kind: 'debugger', ask }, input: { prompt: 'Old' } });
  const bar = within(await section.findByRole('region', { name: 'Debugger' }));
  expect(bar.getByText(/Paused before/).textContent).toContain('Check the policy');
  api.on(previewStep, { input: { prompt: 'Old' }, problems: [] });
  api.on(releaseStep, { id: runId, status: 'running' });
  const held = within(
    await section.findByRole('region', { name: 'Paused before Check the policy' }),
  );
  await user.click(held.getByRole('button', { name: 'Use this output' }));
  await user.click(held.getByRole('button', { name: 'Continue with this output' }));
  await expect.poll(() => api.asked(releaseStep)).toHaveLength(1);
  expect(api.asked(releaseStep)[0]).toMatchObject({ params: { id: runId, stepId: 'check' } });
  api.on(moveOn, { id: runId, status: 'running', released: 1 });
  fireEvent.keyDown(window, { key: 'F10' });
  await expect.poll(() => api.asked(moveOn)[0]?.body).toMatchObject({ move: 'over' });
  await user.click(bar.getByRole('button', { name: 'Continue' }));
  await expect.poll(() => api.asked(moveOn).at(-1)?.body).toMatchObject({ move: 'continue' });
});

test('sets a breakpoint by key, which the next debugged run has', async () => {
  openRun(runId, definition, { input });
  api.on(setDebug, { id: runId, status: 'running' });
  api.on(startRun, { id: runId, status: 'queued' });
  const { user } = await openEditor(definition, { liveVersion: 1 });
  chooseStep('check');
  fireEvent.keyDown(document.body, { key: 'b' });
  expect(
    await within(cardOf('check')).findByRole('button', { name: 'Breakpoint: Check the policy' }),
  ).toBeTruthy();
  fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true, altKey: true });
  const dialog = within(await screen.findByRole('dialog', { name: 'Debug the workflow' }));
  expect(dialog.getByText(/Pauses at 1 breakpoint/)).toBeTruthy();
  await user.click(dialog.getByRole('button', { name: 'Debug' }));
  await expect
    .poll(() => api.asked(startRun)[0]?.body.debug)
    .toEqual({ breakpoints: { check: '' }, stepping: false });
});
