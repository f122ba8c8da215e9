import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { createAgent } from '@/lib/agents/contract';
import { draftAgent } from '@/lib/agents/draft/contract';
import { agentSchema } from '@/lib/agents/schema';
import { listProviders, providerViewSchema } from '@/lib/models/contract';
import { listTools, toolViewSchema } from '@/lib/tools/contract';
import { NewAgentPage } from './new-agent-page';

const analyst = sampleOf(agentSchema, { id: idOf(1), handle: 'analyst', name: 'Analyst' });

test('drafts an agent out of a sentence, shows its rights, and creates it, by keyboard alone', async () => {
  const { id: _id, version: _version, createdAt: _made, updatedAt: _at, ...input } = analyst;
  const agent = {
    ...input,
    ...{ name: 'Invoice checker', handle: 'invoice-checker', instructions: 'You check invoices.' },
    tools: [{ name: 'web_read', approval: 'policy' as const }],
  };
  const note = 'No model is set up here, so none was asked.';
  const made = { by: 'rules' as const, model: null, role: 'Reviewer', note, runs: [] };
  api.on(draftAgent, { agent, assumptions: ['It can only read.'], examples: ['Check it.'], made });
  const tool = sampleOf(toolViewSchema, { name: 'web_read', title: 'Read a page', effect: 'read' });
  api.usually(listTools, { items: [tool], more: false });
  api.on(createAgent, ({ body }) => ({ ...analyst, ...body }));
  const { user, visited } = show(<NewAgentPage />);
  await user.keyboard('Checks invoices{Enter}');
  expect(await screen.findByText(note)).toBeTruthy();
  expect(screen.getByText('It can only read.')).toBeTruthy();
  expect(api.asked(draftAgent)[0]?.body).toEqual({
    description: 'Checks invoices',
    useModel: true,
  });
  // The handle of a draft follows its name, too.
  await user.type(screen.getByRole('textbox', { name: 'Name' }), 's');
  expect(screen.getByDisplayValue('invoice-checkers')).toBeTruthy();
  await user.type(screen.getByRole('textbox', { name: 'Name' }), '{Backspace}');
  const check = screen.getByRole('button', { name: 'Review and create…' });
  check.focus();
  await user.keyboard('{Enter}');
  const sheet = await screen.findByRole('dialog', {
    name: 'Invoice checker: what it will be able to do',
  });
  expect(sheet.textContent).toContain('It can use these tools and nothing else');
  expect(api.asked(createAgent)).toEqual([]);
  await user.keyboard('{Enter}');
  expect(await screen.findByText('Invoice checker was created')).toBeTruthy();
  expect(api.asked(createAgent)[0]?.body).toMatchObject({ handle: 'invoice-checker' });
  expect(visited).toEqual([`/agents/${idOf(1)}`]);
});

test('makes an agent, with a handle out of its name and a model that is ready', async () => {
  api.on(listProviders, {
    items: [
      sampleOf(providerViewSchema, {
        provider: 'openai',
        title: 'OpenAI',
        state: 'ready',
        models: [{ id: 'gpt-x', inputPrice: 1, outputPrice: 2 }],
      }),
    ],
  });
  api.on(createAgent, ({ body }) => ({ ...analyst, ...body }));
  const { user, visited } = show(<NewAgentPage />);
  await user.click(screen.getByRole('button', { name: 'Write it yourself' }));
  await user.click(screen.getByRole('button', { name: 'Create agent' }));
  expect((await screen.findAllByText('Required.')).length).toBeGreaterThan(0);
  expect(api.asked(createAgent)).toEqual([]);
  await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Trend Analyst');
  expect(screen.getByDisplayValue('trend-analyst')).toBeTruthy();
  await user.type(screen.getByRole('textbox', { name: 'Instructions' }), 'Be brief.');
  await user.click(screen.getByRole('combobox', { name: 'Model' }));
  await user.click(screen.getByRole('option', { name: /gpt-x/ }));
  await user.click(screen.getByRole('button', { name: 'Create agent' }));
  expect(await screen.findByText('Trend Analyst was created')).toBeTruthy();
  expect(api.asked(createAgent)[0]?.body).toMatchObject({
    name: 'Trend Analyst',
    handle: 'trend-analyst',
    instructions: 'Be brief.',
    model: { provider: 'openai', model: 'gpt-x' },
  });
  expect(visited).toEqual([`/agents/${idOf(1)}`]);
});
