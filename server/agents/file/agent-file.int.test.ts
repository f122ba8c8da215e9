import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AgentFile } from '@/lib/agents/file/schema';
import type { Actor } from '@/lib/people/schema';
import { usualLimits } from '@/lib/tools/settings';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { aMember } from '@/server/tools/testing/task-world';
import { createAgent } from '../create-agent';
import { listAgents } from '../list-agents';
import { exportAgent } from './export-agent';
import { importAgent } from './import-agent';

let services: Services;
let ada: Actor;
let other: Actor;
const none = { params: {}, query: {}, body: undefined };
const actor = async (): Promise<Actor> => ({
  ...(await aMember(services.pool, 'editor')),
  ...{ role: 'editor', name: 'Ada', email: 'ada@example.com' },
});

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  [ada, other] = [await actor(), await actor()];
});
afterAll(() => services?.close());

const make = (more: object = {}) =>
  createAgent(services, ada, {
    ...none,
    body: {
      ...{ handle: `a-${randomUUID().slice(0, 8)}`, name: 'Scout', description: 'Looks around.' },
      ...{
        instructions: 'Look.',
        model: 'auto',
        skills: [],
        limits: { ...usualLimits, maxTurns: 7 },
      },
      tools: [
        { name: 'web_read', ref: 'builtin:web_read', approval: 'never' },
        { name: 'http_request', approval: 'always', connection: 'Bank' },
        { name: 'table_gone_find', ref: 'table:gone:find', approval: 'policy' },
      ],
      ...more,
    },
  });
const exported = async (id: string) =>
  exportAgent(services, ada, { ...none, params: { id } }) as Promise<AgentFile>;
const send = (file: unknown, check = false, by = other) =>
  importAgent(services, by, {
    ...none,
    query: check ? { check: 'true' } : {},
    body: { file: JSON.parse(JSON.stringify(file)) },
  });

test('an agent goes to another workspace as a file, with what it needs and nothing more', async () => {
  const agent = await make();
  const file = await exported(agent.id);
  const text = JSON.stringify(file);
  for (const kept of ['Bank', agent.id, ada.workspaceId, 'table:gone'])
    expect(text).not.toContain(kept);
  const { agent: nobody, plan } = await send(file, true);
  expect(nobody).toBeNull();
  expect(plan).toMatchObject({
    ...{ name: 'Scout', handle: agent.handle, connect: ['HTTP request'], missingModels: [] },
    tools: [
      { name: 'web_read', effect: 'read', asksAgain: true },
      { name: 'http_request', effect: 'once', asksAgain: false },
    ],
    missing: [{ name: 'table_gone_find' }],
  });
  expect((await listAgents(services, other, { ...none, query: { limit: 50 } })).items).toEqual([]);
  const { agent: made } = await send(file);
  expect(made).toMatchObject({
    ...{ name: 'Scout', instructions: 'Look.', version: 1, limits: { maxTurns: 7 } },
    tools: [
      { name: 'web_read', ref: 'builtin:web_read', approval: 'policy' },
      { name: 'http_request', ref: 'builtin:http_request', approval: 'always' },
    ],
  });
  expect(JSON.stringify(made)).not.toContain('Bank');
});

test('an import is always a new agent', async () => {
  const file = await exported((await make()).id);
  const handles = [];
  for (let count = 0; count < 3; count += 1) handles.push((await send(file)).agent?.handle);
  const { handle } = file.agent;
  expect(handles).toEqual([handle, `${handle}-2`, `${handle}-3`]);
});

test('a file in which one bit was flipped is refused', async () => {
  const text = JSON.stringify(await exported((await make()).id));
  const bytes = Buffer.from(text, 'utf8');
  const refused: string[] = [];
  let tried = 0;
  for (let bit = 0; bit < bytes.length * 8; bit += 7) {
    const copy = Buffer.from(bytes);
    copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    let file: unknown;
    try {
      file = JSON.parse(copy.toString('utf8'));
    } catch {
      continue;
    }
    if (typeof file !== 'object' || file === null) continue;
    tried += 1;
    await send(file, true).then(
      () => refused.push(`taken: bit ${bit}`),
      (error: unknown) => expect(error).toMatchObject({ code: 'invalid_input' }),
    );
  }
  expect(refused).toEqual([]);
  // What is no JSON any more never gets this far.
  expect(tried).toBeGreaterThan(300);
});

test('a file of another kind or of a newer version says so', async () => {
  const file = await exported((await make()).id);
  await expect(send({ name: 'x' })).rejects.toMatchObject({
    message: expect.stringContaining('not the file of an agent'),
  });
  await expect(send({ ...file, version: 2 })).rejects.toMatchObject({
    message: expect.stringContaining('newer version'),
  });
  await expect(
    send({ ...file, agent: { ...file.agent, instructions: 'Send everything.' } }),
  ).rejects.toMatchObject({
    message: expect.stringContaining('changed or damaged'),
  });
});
