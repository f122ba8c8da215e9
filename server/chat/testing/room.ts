import { randomUUID } from 'node:crypto';
import { LLMock } from '@copilotkit/aimock';
import { expect } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { usualLimits } from '@/lib/tools/settings';
import { createAgent } from '@/server/agents/create-agent';
import { createServices } from '@/server/compose';
import { putKey } from '@/server/models/put-key';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { eventually } from '@/server/testing/eventually';
import { createThread } from '../create-thread';
import { getThread } from '../get-thread';
import { postMessage } from '../post-message';

const none = { params: {}, query: {}, body: undefined };

/** A workspace with a model that says what a test tells it, a worker, and somebody who writes. */
export async function openRoom() {
  const mock = new LLMock({ port: 0, host: '127.0.0.1', chunkSize: 8, logLevel: 'silent' });
  await mock.start();
  const { hostname, port } = new URL(mock.url);
  const config = await testConfig({ ENSEMBLE_EGRESS_ALLOW: `${hostname}:${port}` });
  const services = await createServices(config, 'test');
  const actor = await aMember(services, 'room');
  await putKey(services, actor, {
    params: { provider: 'openai' },
    query: {},
    body: { key: 'sk-test-ABCDEFGHIJKLMNOP', baseUrl: `${mock.url}/v1` },
  });
  let worker = await startWorker(services);
  const byId = (id: string) => ({ ...none, params: { id } });
  return {
    mock,
    services,
    actor,
    byId,
    /** Ends the worker; the next one goes on. */
    stopWorker: () => worker.drain(),
    async startWorker() {
      worker = await startWorker(services);
    },
    async anAgent(name: string, instructions = 'You help.') {
      const handle = `${name.toLowerCase()}-${randomUUID().slice(0, 8)}`;
      const body = {
        ...{ handle, name, description: '', instructions },
        ...{ model: 'auto' as const, skills: [], tools: [], limits: usualLimits },
      };
      return createAgent(services, actor, { ...none, body });
    },
    aThread: (agentId: string) => createThread(services, actor, { ...none, body: { agentId } }),
    post: (id: string, body: Parameters<typeof postMessage>[2]['body'], key?: string) =>
      postMessage(
        services,
        actor,
        { ...byId(id), body },
        key === undefined ? undefined : { headers: new Headers({ 'idempotency-key': key }) },
      ),
    thread: (id: string) => getThread(services, actor, byId(id)),
    /** The thread once all of its answers are over. */
    settled: (id: string) =>
      eventually(async () => {
        const thread = await getThread(services, actor, byId(id));
        const open = thread.messages.filter(
          ({ run }) => run && !['succeeded', 'failed', 'cancelled'].includes(run.status),
        );
        expect(open).toEqual([]);
        return thread;
      }),
    async close() {
      await worker.drain();
      await services.close();
      await mock.stop();
    },
  };
}
export type Room = Awaited<ReturnType<typeof openRoom>>;

/** A member of a workspace that is made for them. */
export async function aMember(
  { prisma }: Pick<Services, 'prisma'>,
  workspaceId: string,
): Promise<Actor> {
  const userId = randomUUID();
  const email = `${userId}@example.com`;
  await prisma.user.create({ data: { id: userId, name: 'Ada', email } });
  await prisma.organization.create({
    data: { id: workspaceId, name: workspaceId, slug: workspaceId },
  });
  await prisma.member.create({
    data: { id: randomUUID(), organizationId: workspaceId, userId, role: 'editor' },
  });
  return { userId, name: 'Ada', email, workspaceId, role: 'editor' };
}
