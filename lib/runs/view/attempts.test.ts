import { expect, test } from 'vitest';
import type { RunEvent } from '@/lib/runs/schema';
import { attemptsOf } from './attempts';

const error = { code: 'http_failed', message: 'no answer', retryable: true };
const started = (seq: number, at: number, attempt: number): RunEvent => ({
  seq,
  at,
  type: 'StepStarted',
  stepId: 'a',
  attempt,
  worker: 'w1',
  timeoutAt: at + 1_000,
});

test('tells from when a step waited', () => {
  const attempts = attemptsOf([
    { seq: 1, at: 0, type: 'RunStarted' },
    started(2, 10, 1),
    { seq: 3, at: 15, type: 'StepWaiting', stepId: 'a', attempt: 1, wait: { kind: 'person' } },
    { seq: 4, at: 90, type: 'StepSucceeded', stepId: 'a', attempt: 1, ports: [], output: 1 },
  ]);
  expect(attempts.a).toMatchObject([{ waitedFrom: 15, finishedAt: 90, outcome: 'succeeded' }]);
});

test('lists every attempt with its end and its failure', () => {
  const attempts = attemptsOf([
    { seq: 1, at: 0, type: 'RunStarted' },
    started(2, 10, 1),
    { seq: 3, at: 20, type: 'StepRetryScheduled', stepId: 'a', attempt: 1, error, retryAt: 50 },
    started(4, 51, 2),
    { seq: 5, at: 60, type: 'StepLost', stepId: 'a', attempt: 2, worker: 'w1' },
    started(6, 70, 3),
    { seq: 7, at: 90, type: 'StepSucceeded', stepId: 'a', attempt: 3, ports: ['out'], output: 1 },
  ]);
  expect(attempts.a).toEqual([
    {
      attempt: 1,
      startedAt: 10,
      finishedAt: 20,
      outcome: 'retrying',
      error,
      retryAt: 50,
      worker: 'w1',
    },
    { attempt: 2, startedAt: 51, finishedAt: 60, outcome: 'lost', worker: 'w1' },
    { attempt: 3, startedAt: 70, finishedAt: 90, outcome: 'succeeded', worker: 'w1' },
  ]);
});

test('ends what was open when the run ends, and leaves what is running open', () => {
  const open = attemptsOf([started(1, 10, 1)]);
  expect(open.a?.[0]).toMatchObject({ outcome: 'running' });
  expect(open.a?.[0]?.finishedAt).toBeUndefined();
  const ended = attemptsOf([
    started(1, 10, 1),
    { seq: 2, at: 30, type: 'RunCancelled', by: 'ada' },
  ]);
  expect(ended.a?.[0]).toMatchObject({ outcome: 'cancelled', finishedAt: 30 });
});

test('what waited and was called again is over as an attempt, with another after it', () => {
  const attempts = attemptsOf([
    started(1, 10, 1),
    { seq: 2, at: 12, type: 'StepWaiting', stepId: 'a', attempt: 1, wait: { kind: 'debugger' } },
    { seq: 3, at: 40, type: 'StepResumed', stepId: 'a', attempt: 1, by: 'Ana' },
    started(4, 41, 2),
  ]);
  expect(attempts.a).toMatchObject([
    { waitedFrom: 12, finishedAt: 40, outcome: 'went-on' },
    { attempt: 2, startedAt: 41, outcome: 'running' },
  ]);
});
