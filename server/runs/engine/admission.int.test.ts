import { afterAll, beforeAll, expect, test } from 'vitest';
import { aPlan, aStep } from '@/lib/runs/testing/plans';
import {
  begin,
  ended,
  eventually,
  type Harness,
  makeWorkspace,
  openHarness,
} from '@/server/runs/testing/harness';
import { testConfig } from '@/server/testing/database';

const most = 3;
let harness: Harness;
beforeAll(async () => {
  harness = await openHarness(await testConfig({ ENSEMBLE_RUNS_PER_WORKSPACE: String(most) }));
});
afterAll(() => harness.close());

test('of one workspace no more than its share is under way, another is served meanwhile, and all end', async () => {
  const [busy, other] = [await makeWorkspace(harness.pool), await makeWorkspace(harness.pool)];
  const open = new Map<string, () => void>();
  let peak = 0;
  await harness.work(async ({ runId, workspaceId }) => {
    if (workspaceId === busy) {
      await new Promise<void>((resolve) => open.set(runId, resolve));
      open.delete(runId);
    }
    return { ok: true, output: null };
  });
  const plan = aPlan([aStep('a')]);
  const ids: string[] = [];
  for (let i = 0; i < 12; i += 1) ids.push(await begin(harness, busy, plan));
  await eventually('the first are under way', async () => open.size >= most);
  const quick = await begin(harness, other, plan);
  expect((await ended(harness, quick)).status).toBe('succeeded');
  peak = Math.max(peak, open.size);
  const left = new Set(ids);
  while (left.size > 0) {
    peak = Math.max(peak, open.size);
    for (const finish of open.values()) finish();
    for (const id of left) {
      if ((await harness.engine.load(id))?.finishedAt !== undefined) left.delete(id);
    }
  }
  expect(peak).toBe(most);
  expect(ids).toHaveLength(12);
});
