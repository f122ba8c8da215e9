import { afterAll, beforeAll, expect, test } from 'vitest';
import { aPlan, aStep } from '@/lib/runs/testing/plans';
import {
  begin,
  ended,
  type Harness,
  makeWorkspace,
  openHarness,
} from '@/server/runs/testing/harness';
import { testConfig } from '@/server/testing/database';
import { tidyRuns } from './janitor';

let harness: Harness;
let workspaceId: string;
beforeAll(async () => {
  harness = await openHarness(await testConfig());
  workspaceId = await makeWorkspace(harness.pool);
  await harness.work(async ({ step }) =>
    step.id === 'waits'
      ? { ok: 'wait', wait: { kind: 'person' } }
      : { ok: true, output: `${step.id} is done` },
  );
});
afterAll(() => harness.close());

const age = (id: string, days: number) =>
  harness.pool.query(
    `update run set finished_at = finished_at - $2 * interval '1 day' where id = $1`,
    [id, days],
  );
const events = async (id: string) =>
  (await harness.pool.query('select 1 from run_event where run_id = $1', [id])).rowCount;

test('old journals are folded and read the same, older runs are deleted, others stay', async () => {
  const plan = aPlan([aStep('a'), aStep('b', ['a'])]);
  const ids = await Promise.all([1, 2, 3].map(() => begin(harness, workspaceId, plan)));
  const [young = '', old = '', oldest = ''] = ids;
  const before = (await Promise.all(ids.map((id) => ended(harness, id))))[1];
  const open = await begin(harness, workspaceId, aPlan([aStep('waits')]));
  await age(old, 31);
  await age(oldest, 181);
  const retention = { foldDays: 30, keepDays: 180 };
  expect(await tidyRuns(harness.pool, retention)).toEqual({ folded: 1, deleted: 1, broken: [] });
  expect(await tidyRuns(harness.pool, retention)).toEqual({ folded: 0, deleted: 0, broken: [] });
  expect(await harness.engine.load(old)).toEqual(before);
  expect([await events(old), await events(oldest)]).toEqual([0, 0]);
  expect(await events(young)).toBeGreaterThan(0);
  expect(await harness.engine.load(oldest)).toBeUndefined();
  expect(await harness.engine.load(open)).toBeDefined();
});
