import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import type { RunMode } from '@/lib/runs/schema';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { ended, makeWorkspace } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import { testConfig } from '@/server/testing/database';
import { createConnection } from '../create-connection';
import { updateConnection } from '../update-connection';

type Body = Parameters<typeof createConnection>[2]['body'];
type Patch = Parameters<typeof updateConnection>[2]['body'];
type Seen = { server: string; url: string; headers: Record<string, unknown> };

export const none = { params: {}, query: {}, body: undefined };

/** The product with a worker, two workspaces, and two servers outside that say what they were sent. */
export async function openWorld(more: Record<string, string> = {}) {
  const services = await createServices(
    await testConfig({ ENSEMBLE_EGRESS_ALLOW: '127.0.0.1', ...more }),
    'test',
  );
  const actorIn = async (userId: string): Promise<Actor> => ({
    ...{ userId, name: userId, email: `${userId}@example.com`, role: 'admin' },
    workspaceId: await makeWorkspace(services.pool),
  });
  const [ada, stranger] = [await actorIn('ada'), await actorIn('stranger')];
  const worker = await startWorker(services);
  const seen: Seen[] = [];
  const outside = { bound: await listen(seen, 'bound'), other: await listen(seen, 'other') };
  const create = (actor: Actor, body: Body) => createConnection(services, actor, { ...none, body });
  return {
    ...{ services, ada, stranger, seen, outside, create },
    url: (path = '/') => `http://${outside.bound.host}${path}`,
    patch: (actor: Actor, id: string, body: Patch) =>
      updateConnection(services, actor, { params: { id }, query: {}, body }),
    bearer: (name: string, secret: string, more: object = {}): Body => ({
      ...{ name, kind: 'bearer', config: { hosts: [outside.bound.host] }, secret },
      ...{ allowedWorkflowIds: null, allowedUserIds: null, ...more },
    }),
    /** Runs a workflow of one request to its end. */
    async run(
      config: object,
      { mode = 'live' as RunMode, workflowId = '', policy = {}, type = 'http', input = {} } = {},
    ) {
      const before = seen.length;
      const { id } = await services.engine.start({
        ...{ workspaceId: ada.workspaceId, name: 'Calls', mode, trigger: 'manual' },
        ...(workflowId === '' ? {} : { workflowId }),
        ...{
          plan: compile(
            type === 'http' ? request(config, policy) : stepOf(type, config, policy),
            catalogue,
          ),
          definitionHash: 'h',
          input,
        },
      });
      const state = await ended(services, id);
      const step = state.steps.call;
      return { id, state, step, error: step?.error, sent: seen.slice(before) };
    },
    async close() {
      await worker.drain();
      await services.close();
      outside.bound.close();
      outside.other.close();
    },
  };
}

/** A workflow of one request. */
export const request = (config: object, policy: object = {}) =>
  stepOf('http', { expect: '1xx, 2xx, 3xx, 4xx, 5xx', ...config }, policy);

/** A workflow of one step of this type. */
function stepOf(type: string, config: object, policy: object) {
  return definitionSchema.parse({
    name: 'Calls',
    nodes: [
      {
        ...{ id: 'call', key: 'call', type, name: 'Call', position: { x: 0, y: 0 } },
        ...{ policy, config },
      },
    ],
    edges: [],
  });
}

type Outside = { host: string; close(): Server; answer: RequestListener | undefined };

/** A server that repeats all that it was sent, in its headers, its body and escaped in its body; or `answer`s. */
async function listen(seen: Seen[], name: string): Promise<Outside> {
  const server = createServer((incoming, response) => {
    seen.push({ server: name, url: incoming.url ?? '', headers: incoming.headers });
    if (outside.answer) return outside.answer(incoming, response);
    const { url, headers } = incoming;
    const sent = JSON.stringify({ url, headers });
    response.setHeader('content-type', 'application/json');
    response.setHeader('x-echo', String(headers.authorization ?? url));
    response.setHeader('set-cookie', [`echo=${encodeURIComponent(String(url))}`]);
    // Only whoever reads the JSON sees the text again.
    const hidden = [...sent].map(
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    response.end(`{"sent":${sent},"hidden":"${hidden.join('')}"}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const outside: Outside = {
    host: `127.0.0.1:${port}`,
    close: () => server.close(),
    answer: undefined,
  };
  return outside;
}
