import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { listTurns, toolCallViewSchema, turnViewSchema } from '@/lib/tools/contract';
import { ToolsInUse, ToolsUsed } from './tools-used';

const at = { runId: idOf(1), stepId: 'answer' };
const call = (number: number, title: string, state: 'done' | 'running') =>
  sampleOf(toolCallViewSchema, { id: idOf(number), title, state });
const turn = (...calls: ReturnType<typeof call>[]) => sampleOf(turnViewSchema, { calls });

test('shows which tools an agent is using, the newest last', async () => {
  const titles = ['One', 'Two', 'Three', 'Four'];
  const done = titles.map((title, index) => call(index + 10, title, 'done'));
  api.usually(listTurns, { items: [turn(...done), turn(call(20, 'Read page', 'running'))] });
  show(<ToolsInUse {...at} />);
  const list = await screen.findByRole('list', { name: 'Tools in use' });
  expect(list.textContent).toBe('1 beforeTwoThreeFourRead pageRunning');
});

test('fetches what was done only for who wants to see it', async () => {
  show(<ToolsUsed {...at} />);
  api.on(listTurns, { items: [turn(call(10, 'Calculator', 'done'))] });
  await userEvent.click(screen.getByText('Tools used'));
  expect(await screen.findByText('Calculator')).toBeTruthy();
});
