import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { chooseStep, openEditor } from '@/components/testing/editor';
import { setField } from '@/lib/workflows/edits/edits';
import { definitionSchema } from '@/lib/workflows/schema';

const workflow = (condition: string) =>
  definitionSchema.parse({
    name: 'Orders',
    nodes: [
      {
        ...{ id: 'if', key: 'large', type: 'if', name: 'Large', position: { x: 0, y: 0 } },
        config: { condition },
      },
    ],
    edges: [],
  });
const group = () => screen.findByRole('group', { name: 'Condition' });
const source = ({ room }: Awaited<ReturnType<typeof openEditor>>) =>
  room.read().nodes[0]?.config.condition;

test('shows an expression as rows, and writes changed rows as an expression', async () => {
  const editor = await openEditor(workflow('input.amount > 100 && input.country == "DE"'));
  chooseStep('if');
  const rows = within(await group());
  const [amount, country] = rows.getAllByRole('textbox', { name: /compared with/ });
  expect([amount, country].map((box) => box instanceof HTMLInputElement && box.value)).toEqual([
    '100',
    'DE',
  ]);
  if (!amount || !country) throw new Error('no rows');
  await editor.user.clear(amount);
  await editor.user.type(amount, '250.5');
  await editor.user.clear(country);
  await editor.user.type(country, '007');
  await expect.poll(() => source(editor)).toBe('input.amount > 250.5 && input.country == "007"');
});

test('keeps a row that is not finished, and writes it once it is', async () => {
  const editor = await openEditor(workflow('input.ok == true'));
  chooseStep('if');
  const rows = within(await group());
  await editor.user.click(rows.getByRole('button', { name: 'Add row' }));
  expect(await rows.findByRole('combobox', { name: 'Condition, row 2: comparison' })).toBeTruthy();
  expect(source(editor)).toBe('input.ok == true');
  await editor.user.click(rows.getByRole('button', { name: 'Remove row 1' }));
  await expect.poll(() => source(editor)).toBe('');
});

test('leaves what is no list of rows to be written as text, and switches between both', async () => {
  const { user } = await openEditor(workflow('input.rows.exists(r, r.n > 1)'));
  chooseStep('if');
  expect(await screen.findByText('This expression is too free for the builder.')).toBeTruthy();
  const rows = screen.getByRole('radio', { name: 'Builder' });
  expect(rows.hasAttribute('disabled')).toBe(true);
  await user.click(screen.getByRole('radio', { name: 'Expression' }));
  expect(screen.queryByRole('group', { name: 'Condition' })).toBeNull();
});

test('changes nothing for viewers', async () => {
  await openEditor(workflow('input.amount > 100'), { role: 'viewer' });
  chooseStep('if');
  const rows = within(await group());
  expect(rows.queryByRole('button', { name: /Add|Remove/ })).toBeNull();
});

test('takes over what somebody else writes meanwhile', async () => {
  const editor = await openEditor(workflow('input.amount > 100'));
  chooseStep('if');
  const rows = within(await group());
  editor.room.edit((draft) =>
    setField(draft, 'if', ['condition'], 'input.amount > 100 || input.vip == true'),
  );
  expect(await rows.findByRole('combobox', { name: 'Condition, row 2: comparison' })).toBeTruthy();
  editor.room.edit((draft) => setField(draft, 'if', ['condition'], 'size(input.rows)'));
  expect(await screen.findByText('This expression is too free for the builder.')).toBeTruthy();
});
