import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { setTour, type Tour } from '@/lib/people/tour';
import { createWorkflow } from '@/lib/workflows/contract';
import { TourBar } from './tour-bar';
import { type TourControl, TourProvider, useTour } from './tour-context';

let control: TourControl;
function Taken() {
  control = useTour();
  return null;
}

function open(initial: Tour | null, path = `/workflows/${idOf(1)}`) {
  const kept: unknown[] = [];
  api.on(setTour, ({ body }) => {
    kept.push(body);
    return body;
  });
  const shown = show(
    <TourProvider initial={initial} mayStart mayInvite>
      <Taken />
      <TourBar />
    </TourProvider>,
    { path },
  );
  return { ...shown, kept };
}
const bar = () => within(screen.getByRole('region', { name: 'Tour' }));
const workflowId = idOf(1);
const facts = { workflowId, steps: 0, wires: 0, run: 'none' as const };

test('shows nothing to whoever has not begun, has left or has finished', () => {
  for (const state of ['left', 'done'] as const) {
    const { unmount } = open({ state, step: 'run' });
    expect(screen.queryByRole('region', { name: 'Tour' })).toBeNull();
    unmount();
  }
  open(null);
  expect(screen.queryByRole('region', { name: 'Tour' })).toBeNull();
});

test('begins with a workflow of its own, and goes on as things are done', async () => {
  api.on(createWorkflow, sampleOf(createWorkflow.result, { id: workflowId }));
  const { kept } = open(null);
  act(() => control.start());
  expect(await screen.findByText('Add a step.')).toBeTruthy();
  act(() => control.facts.set({ ...facts, steps: 1 }));
  expect(await screen.findByText('Connect the next one.')).toBeTruthy();
  act(() => control.facts.set({ ...facts, steps: 2, wires: 1 }));
  expect(await screen.findByText('Run it.')).toBeTruthy();
  act(() => control.facts.set({ ...facts, steps: 2, wires: 1, run: 'over' }));
  expect(await screen.findByText('See the result.')).toBeTruthy();
  await waitFor(() => expect(kept.at(-1)).toEqual({ state: 'on', step: 'result', workflowId }));
});

test('a page that is older than what was sent last follows that, and sends it again', async () => {
  const left: Tour = { state: 'left', step: 'run', workflowId };
  sessionStorage.setItem('ensemble.tour', `left run ${workflowId}`);
  const { kept } = open({ state: 'on', step: 'run', workflowId });
  await waitFor(() => expect(kept).toEqual([left]));
  expect(screen.queryByRole('region', { name: 'Tour' })).toBeNull();
  // Once it is confirmed, what the server says counts.
  await waitFor(() => expect(sessionStorage.getItem('ensemble.tour')).toBeNull());
});

test('another workflow does not count, and the way back is offered', () => {
  open({ state: 'on', step: 'add', workflowId }, `/workflows/${idOf(2)}`);
  act(() => control.facts.set({ ...facts, workflowId: idOf(2), steps: 3 }));
  expect(bar().getByText('Add a step.')).toBeTruthy();
  const back = bar().getByRole('link', { name: 'Back to the workflow' });
  expect(back.getAttribute('href')).toBe(`/workflows/${workflowId}`);
});

test('ends with an invitation, and is over when it is finished', async () => {
  const { user, kept } = open({ state: 'on', step: 'result', workflowId });
  await user.click(bar().getByRole('button', { name: 'Next' }));
  expect(bar().getByRole('link', { name: 'Invite' }).getAttribute('href')).toContain('members');
  await user.click(bar().getByRole('button', { name: 'Finish' }));
  expect(screen.queryByRole('region', { name: 'Tour' })).toBeNull();
  expect(kept.at(-1)).toMatchObject({ state: 'done' });
});

test('is left at any time, by keyboard too, and kept as left', async () => {
  const { user, kept } = open({ state: 'on', step: 'connect', workflowId });
  const leave = bar().getByRole('button', { name: 'Leave the tour' });
  leave.focus();
  await user.keyboard('{Enter}');
  expect(screen.queryByRole('region', { name: 'Tour' })).toBeNull();
  expect(kept).toEqual([{ state: 'left', step: 'connect', workflowId }]);
});
