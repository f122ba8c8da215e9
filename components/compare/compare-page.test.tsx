import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { openRun } from '@/components/testing/run';
import { idOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { realtime } from '@/components/testing/socket';
import { getRun, type RunView } from '@/lib/runs/contract';
import { templateDefinition } from '@/lib/templates/define-template';
import approval from '@/lib/templates/human-approval';
import { ComparePage } from './compare-page';

const definition = templateDefinition(approval);
const input = { customer: 'Jonas', amount: 24, reason: 'Broken' };

/** The same run twice, of which the second answered something else. */
function twoRuns(): [RunView, RunView] {
  const run = openRun(idOf(1), definition, { input });
  run.succeed('start', input);
  const a = run.view();
  // Both are over: nothing comes live.
  const error = { code: 'not_found', message: 'There is no such run.' } as const;
  realtime.on('run.join', { ok: false, error });
  run.succeed('check', { value: { covered: false, why: 'It is wear' } });
  return [a, { ...run.view(), id: idOf(2) }];
}

test('asks for two runs', () => {
  show(<ComparePage a={idOf(1)} b={undefined} />);
  expect(screen.getByText('Choose two runs')).toBeTruthy();
});

test('shows which steps differ, and which are the same', async () => {
  const [a, b] = twoRuns();
  api.on(getRun, ({ params }) => (params.id === a.id ? a : b));
  show(<ComparePage a={a.id} b={b.id} />);
  const differing = within(await screen.findByRole('region', { name: 'Steps that differ' }));
  const check = differing.getByRole('article', { name: 'Check the policy' });
  expect(check.textContent).toContain('It is wear');
  expect(differing.queryByRole('article', { name: 'Start' })).toBeNull();
  expect(screen.getByRole('article', { name: 'Start' })).toBeTruthy();
  expect(screen.getByRole('link', { name: /Swap/ }).getAttribute('href')).toBe(
    `/runs/compare?a=${b.id}&b=${a.id}`,
  );
});

test('says that a run is not there', async () => {
  api.refuse(getRun, 'not_found', 'There is no such run.');
  show(<ComparePage a={idOf(1)} b={idOf(2)} />);
  expect(await screen.findByText('One of these runs does not exist')).toBeTruthy();
});
