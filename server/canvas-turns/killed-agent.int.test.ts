// @module-tag long
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createDecoder, readVarString, readVarUint } from 'lib0/decoding';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeTool } from '@/lib/canvas-turns/agent-edit';
import { usualLimits } from '@/lib/tools/settings';
import { createAgent } from '@/server/agents/create-agent';
import { createThread } from '@/server/chat/create-thread';
import { postMessage } from '@/server/chat/post-message';
import { aMember } from '@/server/chat/testing/room';
import { createServices } from '@/server/compose';
import { Hub } from '@/server/realtime/room/hub';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { getSuggestion } from '@/server/suggestions/get-suggestion';
import { listSuggestions } from '@/server/suggestions/list-suggestions';
import { testConfig, testEnvironment } from '@/server/testing/database';
import { eventually } from '@/server/testing/eventually';
import { scripted } from '@/server/tools/testing/scripted';
import { createWorkflow } from '@/server/workflows/create-workflow';

const none = { params: {}, query: {}, body: undefined };
const turns = [
  [
    {
      name: changeTool,
      args: { edits: [{ edit: 'add', step: 'x', type: 'transform', config: { expression: '1' } }] },
    },
  ],
  'Done.',
];
let env: Record<string, string>;
let services: Services;
let child: ChildProcess | undefined;

beforeAll(async () => {
  env = await testEnvironment({ ENSEMBLE_LEASE_MS: '1500' });
  services = await createServices(await testConfig(env), 'test');
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await services.close();
});

function startDying(point: string): Promise<unknown[]> {
  const entry = join(import.meta.dirname, 'testing/dying-on-canvas.ts');
  const args = ['--import', 'tsx', entry, point, JSON.stringify(turns)];
  child = spawn(process.execPath, args, {
    env: { NODE_ENV: 'test', ...env },
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  return once(child, 'exit');
}

/** Whether an agent is here, as the sockets of a process are told. */
function watchPresence(hub: { told?: boolean | undefined }) {
  return (_: string, update: Uint8Array) => {
    const decoder = createDecoder(update);
    for (let left = readVarUint(decoder); left > 0; left -= 1) {
      readVarUint(decoder);
      readVarUint(decoder);
      hub.told = readVarString(decoder) !== 'null';
    }
  };
}

it('is gone from the canvas within ten seconds of kill -9, and what it made is there once', async () => {
  const actor = await aMember(services, 'killed-agent');
  const { id } = await createWorkflow(services, actor, {
    ...none,
    body: { schema: 1, name: 'Plan', description: '', nodes: [], edges: [] },
  });
  const here: { told?: boolean } = {};
  const hub = new Hub({
    ...services,
    relay: () => undefined,
    relayPresence: watchPresence(here),
    relayLocks: () => undefined,
    relayNotice: () => undefined,
    gone: () => undefined,
  });
  await hub.acquire(id);
  const agent = await createAgent(services, actor, {
    ...none,
    body: {
      ...{ handle: 'mortal', name: 'Mortal', description: '', instructions: 'Help.' },
      ...{ model: 'auto', skills: [], tools: [], limits: usualLimits },
    },
  });
  const thread = await createThread(services, actor, { ...none, body: { agentId: agent.id } });
  const exit = startDying('model-2.before');
  await postMessage(services, actor, {
    ...{ params: { id: thread.id }, query: {} },
    body: { text: 'Add a step', change: { workflowId: id, selected: [] } },
  });
  const [, signal] = await exit;
  const killedAt = performance.now();
  expect(signal).toBe('SIGKILL');
  expect(here.told).toBe(true);
  expect((await services.drafts.read(id)).nodes).toEqual([]);
  const list = () =>
    listSuggestions(services, actor, { ...none, params: { id }, query: { limit: 9 } });
  expect((await list()).items).toMatchObject([{ status: 'making', changeCount: 1 }]);
  await eventually(() => expect(here.told).toBe(false), 20_000);
  const seconds = (performance.now() - killedAt) / 1_000;
  process.stdout.write(`an agent was gone ${seconds.toFixed(1)} s after kill -9\n`);
  expect(seconds).toBeLessThanOrEqual(10);

  const seen = { sent: [], asked: new Map<number, number>(), requests: [] };
  const worker = await startWorker(
    scripted(services, { turns }, { ...seen, gate: async () => undefined }),
  );
  await eventually(async () => {
    const { items } = await list();
    expect(items).toMatchObject([{ status: 'open', changeCount: 1 }]);
  }, 30_000);
  const [made] = (await list()).items;
  const params = { id, suggestionId: made?.id ?? '' };
  const { changes } = await getSuggestion(services, actor, { ...none, params });
  expect(changes.map(({ change, part }) => `${change} ${part}`)).toEqual(['added nodes']);
  await worker.drain();
  await hub.close();
}, 90_000);
