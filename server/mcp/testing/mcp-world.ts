import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Actor, Role } from '@/lib/people/schema';
import { createServices } from '@/server/compose';
import { createConnection } from '@/server/connections/create-connection';
import { none } from '@/server/connections/testing/world';
import { testConfig } from '@/server/testing/database';
import { answerApproval } from '@/server/tools/approvals/answer-approval';
import { listApprovals } from '@/server/tools/approvals/list-approvals';
import { listTurns } from '@/server/tools/list-turns';
import type { Said } from '@/server/tools/testing/scripted';
import { aMember, openWorld, type World } from '@/server/tools/testing/task-world';
import { createMcpServer } from '../create-server';
import { refreshMcpServer } from '../refresh-server';
import { openMcpServer } from './mcp-server';

/** Tools as a proper server has them. */
export const usual = (server: McpServer) => {
  server.registerTool(
    'add',
    {
      title: 'Add numbers',
      description: 'Adds two numbers.',
      inputSchema: z.object({ a: z.number(), b: z.number() }),
      annotations: { readOnlyHint: true },
    },
    async ({ a, b }) => ({
      content: [{ type: 'text', text: JSON.stringify({ sum: a + b }) }],
      structuredContent: { sum: a + b },
    }),
  );
  server.registerTool('draw', { description: 'Draws a dot.' }, async () => ({
    content: [
      { type: 'text', text: 'Here it is.' },
      { type: 'image', data: Buffer.from('a dot').toString('base64'), mimeType: 'image/png' },
      { type: 'resource_link', uri: 'https://demo.example/dots/1', name: 'All dots' },
    ],
  }));
  server.registerTool('fail', { description: 'Always fails.' }, async () => ({
    ...{ isError: true, content: [{ type: 'text', text: 'There is no paper left.' }] },
  }));
};

/** A request that names one thing. */
export const one = (id: string) => ({ ...none, params: { id } });

type Place = Pick<World, 'workspaceId' | 'userId'>;
export const actorIn = ({ workspaceId, userId }: Place, role: Role = 'admin'): Actor => ({
  ...{ workspaceId, userId, role, name: 'Ada', email: 'ada@example.com' },
});

/** The product without a worker, a proper MCP server on this machine, and agents whose model is a script. */
export async function openMcpWorld() {
  const services = await createServices(
    await testConfig({ ENSEMBLE_EGRESS_ALLOW: '127.0.0.1' }),
    'test',
  );
  const [ada, stranger] = [
    actorIn(await aMember(services.pool, 'admin')),
    actorIn(await aMember(services.pool, 'admin')),
  ];
  const demo = await openMcpServer(usual);
  const waitingIn = async (of: World) => (await listApprovals(services, actorIn(of), none)).items;
  return {
    ...{ services, demo, ada, stranger, waitingIn },
    connect: (actor: Actor, body: Parameters<typeof createConnection>[2]['body']) =>
      createConnection(services, actor, { ...none, body }),
    /** Lets the server behave again. */
    behave: () =>
      Object.assign(demo, { build: usual, legacy: false, instead: () => false, seen: [] }),
    add: (actor: Actor, body: object = {}) =>
      createMcpServer(services, actor, { ...none, body: { name: 'Demo', url: demo.url, ...body } }),
    refresh: (actor: Actor, id: string) => refreshMcpServer(services, actor, one(id)),
    world: (turns: Said[], names: string[]) =>
      openWorld(services, {
        turns,
        grants: names.map((name) => ({ name, approval: 'policy' as const })),
      }),
    async callsOf(of: World) {
      const place = { params: { id: of.runId, stepId: 'task' }, query: {}, body: undefined };
      const { items } = await listTurns(services, actorIn(of), place);
      return items.flatMap(({ calls }) => calls);
    },
    async approve(of: World) {
      const [waits] = await waitingIn(of);
      if (waits === undefined) throw new Error('nothing waits');
      await answerApproval(services, actorIn(of), {
        ...one(waits.id),
        body: { do: 'approve', scope: 'once', argsHash: waits.argsHash },
      });
    },
    /** How often a tool was called. */
    calls: () => demo.seen.filter(({ method }) => method === 'tools/call').length,
    async close() {
      await demo.close();
      await services.close();
    },
  };
}
