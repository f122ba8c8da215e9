import { screen } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { openEditor } from '@/components/testing/editor';
import { idOf, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { workflowFromDescription } from '@/lib/from-words/contract';
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
const made = sampleOf(workflowFromDescription.result, {
  ...{ id: idOf(7), name: 'Digest', definition, starts: 'every Monday at 09:00' },
  trigger: { kind: 'schedule', config: { cron: '0 9 * * 1', timeZone: 'UTC' } },
  assumptions: ['The email goes to you.'],
});
const field = () => screen.findByRole('textbox', { name: 'Describe what it should do' });

beforeEach(() => sessionStorage.clear());

test('makes a workflow of a description and opens it; a failure keeps what was typed', async () => {
  api.refuse(workflowFromDescription, 'unavailable', 'Busy. Try again.');
  const { user, visited } = show(
    <DescribeDialog open onOpenChange={() => undefined} folder={undefined} />,
  );
  await user.type(await field(), 'A digest each week');
  await user.click(screen.getByRole('button', { name: 'Create draft' }));
  expect(await screen.findByText('Busy. Try again.')).toBeTruthy();
  expect(await field()).toHaveProperty('value', 'A digest each week');
  api.on(workflowFromDescription, made);
  await user.click(screen.getByRole('button', { name: 'Create draft' }));
  await expect.poll(() => visited).toEqual([`/workflows/${idOf(7)}`]);
  const asked = api.asked(workflowFromDescription);
  expect(asked.map(({ body }) => body)).toMatchObject([
    { description: 'A digest each week', create: true },
    { description: 'A digest each week', create: true },
  ]);
});

test('fills an empty canvas, and says what was assumed', async () => {
  api.on(workflowFromDescription, { ...made, id: null });
  const { user, room } = await openEditor({ ...definition, nodes: [], edges: [] });
  await user.type(await field(), 'A digest each week');
  await user.click(screen.getByRole('button', { name: 'Draft it' }));
  await expect
    .poll(() =>
      room
        .read()
        .nodes.map(({ name }) => name)
        .sort(),
    )
    .toEqual(['Start', 'Wait a bit']);
  expect(await screen.findByText('The email goes to you.')).toBeTruthy();
  expect(screen.getByText('It would start every Monday at 09:00.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Close' }));
  expect(screen.queryByText('The email goes to you.')).toBeNull();
});
