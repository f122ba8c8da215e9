import { expect, test } from 'vitest';
import type { RunSummary } from '@/lib/runs/contract';
import { needAttention, weekFigures } from './figures';

const today = Date.UTC(2025, 10, 21);
const hour = 3_600_000;

function run(at: number, change: Partial<RunSummary> = {}): RunSummary {
  return {
    id: crypto.randomUUID(),
    workflowId: '0199a000-0000-7000-8000-000000000001',
    workflowName: 'W',
    threadId: null,
    version: 1,
    status: 'succeeded',
    mode: 'live',
    trigger: 'manual',
    startedBy: null,
    createdAt: new Date(at).toISOString(),
    startedAt: new Date(at).toISOString(),
    finishedAt: new Date(at + 2_000).toISOString(),
    usage: { inputTokens: 0, outputTokens: 0, costUsd: 0.5 },
    scripted: false,
    ...change,
  };
}

test('sums the last seven days and leaves older runs out', () => {
  const figures = weekFigures(
    [
      run(today + hour),
      run(today + 2 * hour, {
        status: 'failed',
        finishedAt: new Date(today + 2 * hour + 8_000).toISOString(),
      }),
      run(today - 6 * 24 * hour, { status: 'cancelled', startedAt: null, finishedAt: null }),
      run(today - 6 * 24 * hour - 1),
    ],
    today,
  );
  expect(figures.runs).toBe(3);
  expect(figures.days.map((day) => day.runs)).toEqual([1, 0, 0, 0, 0, 0, 2]);
  expect(figures.successRate).toBe(0.5);
  expect(figures.medianMs).toBe(5_000);
  expect(figures.costUsd).toBe(1.5);
});

test('has no rate and no median without a finished run', () => {
  const figures = weekFigures([], today);
  expect(figures.successRate).toBeUndefined();
  expect(figures.medianMs).toBeUndefined();
  expect(figures.days).toHaveLength(7);
});

test('asks for attention once per workflow, until it succeeded again', () => {
  const other = '0199a000-0000-7000-8000-000000000002';
  const failed = run(today, { status: 'failed' });
  const newestFirst = [
    failed,
    run(today - hour, { status: 'failed' }),
    run(today - hour, { workflowId: other }),
    run(today - 2 * hour, { workflowId: other, status: 'failed' }),
    run(today - 100 * hour, { workflowId: null, status: 'failed' }),
  ];
  expect(needAttention(newestFirst, today + hour)).toEqual([failed]);
});

test('runs of drafts, tests of a step and tries fill neither the rate nor what needs attention', () => {
  const tries = [
    run(today + hour, { status: 'failed', draft: new Date(today).toISOString(), version: null }),
    run(today + hour, { status: 'failed', only: { id: 'a', name: 'A' } }),
    run(today + hour, { status: 'failed', trigger: 'try', workflowId: null, version: null }),
  ];
  const figures = weekFigures([...tries, run(today + hour)], today);
  expect([figures.runs, figures.failed, figures.successRate]).toEqual([1, 0, 1]);
  expect(figures.costUsd).toBe(2);
  expect(needAttention(tries, today + 2 * hour)).toEqual([]);
  const task = run(today + hour, { status: 'failed', trigger: 'api', workflowId: null });
  expect(needAttention([task], today + 2 * hour)).toEqual([task]);
});
