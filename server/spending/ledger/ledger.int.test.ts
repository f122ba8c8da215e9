import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TokenPrice } from '@/lib/models/price';
import { costOf } from '@/lib/models/price';
import { BudgetPause } from '@/lib/spending/breach';
import { picoOf, usdOf } from '@/lib/spending/pico';
import type { BudgetScope } from '@/lib/spending/schema';
import { createServices } from '@/server/compose';
import { listNotifications } from '@/server/notifications/list-notifications';
import { makeWorkspace } from '@/server/runs/testing/harness';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { aMember } from '@/server/tools/testing/task-world';
import { createBudget } from '../budgets/create-budget';
import { deleteBudget } from '../budgets/delete-budget';
import { grantMore } from '../budgets/grant';
import { readBudgets } from '../budgets/store';
import { updateBudget } from '../budgets/update-budget';
import type { CallEnd } from './call';
import { type AskedCall, createLedger, type Ledger } from './ledger';
import { sweepCalls } from './sweep';

let services: Services;
let ledger: Ledger;
const signal = new AbortController().signal;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  ledger = createLedger(services);
});
afterAll(async () => {
  await services.close();
});

const price: TokenPrice = { input: 3_000_000n, output: 15_000_000n, list: 'test' };

async function workspaceWith(
  budgets: { scope: BudgetScope; capUsd: string; scopeId?: string }[],
): Promise<{ workspaceId: string; ids: string[] }> {
  const workspaceId = await makeWorkspace(services.pool);
  const actor = { userId: 'u', name: 'Ada', email: 'a@b.c', role: 'admin', workspaceId } as const;
  const ids: string[] = [];
  for (const budget of budgets) {
    const body = {
      ...({ window: 'month', softAt: 80, onBreach: 'ask', timeZone: 'Europe/Berlin' } as const),
      ...budget,
    };
    const made = await createBudget(services, actor, { params: {}, query: {}, body });
    ids.push(made.id);
  }
  return { workspaceId, ids };
}

const asked = (workspaceId: string, more: Partial<AskedCall> = {}): AskedCall => ({
  ...{ workspaceId, runId: randomUUID(), stepId: 's', nodeId: 's', attempt: 1, timeoutMs: 1_000 },
  ...({ mode: 'live', provider: 'compatible', model: 'm', price, asked: false } as const),
  decision: { policy: 'auto', reason: 'Test.', candidates: [] },
  ...{ input: 1_000, want: 1_000 },
  ...more,
});

const ended = (inputTokens: number, outputTokens: number): CallEnd => ({
  ...({ state: 'settled', cost: costOf(price, { inputTokens, outputTokens }) } as const),
  ...{ inputTokens, outputTokens, estimated: false, finish: 'stop', errorCode: null },
  ...{ outputBytes: 4 * outputTokens, firstPartMs: 1, durationMs: 2 },
});

const spentOf = async (workspaceId: string) =>
  (await readBudgets(services.pool, workspaceId)).map((row) => ({
    spent: BigInt(row.spent_pico ?? 0),
    held: BigInt(row.held_pico ?? 0),
  }));

/** Small numbers that are the same each time. */
function randomOf(seed: number) {
  let state = seed;
  return (most: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % most;
  };
}

test('64 callers at once never cost more than the cap, and use nearly all of it', async () => {
  let calls = 0;
  const used: string[] = [];
  for (const seed of [1, 2, 3]) {
    const cap = picoOf('0.60') ?? 0n;
    const { workspaceId } = await workspaceWith([
      { scope: 'workspace', capUsd: '0.60' },
      { scope: 'run', capUsd: '0.30' },
    ]);
    const runs = Array.from({ length: 8 }, () => randomUUID());
    const random = randomOf(seed);
    let bill = 0n;
    const byRun = new Map<string, bigint>();
    const caller = async (runId: string) => {
      for (let done = 0; done < 12; done += 1) {
        const input = 200 + random(800);
        const want = 50 + random(600);
        const call = asked(workspaceId, { runId, input, want, asked: random(2) === 0 });
        const ticket = await ledger.open(call, signal).catch((error: unknown) => error);
        if (BudgetPause.isInstance(ticket)) {
          if (ticket.asked === 'busy') continue;
          return;
        }
        if (ticket instanceof Error) throw ticket;
        const { maxTokens, settle } = ticket as Awaited<ReturnType<Ledger['open']>>;
        // The vendor bills what the request truly had, and writes no more than it was told to.
        const end = ended(1 + random(input), random((maxTokens ?? want) + 1));
        await new Promise((resolve) => setTimeout(resolve, random(20)));
        bill += end.cost;
        byRun.set(runId, (byRun.get(runId) ?? 0n) + end.cost);
        calls += 1;
        await settle(end);
      }
    };
    await Promise.all(
      Array.from({ length: 64 }, (_, index) => caller(runs[index % runs.length] ?? '')),
    );
    expect(bill).toBeLessThanOrEqual(cap);
    for (const cost of byRun.values()) expect(cost).toBeLessThanOrEqual(cap / 2n);
    const [whole] = await spentOf(workspaceId);
    expect(whole).toEqual({ spent: bill, held: 0n });
    used.push(`${usdOf(bill)} of ${usdOf(cap)}`);
    expect(bill * 10n).toBeGreaterThanOrEqual(cap * 9n);
  }
  process.stdout.write(`64 callers, ${calls} calls: 0 over the cap; used ${used.join(', ')}\n`);
});

test('a call that costs nothing is on record, too', async () => {
  const { workspaceId } = await workspaceWith([]);
  const free = { input: 0n, output: 0n, list: 'test' };
  const { settle } = await ledger.open(asked(workspaceId, { price: free }), signal);
  await settle({ ...ended(12, 6), cost: 0n });
  const { rows } = await services.pool.query(
    'select state, input_tokens, output_tokens, cost_pico, duration_ms from model_call where workspace_id = $1',
    [workspaceId],
  );
  expect(rows).toEqual([
    { state: 'settled', input_tokens: 12, output_tokens: 6, cost_pico: '0', duration_ms: 2 },
  ]);
});

test('calls whose process died count as what they held, until somebody tells what they cost', async () => {
  const { workspaceId } = await workspaceWith([{ scope: 'workspace', capUsd: '1' }]);
  const ticket = await ledger.open(asked(workspaceId), signal);
  const most = costOf(price, { inputTokens: 1_000, outputTokens: 1_000 });
  expect(await spentOf(workspaceId)).toEqual([{ spent: 0n, held: most }]);
  expect(await sweepCalls(services.pool)).toBe(0);
  await services.pool.query(
    `update model_call set hold_until = now() - interval '1 second' where workspace_id = $1`,
    [workspaceId],
  );
  expect(await sweepCalls(services.pool)).toBe(1);
  expect(await spentOf(workspaceId)).toEqual([{ spent: most, held: 0n }]);
  const end = ended(10, 10);
  await ticket.settle(end);
  expect(await spentOf(workspaceId)).toEqual([{ spent: end.cost, held: 0n }]);
  await ticket.settle(ended(999, 999));
  expect(await spentOf(workspaceId)).toEqual([{ spent: end.cost, held: 0n }]);
});

test('what was spent before a budget was made counts in it', async () => {
  const { workspaceId } = await workspaceWith([]);
  await (await ledger.open(asked(workspaceId), signal)).settle(ended(500, 500));
  const actor = { userId: 'u', name: 'Ada', email: 'a@b.c', role: 'admin', workspaceId } as const;
  const body = {
    ...({ scope: 'workspace', window: 'day', capUsd: '1', softAt: 80 } as const),
    ...({ onBreach: 'stop', timeZone: 'Asia/Tokyo' } as const),
  };
  const budget = await createBudget(services, actor, { params: {}, query: {}, body });
  expect(budget.spentUsd).toBe(usdOf(ended(500, 500).cost));
});

test('admins and the person of a budget are told once that it passed its soft mark, by any number of calls', async () => {
  const { workspaceId, userId: editor } = await aMember(services.pool, 'editor');
  const [admin, viewer] = [randomUUID(), randomUUID()];
  for (const [id, role] of [
    [admin, 'admin'],
    [viewer, 'viewer'],
  ] as const) {
    await services.pool.query(
      `insert into "user" (id, name, email, "emailVerified", "updatedAt") values ($1, $1, $1, true, now())`,
      [id],
    );
    await services.pool.query(
      `insert into member (id, "organizationId", "userId", role, "createdAt") values ($1, $2, $1, $3, now())`,
      [id, workspaceId, role],
    );
  }
  const actor = { userId: admin, name: 'Ada', email: '', role: 'admin', workspaceId } as const;
  const limits = { window: 'month', softAt: 80, onBreach: 'ask', timeZone: 'UTC' } as const;
  for (const scope of [{ scope: 'workspace' }, { scope: 'person', scopeId: editor }] as const) {
    const body = { ...limits, ...scope, capUsd: '0.1' };
    await createBudget(services, actor, { params: {}, query: {}, body });
  }
  const runId = randomUUID();
  await services.pool.query(
    `insert into run (id, workspace_id, name, mode, trigger, status, definition, input, definition_hash, started_by)
     values ($1, $2, 'Test', 'live', 'manual', 'running', '{}', '{}', 'x', $3)`,
    [runId, workspaceId, editor],
  );
  const tickets = await Promise.all(
    Array.from({ length: 10 }, () => ledger.open(asked(workspaceId, { runId, want: 100 }), signal)),
  );
  await Promise.all(tickets.map((ticket) => ticket.settle(ended(1_000, 500))));
  const told = async (userId: string) => {
    const query = { limit: 50 };
    const who = { ...actor, userId };
    const page = await listNotifications(services, who, { params: {}, query, body: undefined });
    return page.items.map(({ kind, workflow, text }) => ({ kind, workflow, text }));
  };
  const workspaces = {
    kind: 'budget',
    workflow: null,
    text: expect.stringMatching(
      /^The budget of the workspace: \$0\.\d\d of \$0\.10 is spent this month \(\d+ %\)\.$/,
    ),
  };
  const persons = { ...workspaces, text: expect.stringMatching(/^The budget of a person: /) };
  expect(await told(admin)).toEqual(expect.arrayContaining([workspaces, persons]));
  expect(await told(admin)).toHaveLength(2);
  expect(await told(editor)).toEqual([persons]);
  expect(await told(viewer)).toEqual([]);
});

test('two who grant more for one question grant once', async () => {
  const { workspaceId } = await workspaceWith([{ scope: 'workspace', capUsd: '0.001' }]);
  const paused = await ledger.open(asked(workspaceId), signal).catch((error: unknown) => error);
  if (!BudgetPause.isInstance(paused) || paused.asked === 'busy') throw new Error('not refused');
  const { breached } = paused.asked;
  expect(breached).toMatchObject([{ capUsd: '0.001', spentUsd: '0', heldUsd: '0' }]);
  const grant = async () => {
    const client = await services.pool.connect();
    const given = { pico: picoOf('1') ?? 0n, key: 'one question', userId: 'u', workspaceId };
    return grantMore(client, breached, given).finally(() => client.release());
  };
  const granted = await Promise.all([grant(), grant(), grant()]);
  expect(granted.filter(Boolean)).toHaveLength(1);
  const { rows } = await services.pool.query<{ extra_pico: string }>(
    'select extra_pico from budget_period where budget_id = $1',
    [breached[0]?.id],
  );
  expect(rows).toEqual([{ extra_pico: '1000000000000' }]);
  await (await ledger.open(asked(workspaceId), signal)).settle(ended(1, 1));
});

test('a model without a price is not called while a budget counts', async () => {
  const { workspaceId } = await workspaceWith([{ scope: 'workspace', capUsd: '1' }]);
  const call = asked(workspaceId, { price: undefined });
  await expect(ledger.open(call, signal)).rejects.toMatchObject({ code: 'price_unknown' });
  const { rows } = await services.pool.query('select from model_call where workspace_id = $1', [
    workspaceId,
  ]);
  expect(rows).toHaveLength(0);
});

test('a budget that is deleted or changed while calls begin stops none of them half-way', async () => {
  let refused = 0;
  for (let round = 0; round < 20; round += 1) {
    const { workspaceId, ids } = await workspaceWith([{ scope: 'workspace', capUsd: '1000000' }]);
    const actor = { userId: 'u', name: 'Ada', email: 'a@b.c', role: 'admin', workspaceId } as const;
    const [id = ''] = ids;
    const calls = Array.from({ length: 4 }, async () => {
      const ticket = await ledger.open(asked(workspaceId), signal);
      await ticket.settle(ended(10, 10));
    });
    const change = { params: { id }, query: {} };
    const done = await Promise.allSettled([
      ...calls,
      updateBudget(services, actor, { ...change, body: { capUsd: '999999' } }),
      deleteBudget(services, actor, { ...change, body: undefined }),
    ]);
    refused += done.slice(0, 4).filter(({ status }) => status === 'rejected').length;
    expect(done.at(-1)?.status).toBe('fulfilled');
    const { rows } = await services.pool.query(
      "select from model_call where workspace_id = $1 and state <> 'settled'",
      [workspaceId],
    );
    expect(rows).toHaveLength(0);
  }
  expect(refused).toBe(0);
});

test('a budget of one agent counts its calls alone', async () => {
  const { workspaceId } = await workspaceWith([]);
  const agentId = randomUUID();
  await services.pool.query(
    `insert into agent (id, workspace_id, handle, name, description, instructions, model)
     values ($1, $2, 'ana', 'Ana', '', '', '"auto"')`,
    [agentId, workspaceId],
  );
  const actor = { userId: 'u', name: 'Ada', email: 'a@b.c', role: 'admin', workspaceId } as const;
  const body = {
    ...({ scope: 'agent', scopeId: '@ana', window: 'none', capUsd: '0.001', softAt: 80 } as const),
    ...({ onBreach: 'ask', timeZone: 'UTC' } as const),
  };
  const budget = await createBudget(services, actor, { params: {}, query: {}, body });
  expect(budget).toMatchObject({ scopeId: agentId, scopeName: 'Ana' });
  await (await ledger.open(asked(workspaceId), signal)).settle(ended(1, 1));
  const refused = ledger.open(asked(workspaceId, { agentId }), signal);
  await expect(refused).rejects.toMatchObject({ asked: { breached: [{ subject: agentId }] } });
});
