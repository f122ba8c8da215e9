import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import type { Definition } from '@/lib/workflows/schema';
import { aMember } from '@/server/chat/testing/room';
import { createServices } from '@/server/compose';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { decideSuggestion } from '@/server/suggestions/decide-suggestion';
import { getSuggestion } from '@/server/suggestions/get-suggestion';
import { testConfig } from '@/server/testing/database';
import { createWorkflow } from '@/server/workflows/create-workflow';
import { optimiseWorkflow } from './optimise-workflow';

const none = { params: {}, query: {}, body: undefined };
let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let actor: Actor;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  worker = await startWorker(services);
  actor = await aMember(services, 'optimise');
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

const node = (key: string, type: string, config: object) => ({
  ...{ id: key, key, type, name: key, position: { x: 0, y: 0 } },
  config: config as Definition['nodes'][number]['config'],
});
const model = (key: string, prompt: string) =>
  node(key, 'model', { model: 'auto', prompt, temperature: 0 });
const chain = (nodes: Definition['nodes']): Definition => ({
  ...{ schema: 1, name: 'Plan', description: '', nodes },
  edges: nodes.slice(1).map(({ id }, at) => ({
    ...{
      id: `e${at}`,
      source: nodes[at]?.id ?? '',
      sourcePort: 'out',
      target: id,
      targetPort: 'in',
    },
  })),
});
const make = async (definition: Definition) =>
  (await createWorkflow(services, actor, { ...none, body: definition })).id;
const optimised = (id: string) =>
  optimiseWorkflow(services, actor, { params: { id }, query: {}, body: undefined });

it('suggests what gives the same, rehearsed, and accepting it makes it so', async () => {
  const id = await make(
    chain([
      node('start', 'start', { inputs: [] }),
      model('unread', 'Nobody reads this.'),
      model('pros', 'Name what speaks for 12 trains.'),
      model('cons', 'Name what speaks against 12 trains.'),
      node('result', 'output', {
        template: '{{ steps.pros.output.text }} {{ steps.cons.output.text }}',
      }),
    ]),
  );
  const { suggestionId, rewrites } = await optimised(id);
  expect(rewrites.map(({ kind }) => kind)).toEqual(['drop', 'parallel']);
  const params = { id, suggestionId: suggestionId ?? '' };
  const made = await getSuggestion(services, actor, { ...none, params });
  expect(made).toMatchObject({
    title: 'Optimise: 1 taken out, 1 at the same time',
    status: 'open',
  });
  expect((await services.drafts.read(id)).nodes).toHaveLength(5);
  const accept = made.changes.map(({ key }) => key);
  const body = { accept, refuse: [], take: [], apply: true as const };
  await decideSuggestion(services, actor, { params, query: {}, body });
  const { edges } = await services.drafts.read(id);
  expect(edges.map(({ source, target }) => `${source}>${target}`).sort()).toEqual([
    'cons>result',
    'pros>result',
    'start>cons',
    'start>pros',
  ]);
  expect(await optimised(id)).toEqual({ suggestionId: null, rewrites: [] });
});

it('suggests nothing where the rehearsals cannot be compared, and for what is not there', async () => {
  const id = await make(
    chain([
      node('start', 'start', { inputs: [{ id: 'i', name: 'n', type: 'number', required: true }] }),
      model('unread', 'Nobody reads this.'),
      node('result', 'output', { template: '{{ steps.start.output.n + 1 }}' }),
    ]),
  );
  await expect(optimised(id)).rejects.toMatchObject({ code: 'conflict' });
  const found = await optimiseWorkflow(services, actor, {
    ...{ params: { id }, query: {} },
    body: { input: { n: 1 } },
  });
  expect(found.rewrites).toHaveLength(1);
  const stranger = await aMember(services, 'optimise-strangers');
  await expect(
    optimiseWorkflow(services, stranger, { params: { id }, query: {}, body: undefined }),
  ).rejects.toMatchObject({ code: 'not_found' });
});
