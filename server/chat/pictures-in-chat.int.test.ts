import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePng } from '@/lib/files/testing/make-picture';
import type { ModelPolicy } from '@/lib/models/schema';
import type { Actor } from '@/lib/people/schema';
import { usualLimits } from '@/lib/tools/settings';
import { createAgent } from '@/server/agents/create-agent';
import { createServices } from '@/server/compose';
import { previewFile } from '@/server/files/preview-file';
import { uploadFile } from '@/server/files/upload-file';
import { putKey } from '@/server/models/put-key';
import { startTwin } from '@/server/models/testing/twin/twin';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { createBudget } from '@/server/spending/budgets/create-budget';
import { testConfig } from '@/server/testing/database';
import { eventually } from '@/server/testing/eventually';
import { createThread } from './create-thread';
import { getThread } from './get-thread';
import { postMessage } from './post-message';

const none = { params: {}, query: {}, body: undefined };
let twin: Awaited<ReturnType<typeof startTwin>>;
let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
const actorIn = (workspaceId: string): Actor => ({
  ...{ userId: 'ada', name: 'Ada', email: 'ada@example.com', workspaceId, role: 'admin' },
});
const [keyed, bare] = [actorIn('keyed'), actorIn('bare')];

beforeAll(async () => {
  twin = await startTwin();
  const { hostname, port } = new URL(twin.origin);
  services = await createServices(
    await testConfig({ ENSEMBLE_EGRESS_ALLOW: `${hostname}:${port}` }),
    'test',
  );
  const { prisma } = services;
  await prisma.user.create({ data: { id: 'ada', name: 'Ada', email: 'ada@example.com' } });
  for (const id of ['keyed', 'bare']) {
    await prisma.organization.create({ data: { id, name: id, slug: id } });
    await prisma.member.create({
      data: { id: randomUUID(), organizationId: id, userId: 'ada', role: 'admin' },
    });
  }
  for (const [provider, path] of [
    ['openai', '/v1'],
    ['anthropic', ''],
    ['google', ''],
  ] as const) {
    await putKey(services, keyed, {
      ...{ params: { provider }, query: {} },
      body: { key: 'sk-test-ABCDEFGHIJKLMNOP', baseUrl: `${twin.origin}${path}` },
    });
  }
  const body = {
    ...({ scope: 'workspace', window: 'none', capUsd: '100', softAt: 80 } as const),
    ...({ onBreach: 'stop', timeZone: 'UTC' } as const),
  };
  await createBudget(services, keyed, { params: {}, query: {}, body });
  worker = await startWorker(services);
});
afterAll(async () => {
  await worker.drain();
  await services.close();
  await twin.close();
});

const upload = (who: Actor, name: string, bytes: Uint8Array) =>
  uploadFile(services, who, { ...none, query: { name } }, async () => ({ bytes }));
const byId = (id: string) => ({ ...none, params: { id } });

async function answerOf(who: Actor, model: ModelPolicy, files: string[]) {
  const body = {
    ...{ handle: `agent-${randomUUID().slice(0, 8)}`, name: 'Helper', description: '' },
    ...{ instructions: 'You help.', model, skills: [], tools: [], limits: usualLimits },
  };
  const agent = await createAgent(services, who, { ...none, body });
  const { id } = await createThread(services, who, { ...none, body: { agentId: agent.id } });
  await postMessage(services, who, { ...byId(id), body: { text: 'What is this?', files } });
  return eventually(async () => {
    const thread = await getThread(services, who, byId(id));
    const last = thread.messages.at(-1);
    expect(['succeeded', 'failed']).toContain(last?.run?.status);
    return last;
  });
}

test.each([
  ['openai', 'gpt-6-sol'],
  ['openai', 'gpt-4o'],
  ['anthropic', 'claude-opus-5-5'],
  ['google', 'gemini-3.8-flash'],
] as const)(
  '%s/%s gets the bytes of a picture, and no bill exceeds what was held',
  async (provider, model) => {
    const bytes = makePng({ width: 300, height: 200 });
    const { id } = await upload(keyed, 'chart.png', bytes);
    const last = await answerOf(keyed, { provider, model }, [id]);
    expect(last?.run).toMatchObject({ status: 'succeeded' });
    expect(last?.files).toEqual([]);
    const asked = twin.asked.at(-1);
    expect(asked?.model).toContain(model);
    expect(asked?.body).toContain(Buffer.from(bytes).toString('base64'));
    const { rows } = await services.pool.query<{ fits: boolean }>(
      `select held_pico >= cost_pico as fits from model_call where run_id = $1`,
      [last?.run?.id],
    );
    expect(rows.length > 0 && rows.every(({ fits }) => fits)).toBe(true);
  },
);

test('a model that cannot see is refused in words, and nothing is asked of it', async () => {
  const { id } = await upload(keyed, 'chart.png', makePng({ width: 30, height: 20 }));
  const before = twin.asked.length;
  const last = await answerOf(keyed, { provider: 'openai', model: 'gpt-3.5-turbo' }, [id]);
  expect(last?.run).toMatchObject({
    status: 'failed',
    error: { code: 'no_model', message: expect.stringContaining('cannot see pictures') },
  });
  expect(twin.asked).toHaveLength(before);
});

test('the scripted model says what it would have seen, and earlier pictures come along', async () => {
  const { id, mediaType } = await upload(bare, 'chart.jpg', makePng({ width: 300, height: 200 }));
  // By what it is, not by its name.
  expect(mediaType).toBe('image/png');
  const last = await answerOf(bare, 'auto', [id]);
  expect(last?.text).toContain('**chart.jpg**: PNG, 300 × 200 pixels');
  const preview = await previewFile(services, bare, {
    ...none,
    query: {
      ...{ file: id, format: 'auto', encoding: 'auto', delimiter: 'auto' },
      headingRow: 1,
      numbers: 'plain',
    },
  });
  expect(preview.problem).toContain('It is a picture');
});

test.each([
  ['broken.png', new TextEncoder().encode('no picture'), 'is no PNG, JPEG or WebP'],
  ['moving.png', makePng({ width: 9, height: 9 }, [1, 2, 3], true), 'is animated'],
  ['wide.png', makePng({ width: 8_200, height: 1 }), '8200 × 1 pixels'],
])('%s is not taken', async (name, bytes, words) => {
  await expect(upload(bare, name, bytes)).rejects.toMatchObject({
    ...{ code: 'invalid_input', message: expect.stringContaining(words) },
  });
});
