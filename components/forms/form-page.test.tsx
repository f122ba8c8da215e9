import { screen } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { showForm, showSubmission, submitForm } from '@/lib/triggers/forms/contract';
import type { FormField, FormView } from '@/lib/triggers/forms/schema';
import { FormPage } from './form-page';

const field = (name: string, more: Partial<FormField> = {}): FormField => ({
  ...{ name, type: 'text', required: true, default: '', choices: '', description: '' },
  ...{ label: name },
  ...more,
});
const view: FormView = {
  ...{ title: 'Tell us', description: '', button: 'Send it', open: true, shape: 'one' },
  fields: [field('Name'), field('Size', { type: 'choice', choices: 'S, M' })],
};
const token = 'A'.repeat(44);

beforeEach(() => window.history.replaceState(null, '', '/'));

async function fill() {
  const shown = show(<FormPage token={token} view={view} />);
  await shown.user.type(screen.getByLabelText(/^Name/), 'Grace');
  await shown.user.click(screen.getByLabelText('M'));
  return shown;
}
const send = () => screen.getByRole('button', { name: 'Send it' });

test('says what is wrong at each field, and looks again as it is put right', async () => {
  const { user } = show(<FormPage token={token} view={view} />);
  await user.click(send());
  expect(screen.getByText('2 answers need another look.')).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByLabelText(/^Name/));
  await user.type(screen.getByLabelText(/^Name/), 'G');
  expect(screen.queryByText('Fill this in.')).toBeNull();
  expect(screen.getByText('Choose one of the options.')).toBeTruthy();
  expect(api.asked(submitForm)).toEqual([]);
});

test('shows that it works, and then the result', async () => {
  api.on(submitForm, { submission: idOf(1) });
  let asked = 0;
  api.on(showSubmission, () => {
    asked += 1;
    const working = { state: 'working', reference: 'abcd1234', result: null } as const;
    const result = { kind: 'values', values: [{ name: 'ticket', value: '4711' }] } as const;
    const done = { state: 'done', reference: 'abcd1234', result } as const;
    return asked === 1 ? working : { ...done, result: { ...result, values: [...result.values] } };
  });
  const { user } = await fill();
  await user.click(send());
  expect(await screen.findByText('Your answers arrived')).toBeTruthy();
  expect(await screen.findByText('4711', {}, { timeout: 5_000 })).toBeTruthy();
  expect(window.location.hash).toMatch(/^#sent=[0-9a-f-]{36}$/);
});

test('keeps what was typed where the form is closed', async () => {
  api.refuse(submitForm, 'conflict', 'This form takes no answers.', { reason: 'closed' });
  const { user } = await fill();
  await user.click(send());
  expect(await screen.findByText(/What you typed is still here/)).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>(/^Name/).value).toBe('Grace');
});

test('shows the fields of a form that changed meanwhile, with what was typed', async () => {
  api.refuse(submitForm, 'conflict', 'It was changed.', { reason: 'changed' });
  api.on(showForm, { ...view, shape: 'two', fields: [...view.fields, field('City')] });
  const { user } = await fill();
  await user.click(send());
  expect(await screen.findByLabelText(/^City/)).toBeTruthy();
  expect(screen.getByText(/This form was changed while you filled it in/)).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>(/^Name/).value).toBe('Grace');
  expect(screen.getByLabelText<HTMLInputElement>('M').checked).toBe(true);
});

test('tells who changed their answers that the first ones count', async () => {
  api.refuse(submitForm, 'conflict', 'Sent already.', { reason: 'sent' });
  api.on(showSubmission, { state: 'failed', reference: 'abcd1234', result: null });
  const { user } = await fill();
  await user.click(send());
  expect(await screen.findByText(/first answers had arrived already/)).toBeTruthy();
  expect(await screen.findByText(/name this reference: abcd1234/)).toBeTruthy();
});
