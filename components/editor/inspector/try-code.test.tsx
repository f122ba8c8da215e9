import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { chooseStep, openEditor } from '@/components/testing/editor';
import { tryCode } from '@/lib/code/contract';
import { definitionSchema } from '@/lib/workflows/schema';

const definition = definitionSchema.parse({
  name: 'Sums',
  nodes: [
    {
      ...{ id: 'one', key: 'one', type: 'transform', name: 'One', position: { x: 0, y: 0 } },
      ...{ config: { expression: '1' }, pinnedOutput: { rows: [1, 2] } },
    },
    {
      ...{ id: 'sum', key: 'sum', type: 'code', name: 'Sum', position: { x: 300, y: 0 } },
      config: { source: 'return steps.one.output.rows.length' },
    },
  ],
  edges: [{ id: 'e', source: 'one', target: 'sum' }],
});

test('tries the code on the values that it reads, and shows result and console', async () => {
  api.on(tryCode, {
    ok: true,
    value: { total: 2 },
    tookMs: 4,
    console: [{ level: 'warn', text: 'two rows' }],
  });
  const { user } = await openEditor(definition);
  chooseStep('sum');
  await user.click(await screen.findByRole('button', { name: 'Try it' }));
  const result = within(await screen.findByRole('region', { name: 'Result' }));
  expect(result.getByText(/total/)).toBeTruthy();
  expect(screen.getByText('two rows')).toBeTruthy();
  expect(api.asked(tryCode)).toMatchObject([
    { body: { names: { steps: { one: { output: { rows: [1, 2] } } } } } },
  ]);
});

test('says in which line it went wrong, and when this server runs no code', async () => {
  api.on(tryCode, { ok: false, fault: 'threw', message: 'TypeError: no', line: 1, console: [] });
  const { user } = await openEditor(definition);
  chooseStep('sum');
  await user.click(await screen.findByRole('button', { name: 'Try it' }));
  expect(await screen.findByText('Line 1: TypeError: no')).toBeTruthy();
  api.refuse(tryCode, 'unavailable', 'This server cannot run code: bubblewrap is missing.');
  await user.click(screen.getByRole('button', { name: 'Try it' }));
  expect(await screen.findByText(/cannot run code/)).toBeTruthy();
});

test('offers viewers nothing to try', async () => {
  await openEditor(definition, { role: 'viewer' });
  chooseStep('sum');
  expect(await screen.findByDisplayValue('Sum')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Try it' })).toBeNull();
});
