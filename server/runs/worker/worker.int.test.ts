import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PlanStep } from '@/lib/runs/schema';
import { aPlan, aStep } from '@/lib/runs/testing/plans';
import type { RunMessage } from '@/server/bus/bus';
import {
  begin,
  ended,
  eventually,
  type Harness,
  makeWorkspace,
  openHarness,
} from '@/server/runs/testing/harness';
import { runHealth } from '@/server/runs/upkeep/health';
import { testConfig } from '@/server/testing/database';
import type { RunStep } from './task';

/** Steps whose work each test describes by id; anything else answers its own id at once. */
const works = new Map<string, RunStep>();
const runStep: RunStep = async (task) =>
  (await works.get(task.step.id)?.(task)) ?? { ok: true, output: task.step.id };

let harness: Harness;
let web: Harness;
let workspace: string;
beforeAll(async () => {
  const config = await testConfig({ ENSEMBLE_WORKER_CAPACITY: '8' });
  [harness, web] = await Promise.all([openHarness(config), openHarness(config)]);
  workspace = await makeWorkspace(web.pool);
  await harness.work(runStep);
});
afterAll(() => web.close());

const start = (steps: PlanStep[], more = {}) => begin(web, workspace, aPlan(steps, more));
const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));

describe('a worker', () => {
  it('takes a run from the queue to its end, parallel steps in parallel', async () => {
    const both = Promise.withResolvers<void>();
    let here = 0;
    const meet: RunStep = async () => {
      here += 1;
      if (here === 2) both.resolve();
      await both.promise;
      return { ok: true, output: here };
    };
    works.set('left', meet).set('right', meet);
    const id = await start([
      aStep('a'),
      aStep('left', ['a']),
      aStep('right', ['a']),
      aStep('end', ['left', 'right']),
    ]);
    expect(await ended(web, id)).toMatchObject({ status: 'succeeded', output: 'end' });
  });
  it('holds no more steps than it has room for, and does the others after', async () => {
    let now = 0;
    let most = 0;
    works.set('busy', async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 20));
      now -= 1;
      return { ok: true, output: null };
    });
    const ids = await Promise.all(Array.from({ length: 30 }, () => start([aStep('busy')])));
    await Promise.all(ids.map((id) => ended(web, id)));
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
  });
  it('tries a failed step again at its time', async () => {
    let attempts = 0;
    works.set('flaky', async ({ attempt }) => {
      attempts = attempt;
      const error = { code: 'broken', message: 'It broke.', retryable: true };
      return attempt < 3 ? { ok: false, error } : { ok: true, output: 'at last' };
    });
    const retry = { attempts: 3, backoffMs: 30, maxBackoffMs: 50 };
    const id = await start([aStep('flaky', [], { retry })]);
    expect(await ended(web, id)).toMatchObject({ status: 'succeeded', output: 'at last' });
    expect(attempts).toBe(3);
  });
  it('stops a step at its time limit, although the step does not listen', async () => {
    works.set('deaf', () => new Promise<never>(() => undefined));
    const id = await start([aStep('deaf', [], { timeoutMs: 100 })]);
    const state = await ended(web, id);
    expect(state).toMatchObject({ status: 'failed', error: { code: 'timed_out' } });
  });
  it('makes a failure of what a step throws', async () => {
    works.set('thrower', () => Promise.reject(new Error('no\u0000t so')));
    const state = await ended(web, await start([aStep('thrower')]));
    expect(state.error).toMatchObject({ code: 'unexpected', message: 'no\uFFFDt so' });
  });
  it('fails the step when its result cannot be stored', async () => {
    works.set('poison', async () => ({ ok: true, output: 'a\u0000b', reason: '\u0000' }));
    const reason =
      "insert into run_event (run_id, seq, at, type, data) values ($1, 4, now(), 'Squat', '{}')";
    works.set('squatted', async ({ runId }) => {
      await web.pool.query(reason, [runId]);
      return { ok: true, output: 1 };
    });
    const id = await start([aStep('squatted')]);
    // Nobody can write this run any more; the worker says so and goes on with others.
    expect((await ended(web, await start([aStep('next')]))).status).toBe('succeeded');
    await web.pool.query('delete from run where id = $1', [id]);
  });
});

describe('cancel', () => {
  it('reaches a running step within a second, and nothing starts afterwards', async () => {
    const running = Promise.withResolvers<void>();
    let stopped = 0;
    let after = false;
    works.set('long', async ({ signal }) => {
      running.resolve();
      await untilAborted(signal);
      stopped = Date.now();
      return { ok: true, output: 'too late' };
    });
    works.set('after', async () => {
      after = true;
      return { ok: true, output: null };
    });
    const id = await start([aStep('long', [], { timeoutMs: 60_000 }), aStep('after', ['long'])]);
    await running.promise;
    await web.engine.dispatch(id, { type: 'cancel', by: 'me' });
    await vi.waitFor(() => expect(stopped).toBeGreaterThan(0), 10_000);
    const state = await web.engine.load(id);
    expect(stopped - (state?.finishedAt ?? 0)).toBeLessThan(1000);
    expect(state).toMatchObject({ status: 'cancelled', steps: { long: { status: 'cancelled' } } });
    expect(after).toBe(false);
  });
  it('reaches it through the rows when every hint is lost', async () => {
    const running = Promise.withResolvers<void>();
    const aborted = Promise.withResolvers<void>();
    works.set('long', async ({ signal }) => {
      running.resolve();
      await untilAborted(signal);
      aborted.resolve();
      return { ok: true, output: null };
    });
    const id = await start([aStep('long', [], { timeoutMs: 60_000 })]);
    await running.promise;
    const publish = web.bus.publish;
    web.bus.publish = () => undefined;
    await web.engine.dispatch(id, { type: 'cancel', by: 'me' });
    await aborted.promise;
    web.bus.publish = publish;
  });
});

describe('texts that are being written', () => {
  it('travel in order, and whole for those who come late', async () => {
    const goOn = Promise.withResolvers<void>();
    works.set('writer', async ({ onDelta }) => {
      for (let n = 0; n < 200; n += 1) {
        onDelta(`word ${n} `);
        if (n % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 30));
      }
      await goOn.promise;
      return { ok: true, output: null };
    });
    const whole = Array.from({ length: 200 }, (_, n) => `word ${n} `).join('');
    const follow = (texts: Map<number, string>) => (message: RunMessage) => {
      if (message.kind === 'stream') texts.set(message.offset, message.text);
    };
    const joined = (texts: Map<number, string>) => {
      let text = '';
      for (const [offset, piece] of [...texts].sort((a, b) => a[0] - b[0])) {
        if (offset <= text.length) text = text.slice(0, offset) + piece;
      }
      return text;
    };
    const early = new Map<number, string>();
    const late = new Map<number, string>();
    const id = await start([aStep('writer')]);
    await web.bus.subscribe(`run:${id}`, follow(early));
    web.bus.publish(`run:${id}`, { kind: 'stream-request' });
    await vi.waitFor(() => expect(joined(early)).toBe(whole), 10_000);
    await web.bus.subscribe(`run:${id}`, follow(late));
    expect(late.size).toBe(0);
    web.bus.publish(`run:${id}`, { kind: 'stream-request' });
    await vi.waitFor(() => expect(joined(late)).toBe(whole), 10_000);
    goOn.resolve();
    await ended(web, id);
  });
});

describe('the sweeper', () => {
  it('finds runs whose wake-up job was lost', async () => {
    const enqueue = web.queue.enqueue;
    web.queue.enqueue = async () => undefined;
    const id = await start([aStep('a')]);
    web.queue.enqueue = enqueue;
    expect((await ended(web, id)).status).toBe('succeeded');
  });
  it('ends runs that outlive their time, whoever holds their steps', async () => {
    works.set('deaf', () => new Promise<never>(() => undefined));
    const id = await start([aStep('deaf', [], { timeoutMs: 60_000 })], { timeoutMs: 300 });
    const state = await ended(web, id);
    expect(state).toMatchObject({ status: 'failed', error: { code: 'run_timed_out' } });
  });
});

describe('health and end', () => {
  it('tells of the worker while it has a lease', async () => {
    const health = await eventually('nothing is due', async () => {
      const now = await runHealth(web);
      return now.due === 0 && now.queue ? now : undefined;
    });
    expect(health).toEqual({ queue: true, bus: true, workers: 1, due: 0, oldestDueMs: null });
  });
  it('gives back what it cannot finish when it is told to end', async () => {
    const running = Promise.withResolvers<void>();
    works.set('slow', async ({ attempt }) => {
      running.resolve();
      return attempt === 1 ? new Promise<never>(() => undefined) : { ok: true, output: attempt };
    });
    const second = await openHarness(harness.config);
    const id = await start([aStep('slow', [], { timeoutMs: 60_000 })]);
    await running.promise;
    await harness.close();
    expect(await web.engine.load(id)).toMatchObject({
      steps: { slow: { status: 'ready' } },
    });
    expect((await runHealth(web)).workers).toBe(0);
    await second.work(runStep);
    expect(await ended(web, id)).toMatchObject({ status: 'succeeded', output: 2 });
    await second.close();
  });
});
