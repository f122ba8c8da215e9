import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createServices } from '@/server/compose';
import { makeWorkspace } from '@/server/runs/testing/harness';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { createLedger, type Ledger } from '../ledger/ledger';
import { createSpeeds } from './speeds';

let services: Services;
let ledger: Ledger;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  ledger = createLedger(services);
});
afterAll(async () => {
  await services.close();
});

async function answered(
  workspaceId: string,
  model: string,
  { tokens, ms, failed = false }: { tokens: number; ms: number; failed?: boolean },
) {
  const call = {
    ...{ workspaceId, runId: randomUUID(), stepId: 's', nodeId: 's', attempt: 1, timeoutMs: 1_000 },
    ...({ mode: 'live', provider: 'compatible', model, price: undefined, asked: false } as const),
    decision: { policy: 'fastest', reason: 'Test.', candidates: [] },
    ...{ input: 10, want: 1_000 },
  };
  const { settle } = await ledger.open(call, new AbortController().signal);
  await settle({
    ...({ state: 'settled', cost: 0n, inputTokens: 10, outputTokens: tokens } as const),
    ...{ estimated: false, finish: failed ? null : 'stop', errorCode: failed ? 'model_cut' : null },
    ...{ outputBytes: 4 * tokens, firstPartMs: 1, durationMs: ms },
  });
}

test('how fast models answer is known from the third whole answer on, each workspace by itself', async () => {
  const [ours, theirs] = [await makeWorkspace(services.pool), await makeWorkspace(services.pool)];
  for (const ms of [1_000, 2_000, 4_000]) await answered(ours, 'quick', { tokens: 100, ms });
  for (const ms of [10_000, 10_000, 10_000]) await answered(ours, 'slow', { tokens: 100, ms });
  for (const ms of [100, 100]) await answered(ours, 'new', { tokens: 100, ms });
  for (const ms of [1, 1, 1]) await answered(ours, 'broken', { tokens: 100, ms, failed: true });
  for (const ms of [1, 1, 1]) await answered(ours, 'silent', { tokens: 0, ms });
  expect([...(await createSpeeds(services.pool)(ours))].toSorted()).toEqual([
    ['compatible quick', 50],
    ['compatible slow', 10],
  ]);
  expect((await createSpeeds(services.pool)(theirs)).size).toBe(0);
});
