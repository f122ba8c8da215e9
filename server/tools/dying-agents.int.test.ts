// @module-tag long
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createServices } from '@/server/compose';
import { eventually } from '@/server/runs/testing/harness';
import type { Services } from '@/server/services';
import { testConfig, testEnvironment } from '@/server/testing/database';
import { answerApproval } from './approvals/answer-approval';
import { waitingCalls } from './approvals/waiting-store';
import { openWorld } from './testing/task-world';

const turns = [
  [{ name: 'calculate', args: { expression: '1 + 1' } }],
  [{ name: 'http_request', args: { method: 'POST', url: 'https://shop.example/orders' } }],
  'All done.',
];
const grants = [
  { name: 'http_request', approval: 'never' as const },
  { name: 'calculate', approval: 'policy' as const },
];
const counts = new Map<string, number>();
const counter = createServer((request, response) => {
  const point = request.url?.slice(1) ?? '';
  counts.set(point, (counts.get(point) ?? 0) + 1);
  response.end();
});
const children = new Set<ChildProcess>();
let env: Record<string, string>;
let services: Services;

beforeAll(async () => {
  env = await testEnvironment({ ENSEMBLE_LEASE_MS: '1500' });
  services = await createServices(await testConfig(env), 'test');
  counter.listen(0, '127.0.0.1');
  await once(counter, 'listening');
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  counter.close();
  await services.close();
});

/** A worker that kills itself at a moment; 0: never. */
function anAgentWorker(moment: number) {
  const address = counter.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const entry = join(import.meta.dirname, 'testing/dying-agent.ts');
  const args = [`http://127.0.0.1:${port}`, String(moment), JSON.stringify(turns)];
  const child = spawn(process.execPath, ['--import', 'tsx', entry, ...args], {
    env: { NODE_ENV: 'test', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.add(child);
  return once(child, 'exit').then(() => child.signalCode);
}

// Moments of two processes: as it sends what acts once, and as it begins again.
it.each([[[24, 3]]])(
  'goes on after kill -9 at the moments %j, does it once, and pays for no finished turn again',
  async (moments) => {
    counts.clear();
    const world = await openWorld(services, { grants, turns });
    for (const moment of moments) expect(await anAgentWorker(moment)).toBe('SIGKILL');
    void anAgentWorker(0);
    const state = await eventually(
      'the run ends',
      async () => {
        for (const { id } of await waitingCalls(services.pool, world.workspaceId, world.runId)) {
          const { userId, workspaceId } = world;
          const actor = { userId, workspaceId, name: 'Ada', email: '', role: 'editor' as const };
          const body = { do: 'happened' as const, result: 'It is there.' };
          await answerApproval(services, actor, { params: { id }, query: {}, body });
        }
        const now = await services.engine.load(world.runId);
        return now?.finishedAt === undefined ? undefined : now;
      },
      60_000,
    );
    expect(state).toMatchObject({ status: 'succeeded', output: { text: 'All done.' } });
    expect(counts.get('effect.after') ?? 0).toBeLessThanOrEqual(1);
    const { rows } = await services.pool.query<{ state: string }>(
      'select state from tool_call where run_id = $1 order by turn',
      [world.runId],
    );
    expect(rows.map((row) => row.state)).toEqual(['done', 'done']);
    for (const turn of [1, 2, 3]) {
      // A turn whose answer was not kept yet is asked for again; none other is.
      expect(counts.get(`model-${turn}.after`)).toBeLessThanOrEqual(2);
    }
    for (const child of children) child.kill('SIGKILL');
  },
  120_000,
);
