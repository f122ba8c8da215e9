import type { McpServer } from '@modelcontextprotocol/server';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { findTool } from '@/lib/tools/search/find-tool';
import { corpus } from '@/lib/tools/search/testing/corpus';
import { openWorld } from '@/server/tools/testing/task-world';
import { acceptMcpServer } from './accept-drift';
import { getMcpServer } from './get-server';
import { one, openMcpWorld } from './testing/mcp-world';

let mcp: Awaited<ReturnType<typeof openMcpWorld>>;
beforeAll(async () => {
  mcp = await openMcpWorld();
});
afterAll(() => mcp.close());
afterEach(() => mcp.behave());

const half = (at: 0 | 1) => corpus.slice(at * 200, at * 200 + 200);
const having =
  (tools: typeof corpus, change = '') =>
  (server: McpServer) => {
    for (const { name, title, description } of tools) {
      server.registerTool(
        name.replace(/^mcp_/, ''),
        {
          ...{ title, description: `${description}${change}` },
          inputSchema: z.object({ id: z.string().describe('What this is about.') }),
          annotations: { readOnlyHint: true },
        },
        async ({ id }) => ({ content: [{ type: 'text', text: `Done with ${id}.` }] }),
      );
    }
  };
const tokensOf = (tools: readonly unknown[] | undefined) =>
  Math.ceil(JSON.stringify(tools ?? []).length / 4);

/** Two servers with 200 tools each, all of which an agent may use without being asked. */
async function fourHundred() {
  const actor = { ...mcp.ada };
  const names: string[] = [];
  const ids: string[] = [];
  for (const at of [0, 1] as const) {
    mcp.demo.build = having(half(at));
    const made = await mcp.add(actor, { name: at === 0 ? 'Work' : 'Office' });
    ids.push(made.id);
    names.push(...made.tools.map(({ toolName }) => toolName));
  }
  return { ids, names, grants: names.map((name) => ({ name, approval: 'never' as const })) };
}

test('an agent with 400 tools is told of a few, finds the one it needs, and uses it', async () => {
  const { grants, names, ids } = await fourHundred();
  expect(names.length).toBe(400);
  const wanted = names.find((name) => name.includes('shopify') && name.includes('gift_card'));
  expect(wanted).toBeDefined();
  const given = {
    turns: [
      [{ name: findTool, args: { words: 'issue a gift card' } }],
      [{ name: String(wanted), args: { id: 'ada' } }],
      'It is issued.',
    ],
    grants,
    prompt: 'Thank the customer.',
    in: { workspaceId: mcp.ada.workspaceId, userId: mcp.ada.userId },
  };
  const world = await openWorld(mcp.services, given);
  const outcome = await world.attempt(1);
  expect(outcome).toMatchObject({ ok: true });
  const [first, second, third] = world.requests.map(({ tools }) => tools ?? []);
  expect(first?.length).toBeLessThan(20);
  expect(first?.some(({ name }) => name === wanted)).toBe(false);
  expect(second?.some(({ name }) => name === wanted)).toBe(true);
  expect(third?.map(({ name }) => name)).toEqual(second?.map(({ name }) => name));
  const calls = await mcp.callsOf(world);
  expect(calls.map(({ tool, state }) => [tool, state])).toEqual([
    [findTool, 'done'],
    [wanted, 'done'],
  ]);
  process.stdout.write(
    `400 tools: definitions in turns 1 to 3: ${[first, second, third].map(tokensOf).join(', ')} tokens\n`,
  );
  expect(tokensOf(first)).toBeLessThanOrEqual(32_000 * 0.05);
  // What a step's grants do not hold is not found, whatever the workspace has.
  const few = await openWorld(mcp.services, { ...given, grants: grants.slice(0, 40) });
  await few.attempt(1);
  const found = await mcp.callsOf(few);
  expect(found[0]?.result).not.toContain('gift_card');
  expect(found[1]).toMatchObject({ state: 'failed', error: 'no_such_tool' });
  for (const id of ids) await mcp.services.pool.query('delete from mcp_server where id = $1', [id]);
});

test('a tool that changes, goes, or loses its name to another between listing and call is not used', async () => {
  mcp.demo.build = having(corpus.slice(0, 1));
  const made = await mcp.add(mcp.ada, { name: 'Between' });
  const tool = String(made.tools[0]?.toolName);
  const call = [{ name: tool, args: { id: '7' } }];
  const place = { workspaceId: mcp.ada.workspaceId, userId: mcp.ada.userId };
  const grants = [{ name: tool, approval: 'never' as const }];
  const { pool } = mcp.services;
  const asked = () => mcp.demo.seen.filter(({ method }) => method === 'tools/call').length;

  // Accepted anew while the model thinks: it is told, and may use the new form.
  const before = asked();
  const changed = await openWorld(mcp.services, {
    turns: [call, call, 'Done.'],
    grants,
    in: place,
  });
  await changed.attempt(1, async (point) => {
    if (point !== 'model-1.after') return;
    mcp.demo.build = having(corpus.slice(0, 1), ' And tells everybody.');
    await mcp.refresh(mcp.ada, made.id);
    const { drift } = await getMcpServer(mcp.services, mcp.ada, one(made.id));
    const body = { print: String(drift?.print) };
    await acceptMcpServer(mcp.services, mcp.ada, { ...one(made.id), body });
  });
  expect((await mcp.callsOf(changed)).map(({ state, error }) => [state, error])).toEqual([
    ['failed', 'tool_changed'],
    ['done', null],
  ]);
  expect((await mcp.callsOf(changed))[0]?.result).toContain('And tells everybody.');
  expect(asked()).toBe(before + 1);

  // Gone, and another server has its name by now.
  const replaced = await openWorld(mcp.services, { turns: [call, 'Done.'], grants, in: place });
  await replaced.attempt(1, async (point) => {
    if (point !== 'model-1.after') return;
    await pool.query('delete from mcp_server where id = $1', [made.id]);
    mcp.demo.build = having(corpus.slice(0, 1));
    await mcp.add(mcp.ada, { name: 'Between' });
  });
  expect(await mcp.callsOf(replaced)).toMatchObject([
    { tool, state: 'failed', error: 'no_such_tool' },
  ]);
  expect(asked()).toBe(before + 1);
});
