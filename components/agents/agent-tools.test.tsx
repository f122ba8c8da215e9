import { screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { listTools, toolViewSchema } from '@/lib/tools/contract';
import type { ToolGrant } from '@/lib/tools/settings';
import { AgentTools } from './agent-tools';

const tools = Array.from({ length: 150 }, (_, at) =>
  sampleOf(toolViewSchema, {
    ...{ name: `mcp_tracker_t${at}`, ref: `mcp:1:t${at}`, source: 'mcp', title: `Tracker: T${at}` },
    ...{ effect: 'read', unavailable: at === 149 ? 'It has changed.' : null, trouble: null },
  }),
);

function Form({ onGrants }: { onGrants: (grants: ToolGrant[]) => void }) {
  const [grants, setGrants] = useState<ToolGrant[]>([]);
  const change = (next: ToolGrant[]) => {
    setGrants(next);
    onGrants(next);
  };
  return <AgentTools grants={grants} editable onChange={change} />;
}

test('takes all tools of a server that work, shows them as one, and removes them again', async () => {
  api.usually(listTools, { items: tools, more: false });
  let grants: ToolGrant[] = [];
  const { user } = show(
    <Form
      onGrants={(next) => {
        grants = next;
      }}
    />,
  );
  await user.click(await screen.findByRole('button', { name: 'Add tools' }));
  await user.click(await screen.findByText('Add all tools of Tracker'));
  expect(await screen.findByText('149 tools')).toBeTruthy();
  expect(grants).toHaveLength(149);
  expect(grants[0]).toEqual({ name: 'mcp_tracker_t0', ref: 'mcp:1:t0', approval: 'policy' });
  expect(api.asked(listTools).some(({ query }) => query?.of === 'mcp:1:')).toBe(true);
  expect(api.asked(listTools).every(({ query }) => (query?.names?.length ?? 0) <= 6_000)).toBe(
    true,
  );
  await user.keyboard('{Escape}');
  await user.click(await screen.findByRole('button', { name: /149 tools/ }));
  await user.click(await screen.findByRole('button', { name: 'Remove all 149' }));
  expect(await screen.findByText('Without tools it can only write.')).toBeTruthy();
  expect(grants).toEqual([]);
});
