import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { importAgent, importPlanSchema } from '@/lib/agents/file/contract';
import { agentSchema } from '@/lib/agents/schema';
import { ImportAgent } from './import-agent';

const plan = sampleOf(importPlanSchema, {
  ...{ name: 'Scout', handle: 'scout', description: 'Looks around.', instructions: 'Look.' },
  tools: [
    {
      ...{ name: 'web_read', title: 'Read a web page', source: 'builtin', effect: 'read' },
      ...{ risk: 1, unavailable: null, asksAgain: true },
    },
  ],
  missing: [{ name: 'table_gone_find', title: 'Find rows of Gone' }],
  ...{ connect: ['HTTP request'], model: 'auto', missingModels: ['gpt-x'] },
});
const choose = (text: string) => new File([text], 'scout.agent.json', { type: 'application/json' });

test('shows what an agent would be able to do, what it lacks, and then imports it', async () => {
  api.on(importAgent, ({ query }) => ({
    ...{ plan, agent: query.check === undefined ? sampleOf(agentSchema, { name: 'Scout' }) : null },
  }));
  const { user } = show(<ImportAgent onClose={() => undefined} />, { role: 'editor' });
  const take = screen.getByRole<HTMLButtonElement>('button', { name: 'Import' });
  expect(take.disabled).toBe(true);
  await user.upload(screen.getByLabelText('Agent file'), choose('{"format":"ensemble-agent"}'));
  expect(await screen.findByText('Read a web page')).toBeTruthy();
  expect(screen.getByText(/Here its usual rule holds/)).toBeTruthy();
  expect(screen.getByText(/The tool Find rows of Gone is left out/)).toBeTruthy();
  expect(screen.getByText(/HTTP request had a connection/)).toBeTruthy();
  expect(screen.getByText(/The model gpt-x is not ready here/)).toBeTruthy();
  await user.click(take);
  expect(await screen.findByText('Scout was imported')).toBeTruthy();
  expect(api.asked(importAgent).map(({ query }) => query)).toEqual([{ check: 'true' }, {}]);
});

test('says why a file is not taken, and asks nobody about what is no file of an agent', async () => {
  api.refuse(
    importAgent,
    'invalid_input',
    'The file was changed or damaged since it was exported.',
  );
  const { user } = show(<ImportAgent onClose={() => undefined} />, { role: 'editor' });
  await user.upload(screen.getByLabelText('Agent file'), choose('no JSON'));
  expect((await screen.findByRole('alert')).textContent).toContain('is not the file of an agent');
  expect(api.asked(importAgent)).toEqual([]);
  await user.upload(screen.getByLabelText('Agent file'), choose('{"format":"ensemble-agent"}'));
  expect(await screen.findByText(/was changed or damaged/)).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Import' }).disabled).toBe(true);
});
