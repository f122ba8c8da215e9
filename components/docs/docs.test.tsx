import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { show } from '@/components/testing/show';
import { errorTable } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import { fieldsOf } from '@/lib/nodes/node-type/form-fields';
import { settingAnchors } from '@/lib/nodes/node-type/setting-anchors';
import { startRun } from '@/lib/runs/contract';
import { createWorkflow } from '@/lib/workflows/contract';
import { docsGroupsOf } from './docs-groups';
import { DocsNav } from './docs-nav';
import { FirstSteps } from './first-steps';
import { FunctionReference } from './function-reference';
import { NodeReference } from './node-reference';
import { Operation } from './operation';
import { WebhookGuide } from './webhook-guide';

test('describes a call with all that goes in and comes out', () => {
  show(<Operation contract={startRun} url="https://e.example" />);
  expect(screen.getByText('POST')).toBeTruthy();
  expect(screen.getByRole('table', { name: 'Path parameters' })).toBeTruthy();
  const body = within(screen.getByRole('table', { name: 'Body' }));
  expect(body.getByText('mode')).toBeTruthy();
  const headers = within(screen.getByRole('table', { name: 'Headers' }));
  expect(headers.getByText(/idempotency-key/i)).toBeTruthy();
  expect(screen.getByRole('table', { name: 'Response (202)' })).toBeTruthy();
  expect(screen.getByText(/curl https:\/\/e.example\/api\/v2\/workflows\/\$ID\/runs/)).toBeTruthy();
});

test('says which files a call takes', () => {
  show(<Operation contract={createWorkflow} url="https://e.example" />);
  expect(screen.getByText(/at most 2 MiB|at most/)).toBeTruthy();
  expect(screen.getByText('application/yaml')).toBeTruthy();
});

test('lists every code of an error with its status', () => {
  show(<FirstSteps url="https://e.example" />);
  for (const [code, { status }] of Object.entries(errorTable)) {
    const row = screen.getByRole('rowheader', { name: code }).closest('tr');
    expect(row?.textContent).toContain(String(status));
  }
});

test('describes a step with its settings and an example', () => {
  const { delay } = catalogue;
  if (!delay) throw new Error('there is no delay');
  show(<NodeReference node={delay} />);
  expect(screen.getByRole('table', { name: 'Settings' })).toBeTruthy();
  expect(screen.getByText(delay.summary, { exact: false })).toBeTruthy();
});

test.each(Object.values(catalogue).map((node) => [node.type, node] as const))(
  'each setting of %s can be linked to',
  (_, node) => {
    show(<NodeReference node={node} />);
    const missing = settingAnchors(node.type, fieldsOf(node.config)).filter(
      (anchor) => document.getElementById(anchor) === null,
    );
    expect(missing).toEqual([]);
  },
);

test('shows each function with an example', () => {
  show(
    <FunctionReference
      functions={[{ name: 'formatNumber', signature: 'formatNumber(n)', summary: 'As text.' }]}
    />,
  );
  expect(screen.getByText('formatNumber(n)')).toBeTruthy();
  expect(screen.getByText(/As text/)).toBeTruthy();
});

test('marks the page that is open', () => {
  const groups = docsGroupsOf([
    { slug: 'first-workflow', title: 'Your first workflow', group: 'Start', summary: 'Begin.' },
  ]);
  const there = groups[0]?.items[0];
  show(<DocsNav groups={groups} />, { path: there?.href ?? '/' });
  expect(screen.getByRole('link', { current: 'page' }).textContent).toBe(there?.title);
});

test('tells how each sender is set up', () => {
  show(<WebhookGuide url="https://e.example" />);
  const table = within(screen.getByRole('table', { name: 'Ways of verifying' }));
  expect(table.getAllByRole('rowheader').map(({ textContent }) => textContent)).toContain('GitHub');
  expect(table.getByText(/Settings → Webhooks → Add webhook/)).toBeTruthy();
  expect(screen.getByText(/curl 'https:\/\/e.example\/api\/v2\/hooks/)).toBeTruthy();
});
