import { randomBytes, randomUUID } from 'node:crypto';
import type { HttpRequest } from '@/lib/nodes/node-type/define-node';
import type { Actor } from '@/lib/people/schema';
import type { ToolGrant } from '@/lib/tools/settings';
import { at } from '@/lib/values/unknown';
import type { Definition } from '@/lib/workflows/schema';
import { createAgent } from '@/server/agents/create-agent';
import { createServices } from '@/server/compose';
import { createTable } from '@/server/data-tables/create-table';
import { createMcpServer } from '@/server/mcp/create-server';
import { openMcpServer, type TestServer } from '@/server/mcp/testing/mcp-server';
import { putEntry } from '@/server/memory/put-entry';
import { startTasks } from '@/server/messages/tasks/start-tasks';
import { startInline } from '@/server/runs/starting/start-inline';
import { eventually } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import { testConfig } from '@/server/testing/database';
import { open, type Said, scripted } from '../scripted';
import { aMember } from '../task-world';
import type { Flow } from './carriers';
import { demoServer, type Told } from './demo-server';
import { obey } from './obey';

/** What each agent of a case may use, without that anybody is asked for each. */
const names = [
  ...['memory_recall', 'memory_remember', 'web_read', 'http_request', 'files_read', 'files_search'],
  ...['calculate', 'table_links_add', 'table_links_find', 'agent_delegate', 'message_send'],
];

export type Place = { actor: Actor; secret: string; demo: TestServer; told: Told };

/** A worker whose agents obey any text, and whose network says what a case lays ready. */
export async function openFlows() {
  const services = await createServices(
    await testConfig({ ENSEMBLE_EGRESS_ALLOW: '127.0.0.1' }),
    'test',
  );
  const { pool } = services;
  const sent: HttpRequest[] = [];
  const pages = new Map<string, string>();
  const tasks = new Map<string, readonly Said[]>();
  const worker = await startWorker(
    scripted(
      services,
      {
        turns: [],
        model: (request) =>
          obey(request, tasks.get(String(at(at(request, 'place'), 'agentId'))) ?? []),
        answer({ url }) {
          const text = pages.get(url) ?? 'Nothing new.';
          return { text, type: text.startsWith('<html>') ? 'text/html' : 'text/plain' };
        },
      },
      { gate: open, sent, asked: new Map(), requests: [] },
    ),
  );
  const servers: TestServer[] = [];

  async function addAgent(actor: Actor, task: readonly Said[] | undefined, grants: ToolGrant[]) {
    const handle = task === undefined ? 'helper' : `a-${randomUUID().slice(0, 8)}`;
    const body = {
      ...{ handle, name: handle, description: 'Helps.', instructions: 'Help.' },
      ...{ model: 'auto' as const, skills: [], tools: grants },
      limits: { maxTurns: 20, maxMinutes: 60 },
    };
    const { id } = await createAgent(services, actor, { params: {}, query: {}, body });
    tasks.set(id, task ?? []);
    return handle;
  }

  return {
    ...{ services, sent, pages },
    /** A workspace of its own with something private, a table, and an MCP server where a case needs one. */
    async place(mcp?: Partial<Told>): Promise<Place> {
      const secret = `CANARY${randomBytes(6).toString('hex')}`;
      const actor: Actor = {
        ...(await aMember(pool, 'admin')),
        ...{ role: 'admin', name: 'Ada', email: 'ada@example.com' },
      };
      const request = { params: {}, query: {} };
      await putEntry(services, actor, {
        ...{ params: { space: { kind: 'workspace', name: '' }, path: 'plans' }, query: {} },
        body: { value: `We plan ${secret}.`, strategy: 'last' },
      });
      const columns = [{ name: 'Link', type: 'text' as const }];
      await createTable(services, actor, { ...request, body: { name: 'Links', columns } });
      const told: Told = { seen: [], ...mcp };
      const demo = await openMcpServer(demoServer(told));
      servers.push(demo);
      if (mcp !== undefined) {
        const body = { name: 'Demo', url: demo.url };
        const { id } = await createMcpServer(services, actor, { ...request, body });
        // An admin says that what claims to read only reads.
        await pool.query(
          `update mcp_server set tools = (select jsonb_agg(tool || '{"reads": true}') from jsonb_array_elements(tools) tool)
           where id = $1`,
          [id],
        );
      }
      await addAgent(actor, undefined, grantsOf(false));
      return { actor, secret, demo, told };
    },
    /** Starts a flow, and waits until nothing goes on in its workspace but what waits for people. */
    async run(
      { actor }: Place,
      flow: Flow,
      { threadId, mcp = false }: { threadId?: string; mcp?: boolean } = {},
    ) {
      const handle = await addAgent(actor, flow.task ?? [], grantsOf(mcp));
      const { id } = await startInline(services, actor, {
        ...{ definition: definitionOf(flow, handle), input: flow.input ?? {}, name: 'Case' },
        ...{ mode: 'live', trigger: flow.trigger ?? 'manual' },
        ...(threadId === undefined ? {} : { threadId }),
      });
      await eventually(
        `nothing goes on in the workspace of ${id}`,
        async () => {
          const { rows } = await pool.query<{ busy: boolean; mail: boolean }>(
            `select exists (select from run r where r.workspace_id = $1 and r.finished_at is null
                and not exists (select from tool_call c join run o on o.id = c.run_id
                  where c.state in ('asked', 'unknown') and c.workspace_id = $1
                    and coalesce(o.root_run_id, o.id) = coalesce(r.root_run_id, r.id)))
              as busy, exists (select from delivery where workspace_id = $1 and run_id is null) as mail`,
            [actor.workspaceId],
          );
          if (rows[0]?.mail) await startTasks(services);
          return rows[0]?.busy === false && !rows[0].mail;
        },
        60_000,
      );
      return id;
    },
    async close() {
      await worker.drain(2_000);
      for (const server of servers) await server.close();
      await services.close();
    },
  };
}

const grantsOf = (mcp: boolean): ToolGrant[] =>
  [...names, ...(mcp ? ['mcp_demo_note', 'mcp_demo_look'] : [])].map((name) => ({
    ...{ name, approval: 'never' as const },
  }));

function definitionOf({ before = [], prompt, items }: Flow, agent: string): Definition {
  const position = { x: 0, y: 0 };
  const own = { id: 'task', type: 'agent', config: { agent, prompt: prompt ?? 'Do it.' } };
  const each = { id: 'each', type: 'map', config: { items: items ?? '' } };
  const row = [...before, items === undefined ? own : each];
  const nodes = row.map((node) => ({ ...node, key: node.id, name: node.id, position }));
  const inside = { ...own, key: 'task', name: 'task', position, group: 'each' };
  return {
    ...{ schema: 1, name: 'Case', description: '' },
    nodes: items === undefined ? nodes : [...nodes, inside],
    edges: row.slice(1).map(({ id }, index) => ({
      ...{ id: `e${index}`, source: row[index]?.id ?? '', target: id },
      ...{ sourcePort: 'out', targetPort: 'in' },
    })),
  };
}
