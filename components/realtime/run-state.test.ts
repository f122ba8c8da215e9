import { expect, test } from 'vitest';
import type { RunEvent, RunState } from '@/lib/runs/schema';
import {
  type FollowedRun,
  followBelow,
  followEvents,
  followState,
  followStream,
  nothingFollowed,
} from './run-state';

const state = (seq: number, step: Partial<RunState['steps'][string]> = {}): RunState => ({
  plan: { schema: 1, name: 'Test', timeoutMs: 1_000, outputs: [], steps: [] },
  status: 'running',
  mode: 'live',
  input: {},
  seq,
  steps: { a: { status: 'running', attempt: 1, ...step } },
  usage: { inputTokens: 0, outputTokens: 0, costUsd: 0 },
  createdAt: 0,
});
const ready = (seq: number): RunEvent => ({
  seq,
  at: seq,
  type: 'RunCancelRequested',
  by: `${seq}`,
});
const at = (seq: number): FollowedRun => followState(nothingFollowed, state(seq));
const piece = (offset: number, text: string, attempt = 1) => ({
  stepId: 'a',
  attempt,
  offset,
  text,
});

test('events fold in order; old ones change nothing; a hole is reported and changes nothing', () => {
  const run = at(3);
  expect(followEvents(run, [ready(2), ready(3)])).toEqual({ run, missing: false });
  expect(followEvents(run, [ready(5)])).toEqual({ run, missing: true });
  const next = followEvents(run, [ready(3), ready(4), ready(5)]);
  expect(next.missing).toBe(false);
  expect(next.run.state).toMatchObject({ seq: 5, cancelRequestedBy: '5' });
  expect(followEvents(nothingFollowed, [ready(1)]).missing).toBe(true);
});

test('events that came live are kept without gaps, and so is what is heard of runs below', () => {
  let { run } = followEvents(at(3), [ready(4)]);
  run = followEvents(run, [ready(4), ready(5)]).run;
  expect(run.recent.map(({ seq }) => seq)).toEqual([4, 5]);
  expect(followState(run, state(9)).recent).toEqual([]);
  const heard = { runId: 'a', of: 'b', place: { stepId: 's', round: 0, index: 1 } };
  expect(followBelow(run, heard).below).toEqual([heard]);
});

test('a state replaces an older one only', () => {
  const run = at(3);
  expect(followState(run, state(2))).toBe(run);
  expect(followState(run, state(4)).state?.seq).toBe(4);
});

test('pieces of text join; repeats and overlaps change nothing; a hole asks for the whole', () => {
  let { run } = followStream(at(1), piece(0, 'Hello'));
  run = followStream(run, piece(5, ' world')).run;
  expect(run.streams.a).toBe('Hello world');
  expect(followStream(run, piece(0, 'Hello')).run).toBe(run);
  expect(followStream(run, piece(3, 'lo world!')).run.streams.a).toBe('Hello world!');
  expect(followStream(run, piece(20, '?'))).toEqual({ run, missing: true });
});

test('a new attempt begins anew, an old one is ignored, and a settled step has no text', () => {
  let { run } = followStream(at(1), piece(0, 'first'));
  run = followStream(run, piece(0, 'second', 2)).run;
  expect(run.streams.a).toBe('second');
  expect(followStream(run, piece(5, 'late')).run).toBe(run);
  const settled = followState(run, state(9, { status: 'succeeded', attempt: 2 }));
  expect(settled.streams).toEqual({});
  expect(followStream(settled, piece(0, 'late', 2)).run).toBe(settled);
});
