import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { takeUploads } from '@/components/testing/uploads';
import { connectionSchema, createConnection, listConnections } from '@/lib/connections/contract';
import { fileSchema, listFiles } from '@/lib/files/contract';
import { createUpload } from '@/lib/files/uploads/contract';
import type { RunInput } from '@/lib/nodes/forms/run-inputs';
import type { Field } from '@/lib/nodes/node-type/form-fields';
import { listCallable } from '@/lib/workflows/contract';
import { Form } from '../form';
import { type FormHost, FormHostProvider } from '../host';
import { InputForm } from './input-form';

const inputOf = (name: string, type: RunInput['type']): RunInput => ({
  ...{ name, type, required: true, default: '', description: `The ${name}` },
});

let value: Record<string, unknown> = {};
function Asked({ inputs }: { inputs: RunInput[] }) {
  const [now, setNow] = useState<Record<string, unknown>>({});
  value = now;
  return <InputForm inputs={inputs} value={now} onChange={setNow} />;
}

test('takes a number as a number, and nothing that is none', async () => {
  const { user } = show(<Asked inputs={[inputOf('amount', 'number')]} />);
  const field = screen.getByRole<HTMLInputElement>('spinbutton', { name: 'amount' });
  await user.type(field, '12.5');
  expect(value).toEqual({ amount: 12.5 });
  fireEvent.change(field, { target: { value: '12345678901234567890' } });
  expect(value).toEqual({ amount: 12.5 });
  fireEvent.blur(field);
  expect(field.value).toBe('12.5');
  await user.clear(field);
  expect(value).toEqual({ amount: undefined });
});

test('switches what is yes or no', async () => {
  const { user } = show(<Asked inputs={[inputOf('urgent', 'boolean')]} />);
  await user.click(screen.getByRole('switch', { name: 'urgent' }));
  expect(value).toEqual({ urgent: true });
  expect(screen.getByText('The urgent')).toBeTruthy();
});

test('chooses a file, and takes one that is uploaded', async () => {
  const old = sampleOf(fileSchema, { id: idOf(1), name: 'old.csv', size: 2_048 });
  api.on(listFiles, { items: [{ ...old, createdBy: 'Ada', keptUntil: null }] });
  takeUploads((name) => ({ ...old, id: idOf(2), name }));
  const { user } = show(<Asked inputs={[inputOf('table', 'file')]} />);
  await user.click(await screen.findByRole('combobox', { name: 'table' }));
  await user.click(await screen.findByRole('option', { name: /old.csv/ }));
  expect(value).toEqual({ table: idOf(1) });
  const picker = screen.getByLabelText<HTMLInputElement>('Upload for table');
  await user.upload(picker, new File(['a,b'], 'new.csv', { type: 'text/csv' }));
  await expect.poll(() => value).toEqual({ table: idOf(2) });
  expect(api.asked(createUpload)[0]?.body).toMatchObject({ name: 'new.csv', size: 3 });
  api.refuse(createUpload, 'too_large', 'At most 8 MiB.');
  await user.upload(picker, new File(['a,b'], 'big.csv', { type: 'text/csv' }));
  expect(await screen.findByText('At most 8 MiB.')).toBeTruthy();
  expect(value).toEqual({ table: idOf(2) });
});

const fieldOf = (name: string, control: Field['control']): Field => ({
  ...{ name, title: name, required: true, advanced: false, control },
});

function Settings({ field, readOnly = false }: { field: Field; readOnly?: boolean }) {
  const [now, setNow] = useState<unknown>();
  value = { [field.name]: now };
  const host: FormHost = {
    ...{ readOnly, problems: [], workflowId: idOf(9) },
    set: (_, next) => setNow(next),
    addRow: () => undefined,
    removeRow: () => undefined,
    moveRow: () => undefined,
  };
  return (
    <FormHostProvider value={host}>
      <Form fields={[field]} value={{ [field.name]: now }} />
    </FormHostProvider>
  );
}

test('writes names with texts, and loses none of two that would be called the same', async () => {
  const { user } = show(<Settings field={fieldOf('headers', { kind: 'record' })} />);
  const add = screen.getByRole('button', { name: 'Add entry' });
  await user.click(add);
  const rename = (index: number, to: string) => {
    const field = screen.getAllByRole('textbox', { name: 'headers: name' })[index] as HTMLElement;
    fireEvent.change(field, { target: { value: to } });
    fireEvent.blur(field);
    return field as HTMLInputElement;
  };
  rename(0, 'accept');
  fireEvent.change(screen.getByRole('textbox', { name: 'headers: value of accept' }), {
    target: { value: 'text/html' },
  });
  await user.click(add);
  expect(value).toEqual({ headers: { accept: 'text/html', name_2: '' } });
  const second = rename(1, 'accept');
  expect(value).toEqual({ headers: { accept: 'text/html', name_2: '' } });
  expect(second.value).toBe('name_2');
  await user.click(screen.getByRole('button', { name: 'Remove accept' }));
  expect(value).toEqual({ headers: { name_2: '' } });
});

test('finds a workflow by its name, and says why one cannot be run', async () => {
  const item = { id: idOf(3), name: 'Invoices', liveVersion: 2, blocked: null };
  const looped = { ...item, id: idOf(4), name: 'Loop', blocked: 'recursion' as const };
  api.on(listCallable, ({ query }) => ({
    items: query.q === 'inv' ? [item] : [item, looped],
    more: false,
  }));
  const { user } = show(<Settings field={fieldOf('workflow', { kind: 'workflow' })} />);
  await user.click(screen.getByRole('combobox', { name: 'workflow' }));
  expect(await screen.findByText('would run this workflow in a loop')).toBeTruthy();
  await user.type(screen.getByPlaceholderText('Find a workflow'), 'inv');
  await expect.poll(() => screen.queryByText('Loop')).toBeNull();
  await user.click(screen.getByRole('option', { name: /Invoices/ }));
  expect(value).toEqual({ workflow: idOf(3) });
  expect(await screen.findByText('Invoices')).toBeTruthy();
});

test('chooses a connection by its name, and adds one in place', async () => {
  const made = sampleOf(connectionSchema.options[1], {
    name: 'Shop',
    kind: 'bearer',
    config: { hosts: ['api.example.com'] },
  });
  api.on(listConnections, { items: [] });
  api.on(createConnection, made);
  const field = fieldOf('connection', { kind: 'connection' });
  const { user } = show(<Settings field={field} />, { role: 'admin' });
  await user.click(screen.getByRole('combobox', { name: 'connection' }));
  await user.click(await screen.findByRole('option', { name: 'Add a connection…' }));
  await user.type(await screen.findByLabelText('Name'), 'Shop');
  await user.type(screen.getByLabelText('API key'), 'key-1');
  await user.type(screen.getByLabelText('Hosts'), 'api.example.com');
  api.on(listConnections, { items: [made] });
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await expect.poll(() => value).toEqual({ connection: 'Shop' });
  expect(await screen.findByText('Shop')).toBeTruthy();
});

test('offers nothing to change where one may only read', () => {
  show(<Settings field={fieldOf('headers', { kind: 'record' })} readOnly />);
  expect(screen.queryByRole('button', { name: 'Add entry' })).toBeNull();
});
