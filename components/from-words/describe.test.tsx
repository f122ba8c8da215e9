import { screen, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { openEditor } from '@/components/testing/editor';
import { idOf, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { workflowFromDescription } from '@/lib/from-words/contract';
import { createWorkflow } from '@/lib/workflows/contract';
import { definitionSchema } from '@/lib/workflows/schema';
import { DescribeDialog } from './describe-dialog';

const definition = definitionSchema.parse({
  name: 'Digest',
  nodes: [
    { id: 'start', key: 'start', type: 'start', name: 'Start', position: { x: 0, y: 0 } },
    { id: 'wait', key: 'wait', type: 'delay', name: 'Wait a bit', position: { x: 300, y: 0 } },
  ],
  edges: [{ id: 'e', source: 'start', target: 'wait' }],
});
const variantOf = (kind: 'fast' | 'best', name: string, differences: string[]) => ({
  ...{ kinds: [kind], differences, steps: [] },
  definition: {
    ...definition,
    nodes: definition.nodes.map((node) => (node.id === 'wait' ? { ...node, name } : node)),
  },
  estimate: {
    costUsd: { p50: '0.02', p95: '0.4' },
    modelCalls: 2,
    ifModels: [],
    inARow: 1,
    models: ['p/m-1'],
  },
  rehearsal: { status: 'succeeded' as const, runId: idOf(9), says: 'Rehearsed to its end.' },
});
const made = sampleOf(workflowFromDescription.result, {
  ...{ id: idOf(7), name: 'Digest', definition, starts: 'every Monday at 09:00' },
  trigger: { kind: 'schedule', config: { cron: '0 9 * * 1', timeZone: 'UTC' } },
  assumptions: ['The email goes to you.'],
  variants: [
    variantOf('fast', 'Wait a bit', []),
    variantOf('best', 'Wait for long', ['Reviews the answer.']),
  ],
  fewer: ['Fast and cheap are one: no model is asked.'],
});
const field = () => screen.findByRole('textbox', { name: 'Describe what it should do' });

beforeEach(() => sessionStorage.clear());

test('makes a workflow of the variant that is chosen and opens it; a failure keeps what was typed', async () => {
  api.refuse(workflowFromDescription, 'unavailable', 'Busy. Try again.');
  const { user, visited } = show(
    <DescribeDialog open onOpenChange={() => undefined} folder="Sales" />,
  );
  await user.type(await field(), 'A digest each week');
  await user.click(screen.getByRole('button', { name: 'Create draft' }));
  expect(await screen.findByText('Busy. Try again.')).toBeTruthy();
  expect(await field()).toHaveProperty('value', 'A digest each week');
  api.on(workflowFromDescription, made);
  api.on(createWorkflow, { id: idOf(7), name: 'Digest', problems: [] });
  await user.click(screen.getByRole('button', { name: 'Create draft' }));
  expect(await screen.findByRole('dialog', { name: 'Choose a variant' })).toBeTruthy();
  expect(
    within(await screen.findByRole('list', { name: 'Variants' }))
      .getAllByRole('heading')
      .map(({ textContent }) => textContent),
  ).toEqual(['Fast', 'Best']);
  expect(screen.getByText('Fast and cheap are one: no model is asked.')).toBeTruthy();
  expect(screen.getByText('Reviews the answer.')).toBeTruthy();
  expect(screen.getAllByText('Today: m-1')).toHaveLength(2);
  expect(screen.getAllByText('Rehearsed to its end.')).toHaveLength(2);
  // Nothing is made yet, and the way back leads to what was typed.
  expect(api.asked(createWorkflow)).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Back to the description' }));
  expect(await field()).toHaveProperty('value', 'A digest each week');
  await user.click(screen.getByRole('button', { name: 'Create draft' }));
  await user.click(await screen.findByRole('button', { name: 'Use this: Best' }));
  await expect.poll(() => visited).toEqual([`/workflows/${idOf(7)}`]);
  expect(api.asked(workflowFromDescription)[0]?.body).toMatchObject({
    ...{ description: 'A digest each week', create: false, variants: true },
  });
  expect(api.asked(createWorkflow)).toMatchObject([
    { query: { folder: 'Sales' }, body: made.variants[1]?.definition },
  ]);
});

test('does not ask where there is one variant alone', async () => {
  api.on(workflowFromDescription, { ...made, variants: made.variants.slice(0, 1) });
  api.on(createWorkflow, { id: idOf(7), name: 'Digest', problems: [] });
  const { user, visited } = show(
    <DescribeDialog open onOpenChange={() => undefined} folder={undefined} />,
  );
  await user.type(await field(), 'A digest each week');
  await user.click(screen.getByRole('button', { name: 'Create draft' }));
  await expect.poll(() => visited).toEqual([`/workflows/${idOf(7)}`]);
});

test('fills an empty canvas, and says what was assumed', async () => {
  api.on(workflowFromDescription, { ...made, id: null });
  const { user, room } = await openEditor({ ...definition, nodes: [], edges: [] });
  await user.type(await field(), 'A digest each week');
  await user.click(screen.getByRole('button', { name: 'Draft it' }));
  await user.click(await screen.findByRole('button', { name: 'Use this: Best' }));
  await expect
    .poll(() =>
      room
        .read()
        .nodes.map(({ name }) => name)
        .sort(),
    )
    .toEqual(['Start', 'Wait for long']);
  expect(await screen.findByText('The email goes to you.')).toBeTruthy();
  expect(screen.getByText(/The variant “Best”\. Reviews the answer\./)).toBeTruthy();
  expect(screen.getByText('It would start every Monday at 09:00.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Close' }));
  expect(screen.queryByText('The email goes to you.')).toBeNull();
});
