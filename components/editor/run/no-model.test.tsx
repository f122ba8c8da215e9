import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { openEditor } from '@/components/testing/editor';
import { idOf, sampleMoment, sampleOf } from '@/components/testing/sample';
import { type Connection, listConnections } from '@/lib/connections/contract';
import { listProviders, type ProviderView, providerViewSchema } from '@/lib/models/contract';
import { startRun } from '@/lib/runs/contract';
import { estimateWorkflow } from '@/lib/spending/contract';
import { templateDefinition } from '@/lib/templates/define-template';
import research from '@/lib/templates/research';
import { definitionSchema } from '@/lib/workflows/schema';
import { wasTold } from './sends-notice';

const provider = (provider: ProviderView['provider'], state: ProviderView['state']) =>
  sampleOf(providerViewSchema, { provider, title: provider, state });
const scripted = provider('rehearsal', 'ready');

async function ask(definition: ReturnType<typeof templateDefinition>) {
  const { user, workflowId } = await openEditor(definition, { role: 'owner' });
  await user.click(screen.getByRole('button', { name: 'Run' }));
  return { user, workflowId, dialog: within(await screen.findByRole('dialog')) };
}

test('says before a run that answers will be made up where only the scripted model is there', async () => {
  api.on(listProviders, { items: [provider('openai', 'needs-key'), scripted] });
  const { dialog } = await ask(templateDefinition(research));
  expect(await dialog.findByText(/No model is set up/)).toBeTruthy();
  expect(dialog.getByRole('button', { name: 'Rehearse' })).toBeTruthy();
  expect(dialog.getByRole('link', { name: 'Add a model' })).toBeTruthy();
});

test('says what a run would cost with models that are known, where none is set up', async () => {
  api.on(listProviders, { items: [provider('openai', 'needs-key'), scripted] });
  api.on(estimateWorkflow, {
    ...{ costUsd: { p50: '0', p95: '0' }, durationMs: null },
    ifModels: [{ model: 'openai/small', list: '2026-10', costUsd: { p50: '0.002', p95: '0.01' } }],
    steps: [
      {
        ...{ id: 'a', name: 'Write', model: 'rehearsal/scripted', durationMs: null, samples: 0 },
        ...{ from: 'tokens', costUsd: { p50: '0', p95: '0' } },
      },
    ],
  });
  const { dialog } = await ask(templateDefinition(research));
  expect(
    await dialog.findByText(/With small about \$0.002 a run \(list prices of October 2026\)/),
  ).toBeTruthy();
});

test('says nothing where a model can be called', async () => {
  const { dialog } = await ask(templateDefinition(research));
  expect(dialog.queryByText(/No model is set up/)).toBeNull();
});

test('says before a run about what it costs, and whose price nobody knows', async () => {
  const step = { id: 'a', model: 'openai/x', durationMs: null, samples: 0 };
  api.on(estimateWorkflow, {
    costUsd: { p50: '0.04', p95: '0.31' },
    durationMs: null,
    ifModels: [],
    steps: [
      { ...step, name: 'Write', from: 'tokens', costUsd: { p50: '0.04', p95: '0.31' } },
      { ...step, name: 'Check', from: 'unknown', costUsd: { p50: '0', p95: '0' } },
    ],
  });
  const { dialog } = await ask(templateDefinition(research));
  const line = await dialog.findByText(/Model calls/);
  expect(line.textContent).toContain('≈ $0.04, up to $0.31');
  expect(line.textContent).toContain('without Check: the price is unknown');
});

test('asks nothing of a workflow without inputs and models, and starts it', async () => {
  api.on(listProviders, { items: [scripted] });
  api.on(startRun, { id: idOf(77), status: 'queued' });
  const { user } = await openEditor(
    definitionSchema.parse({
      name: 'Sums',
      nodes: [
        {
          ...{ id: 'sum', key: 'sum', type: 'transform', name: 'Sum' },
          ...{ position: { x: 0, y: 0 }, config: { expression: '1' } },
        },
      ],
      edges: [],
    }),
  );
  await user.click(screen.getByRole('button', { name: 'Run' }));
  await expect.poll(() => api.asked(startRun)).toHaveLength(1);
  expect(screen.queryByText(/No model is set up/)).toBeNull();
});

test('says once in a tab which steps reach others, and offers to rehearse', async () => {
  const definition = definitionSchema.parse({
    name: 'Mail it',
    nodes: [
      {
        ...{ id: 'mail', key: 'mail', type: 'send-mail', name: 'Mail the boss' },
        position: { x: 0, y: 0 },
        config: { connection: 'Mail', to: 'boss@example.com', subject: 'Sums', message: 'Here.' },
      },
    ],
    edges: [],
  });
  const mail: Connection = {
    ...{ id: idOf(5), name: 'Mail', kind: 'smtp', allowedWorkflowIds: null, allowedUserIds: null },
    config: {
      ...{ host: 'mail.example.com', port: 465, security: 'tls', userName: 'ada' },
      from: 'ada@example.com',
    },
    ...{ createdBy: 'ada', lastUsedAt: null, signIn: null },
    ...{ createdAt: sampleMoment, updatedAt: sampleMoment, secretAt: sampleMoment },
  };
  api.on(listConnections, { items: [mail] });
  api.on(startRun, { id: idOf(78), status: 'queued' });
  const { user, dialog, workflowId } = await ask(definition);
  expect(await dialog.findByText(/“Mail the boss” reaches others/)).toBeTruthy();
  expect(dialog.getByRole('button', { name: 'Rehearse instead' })).toBeTruthy();
  await user.click(dialog.getByRole('button', { name: 'Run' }));
  await expect.poll(() => api.asked(startRun).length).toBe(1);
  // Nobody is asked at each run, but other steps are told of again.
  expect(wasTold(workflowId, ['Mail the boss'])).toBe(true);
  expect(wasTold(workflowId, ['Mail the boss', 'Tell the team'])).toBe(false);
});
