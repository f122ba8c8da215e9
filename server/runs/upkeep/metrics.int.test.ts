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
import { runMetrics } from './metrics';

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness(await testConfig());
});
afterAll(() => harness.close());

test('what workers did stands in the metrics, each line in the text format', async () => {
  const workspaceId = await makeWorkspace(harness.pool);
  await harness.work(async ({ step, attempt }) =>
    step.id === 'a' && attempt === 1
      ? { ok: false, error: { code: 'busy', message: '', retryable: true } }
      : { ok: true, output: 1 },
  );
  const retry = { attempts: 2, backoffMs: 1, maxBackoffMs: 1 };
  const id = await begin(
    harness,
    workspaceId,
    aPlan([aStep('a', [], { retry }), aStep('b', ['a'])]),
  );
  await ended(harness, id);
  const value = (text: string, name: string) =>
    Number(new RegExp(`^${name}\\{[^}]*\\} (\\S+)$`, 'm').exec(text)?.[1]);
  const text = await eventually('the worker has told', async () => {
    const now = await runMetrics(harness);
    return value(now, 'ensemble_steps_succeeded_total') === 2 ? now : undefined;
  });
  expect(value(text, 'ensemble_step_retries_total')).toBe(1);
  expect(value(text, 'ensemble_steps_started_total')).toBe(3);
  expect(text).toMatch(/^ensemble_runs\{status="succeeded"\} 1$/m);
  expect(text).toMatch(/^ensemble_workers 1$/m);
  const bucket = /^ensemble_advance_seconds_bucket\{worker="[^"]+",le="\+Inf"\} (\d+)$/m;
  expect(bucket.exec(text)?.[1]).toBe(/^ensemble_advance_seconds_count\S* (\d+)$/m.exec(text)?.[1]);
  const line = /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z]+="[^"]*",?)+\})? -?[\d.e+-]+|)$/;
  expect(text.split('\n').filter((one) => !line.test(one))).toEqual([]);
});
