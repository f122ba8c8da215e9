import { expect, test } from 'vitest';
import type { ServerMessages } from '@/lib/realtime/messages';
import type { RunEvent, RunState } from '@/lib/runs/schema';
import { chanceOf } from '@/lib/runs/testing/chance';
import { followRun } from './run-connection';
import type { Wire } from './wire';

const runId = '11111111-1111-4111-8111-111111111111';
const event = (seq: number): RunEvent => ({ seq, at: seq, type: 'RunCancelRequested', by: 'a' });
const stateAt = (seq: number): RunState => ({
  plan: { schema: 1, name: 'Test', timeoutMs: 1_000, outputs: [], steps: [] },
  ...{ status: 'running', mode: 'live', input: {}, seq, steps: {}, createdAt: 0 },
  usage: { inputTokens: 0, outputTokens: 0, costUsd: 0 },
});

/** A server of one run, whose answers hold what it had when it was asked, and come when the test lets them. */
function server() {
  let seq = 1;
  let told: (message: ServerMessages['run.events']) => void = () => undefined;
  const waiting: (() => void)[] = [];
  const answered = (answer: unknown) =>
    new Promise((resolve) => {
      waiting.push(() => resolve(answer));
    });
  const from = (after: number) =>
    Array.from({ length: Math.max(0, seq - after) }, (_, index) => event(after + 1 + index));
  const request = (name: string, message: { after?: number }) =>
    answered(
      name === 'run.join'
        ? { ok: true, state: stateAt(seq) }
        : { ok: true, events: from(message.after ?? 0), more: false },
    );
  const wire = {
    connected: () => true,
    request,
    send: () => undefined,
    on(name: string, handler: typeof told) {
      if (name === 'run.events') told = handler;
      return () => undefined;
    },
    onStatus: () => () => undefined,
    refused: () => undefined,
  } as unknown as Wire;
  return {
    wire,
    /** The run goes on; whoever follows is told of these events, or of their number alone. */
    happen(count: number, how: 'told' | 'number' | 'lost') {
      const events = Array.from({ length: count }, (_, index) => event(seq + 1 + index));
      seq += count;
      if (how === 'told') told({ runId, seq, events } as ServerMessages['run.events']);
      if (how === 'number') told({ runId, seq } as ServerMessages['run.events']);
    },
    async answer() {
      waiting.shift()?.();
      // What follows an answer is done before the next thing happens.
      for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
    },
    waits: () => waiting.length > 0,
    seq: () => seq,
  };
}

test('events that come while the run is still being read are not lost', async () => {
  const { wire, happen, answer, waits } = server();
  const { view } = followRun(wire, runId);
  happen(3, 'told');
  while (waits()) await answer();
  expect(view.get().state?.seq).toBe(4);
});

test('events that come while others are fetched are not lost', async () => {
  const { wire, happen, answer, waits } = server();
  const { view } = followRun(wire, runId);
  await answer();
  happen(1, 'lost');
  happen(1, 'told');
  happen(1, 'told');
  while (waits()) await answer();
  expect(view.get().state?.seq).toBe(4);
});

test('whatever comes in whatever order, the end is seen (2,000 runs)', async () => {
  const chance = chanceOf(20_261_201);
  for (let run = 0; run < 2_000; run += 1) {
    const { wire, happen, answer, waits, seq } = server();
    const { view, stop } = followRun(wire, runId);
    for (let step = 0; step < 8; step += 1) {
      if (chance() < 0.4) await answer();
      else happen(1 + Math.floor(chance() * 3), chance() < 0.2 ? 'number' : 'told');
    }
    while (waits()) await answer();
    expect(view.get().state?.seq).toBe(seq());
    stop();
  }
});
