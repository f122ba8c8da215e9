import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AppError } from '@/lib/api/errors';
import type { StepOutcome } from '@/lib/runs/schema';
import { aPlan, aStep } from '@/lib/runs/testing/plans';
import { begin, type Harness, makeWorkspace, openHarness } from '@/server/runs/testing/harness';
import { testConfig } from '@/server/testing/database';

let harness: Harness;
let other: Harness;
let workspace: string;
beforeAll(async () => {
  const config = await testConfig();
  [harness, other] = await Promise.all([openHarness(config), openHarness(config)]);
  workspace = await makeWorkspace(harness.pool);
});
afterAll(() => Promise.all([harness.close(), other.close()]));

const chain = aPlan([aStep('a'), aStep('b', ['a'])]);
const worker = randomUUID();
const claim = { type: 'claim', worker, limit: 9 } as const;
const settled = (
  stepId: string,
  attempt = 1,
  outcome: StepOutcome = { ok: true, output: stepId },
) => ({ type: 'settle', worker, stepId, attempt, outcome, limit: 9 }) as const;
const row = async (id: string) =>
  (await harness.pool.query('select * from run where id = $1', [id])).rows[0];

describe('start', () => {
  it('commits the run with its first events, due at once', async () => {
    const id = await begin(harness, workspace, chain, { n: 1 });
    expect(await row(id)).toMatchObject({ status: 'queued', seq: 2, wake_at: expect.any(Date) });
    expect(await other.engine.load(id)).toMatchObject({ input: { n: 1 }, seq: 2 });
    const audit = 'select action from audit where subject_id = $1';
    expect((await harness.pool.query(audit, [id])).rows).toEqual([{ action: 'run.started' }]);
  });
  it('gives the same run for the same key and request, and refuses another request', async () => {
    const start = (requestHash: string, key = 'k1') =>
      harness.engine.start({
        workspaceId: workspace,
        name: 'x',
        mode: 'live',
        trigger: 'api',
        plan: chain,
        definitionHash: 'h',
        input: {},
        idempotency: { key, requestHash },
      });
    const both = await Promise.all([start('same'), start('same')]);
    expect(new Set(both.map(({ id }) => id)).size).toBe(1);
    expect(both.map(({ created }) => created).sort()).toEqual([false, true]);
    await expect(start('different')).rejects.toMatchObject({ code: 'idempotency_mismatch' });
    expect((await start('different', 'k2')).created).toBe(true);
  });
  it('lets a key go after a week', async () => {
    const start = (requestHash: string) =>
      harness.engine.start({
        workspaceId: workspace,
        name: 'x',
        mode: 'live',
        trigger: 'api',
        plan: chain,
        definitionHash: 'h',
        input: {},
        idempotency: { key: 'old', requestHash },
      });
    const { id } = await start('one');
    await harness.pool.query(
      "update run set created_at = now() - interval '8 days' where id = $1",
      [id],
    );
    expect(await start('two')).toMatchObject({ created: true });
  });
  it('keeps what Postgres would refuse, in a form that it takes', async () => {
    const id = await begin(harness, workspace, chain, { text: 'a\u0000b\ud800' });
    expect((await harness.engine.load(id))?.input).toEqual({ text: 'a\uFFFDb\uFFFD' });
    await expect(begin(harness, workspace, chain, 'x'.repeat(17_000_000))).rejects.toBeInstanceOf(
      AppError,
    );
  });
});

describe('dispatch', () => {
  it('writes events, step rows and the run in one commit', async () => {
    const id = await begin(harness, workspace, chain);
    await harness.engine.dispatch(id, claim);
    await harness.engine.dispatch(id, settled('a'));
    const last = await harness.engine.dispatch(id, settled('b'));
    expect(last?.state).toMatchObject({ status: 'succeeded', output: 'b' });
    expect(await row(id)).toMatchObject({
      status: 'succeeded',
      wake_at: null,
      output: 'b',
      seq: 7,
    });
    const steps = await harness.pool.query('select status, attempt from step where run_id = $1', [
      id,
    ]);
    expect(steps.rows).toEqual([
      { status: 'succeeded', attempt: 1 },
      { status: 'succeeded', attempt: 1 },
    ]);
    const events = await harness.pool.query(
      'select seq from run_event where run_id = $1 order by 1',
      [id],
    );
    expect(events.rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
  it('decides anew when another process was faster', async () => {
    const wide = aPlan([aStep('a'), aStep('b'), aStep('c', ['a', 'b'])]);
    const id = await begin(harness, workspace, wide);
    await harness.engine.dispatch(id, claim);
    await other.engine.dispatch(id, { type: 'tick' });
    const results = await Promise.all([
      harness.engine.dispatch(id, settled('a')),
      other.engine.dispatch(id, settled('b')),
    ]);
    const started = results
      .flatMap((result) => result?.events ?? [])
      .filter((e) => e.type === 'StepStarted');
    expect(started).toMatchObject([{ stepId: 'c', attempt: 1 }]);
  });
  it('decides what is asked of one run meanwhile together, in one commit', async () => {
    const steps = Array.from({ length: 100 }, (_, n) => aStep(`s${n}`));
    const id = await begin(harness, workspace, aPlan(steps));
    await harness.engine.dispatch(id, { ...claim, limit: 100 });
    const query = vi.spyOn(harness.pool, 'query');
    const results = await Promise.all(
      steps.map((step) => harness.engine.dispatch(id, { ...settled(step.id), limit: 0 })),
    );
    const commits = query.mock.calls.filter(([given]) =>
      String((given as { name?: string }).name).startsWith('run-commit'),
    );
    query.mockRestore();
    expect(commits.length).toBeLessThanOrEqual(3);
    expect(results.flatMap((result) => result?.events.map(({ type }) => type) ?? [])).toEqual([
      ...Array.from({ length: 100 }, () => 'StepSucceeded'),
      'RunSucceeded',
    ]);
    expect(await row(id)).toMatchObject({ status: 'succeeded', seq: 302 });
  });
  it('gives no step to a worker that another question of the same commit ended', async () => {
    const id = await begin(harness, workspace, aPlan([aStep('a'), aStep('b'), aStep('c')]));
    await harness.engine.dispatch(id, { ...claim, limit: 1 });
    const failure = { code: 'x', message: 'x', retryable: false };
    const [, took, failed] = await Promise.all([
      harness.engine.dispatch(id, { ...claim, limit: 0 }),
      harness.engine.dispatch(id, { ...claim, worker: randomUUID(), limit: 2 }),
      harness.engine.dispatch(id, settled('a', 1, { ok: false, error: failure })),
    ]);
    expect(failed?.state.status).toBe('failed');
    expect(took?.events.filter(({ type }) => type === 'StepStarted')).toEqual([]);
  });
  it('lets what cannot be stored fail alone', async () => {
    const id = await begin(harness, workspace, aPlan([aStep('a'), aStep('b'), aStep('c')]));
    await harness.engine.dispatch(id, claim);
    const bad: StepOutcome = { ok: true, output: 1n };
    const [a, b, c] = await Promise.allSettled([
      harness.engine.dispatch(id, settled('a')),
      harness.engine.dispatch(id, settled('b', 1, bad)),
      harness.engine.dispatch(id, settled('c')),
    ]);
    expect([a, b, c].map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await harness.engine.load(id))?.steps).toMatchObject({
      a: { status: 'succeeded' },
      b: { status: 'running' },
      c: { status: 'succeeded' },
    });
  });
  it('lets one of many claims win, over two processes', async () => {
    const wide = aPlan(Array.from({ length: 20 }, (_, n) => aStep(`s${n}`)));
    const id = await begin(harness, workspace, wide);
    const claims = Array.from({ length: 40 }, (_, n) =>
      (n % 2 ? harness : other).engine.dispatch(id, { ...claim, worker: randomUUID(), limit: 3 }),
    );
    const started = (await Promise.all(claims)).flatMap((result) => result?.events ?? []);
    const keys = started.flatMap((event) => (event.type === 'StepStarted' ? event.stepId : []));
    expect(keys).toHaveLength(20);
    expect(new Set(keys).size).toBe(20);
  });
  it('changes nothing for a run that is not there, or has ended', async () => {
    expect(await harness.engine.dispatch(randomUUID(), claim)).toBeUndefined();
    const id = await begin(harness, workspace, chain);
    await harness.engine.dispatch(id, { type: 'cancel', by: 'me' });
    const before = await row(id);
    for (const command of [claim, settled('a'), { type: 'tick' } as const]) {
      expect((await other.engine.dispatch(id, command))?.events).toEqual([]);
    }
    expect(await row(id)).toEqual(before);
  });
  it('replays from a snapshot what it would replay from the events', async () => {
    const long = aPlan(
      Array.from({ length: 60 }, (_, n) => aStep(`s${n}`, n ? [`s${n - 1}`] : [])),
    );
    const id = await begin(harness, workspace, long);
    await harness.engine.dispatch(id, claim);
    for (let n = 0; n < 55; n += 1) await harness.engine.dispatch(id, settled(`s${n}`));
    const { snapshot_seq } = await row(id);
    expect(snapshot_seq).toBeGreaterThanOrEqual(100);
    const replayed = await other.engine.load(id);
    await harness.pool.query('update run set snapshot = null, snapshot_seq = 0 where id = $1', [
      id,
    ]);
    expect(await other.engine.load(id)).toStrictEqual(replayed);
  });
  it('looks again later when a due run has nothing to do yet', async () => {
    const id = await begin(harness, workspace, chain);
    await harness.engine.dispatch(id, claim);
    await harness.pool.query("update run set wake_at = now() - interval '1 second' where id = $1", [
      id,
    ]);
    await other.engine.dispatch(id, { type: 'tick' });
    expect((await row(id)).wake_at.getTime()).toBeGreaterThan(Date.now() + 5000);
  });
});

describe('the database', () => {
  it('refuses to change an end', async () => {
    const id = await begin(harness, workspace, chain);
    await harness.engine.dispatch(id, claim);
    await harness.engine.dispatch(id, settled('a'));
    await harness.engine.dispatch(id, { type: 'cancel', by: 'me' });
    const run = "update run set status = 'running' where id = $1";
    await expect(harness.pool.query(run, [id])).rejects.toThrow('final');
    const step = "update step set status = 'running' where run_id = $1";
    await expect(harness.pool.query(step, [id])).rejects.toThrow('final');
    const event = "update run_event set type = 'x' where run_id = $1";
    await expect(harness.pool.query(event, [id])).rejects.toThrow('only grows');
    await expect(harness.pool.query('delete from audit')).rejects.toThrow('only grows');
    await expect(harness.pool.query('truncate audit')).rejects.toThrow('only grows');
  });
});

describe('a run that is deleted', () => {
  it('takes its history with it', async () => {
    const [gone, kept] = await Promise.all([
      begin(harness, workspace, chain),
      begin(harness, workspace, chain),
    ]);
    for (const id of [gone, kept]) await harness.engine.dispatch(id, { type: 'cancel', by: 'me' });
    await harness.pool.query('delete from run where id = $1', [gone]);
    const count = `select (select count(*) from run_event where run_id = $1)::int as events,
      (select count(*) from step where run_id = $1)::int as steps`;
    const left = async (id: string) => (await harness.pool.query(count, [id])).rows[0];
    expect(await left(gone)).toEqual({ events: 0, steps: 0 });
    expect(await left(kept)).toEqual({ events: 4, steps: 2 });
  });
});

describe('a broken connection', () => {
  it('in the middle of commits loses nothing and doubles nothing', async () => {
    let kills = 0;
    const killer = setInterval(() => {
      // A slow machine needs longer for a commit than the next kill needs to come: it must end all the same.
      if (kills >= 60) return;
      const kill = `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and (query like '%with given%' or query like '%with moved%') and pid <> pg_backend_pid()`;
      other.healthPool.query(kill).then(
        ({ rowCount }) => {
          kills += rowCount ?? 0;
        },
        () => undefined,
      );
    }, 25);
    const long = aPlan(
      Array.from({ length: 30 }, (_, n) => aStep(`s${n}`, n ? [`s${n - 1}`] : [])),
    );
    const play = async () => {
      const id = await begin(harness, workspace, long);
      let started = (await harness.engine.dispatch(id, claim))?.events ?? [];
      for (let n = 0; n < 30; n += 1) {
        expect(started.flatMap((e) => (e.type === 'StepStarted' ? e.stepId : []))).toEqual([
          `s${n}`,
        ]);
        started = (await harness.engine.dispatch(id, settled(`s${n}`)))?.events ?? [];
      }
      const state = await other.engine.load(id);
      expect(state).toMatchObject({ status: 'succeeded', seq: 63 });
    };
    await Promise.all(Array.from({ length: 10 }, play)).finally(() => clearInterval(killer));
    expect(kills).toBeGreaterThan(0);
    process.stdout.write(`commits: ${kills} connections killed during 310 commits\n`);
  });
  it('after the commit is told from one before it by the events themselves', async () => {
    const id = await begin(harness, workspace, chain);
    // The statement reaches the database twice, as if the answer to the first had been lost.
    const query = harness.pool.query.bind(harness.pool) as (
      given: unknown,
      values?: unknown,
    ) => Promise<unknown>;
    let lost = 0;
    harness.pool.query = (async (given: { name?: string }, values?: unknown) => {
      const answer = await query(given, values);
      if (!given.name?.startsWith('run-commit') || lost > 0) return answer;
      lost += 1;
      throw new Error('Connection terminated unexpectedly');
    }) as typeof harness.pool.query;
    const dispatched = await harness.engine.dispatch(id, claim);
    harness.pool.query = query as typeof harness.pool.query;
    expect(lost).toBe(1);
    expect(dispatched?.events).toMatchObject([{ type: 'StepStarted', stepId: 'a', attempt: 1 }]);
    expect(await row(id)).toMatchObject({ seq: 3 });
  });
});

describe('hints', () => {
  it('travel to other processes when a run moves', async () => {
    const heard: unknown[] = [];
    const id = await begin(harness, workspace, chain);
    await other.bus.subscribe(`run:${id}`, (message) => heard.push(message));
    await other.bus.subscribe(`workspace:${workspace}`, (message) => heard.push(message));
    await harness.engine.dispatch(id, claim);
    const own = {
      kind: 'events',
      seq: 3,
      events: [expect.objectContaining({ type: 'StepStarted' })],
    };
    await vi.waitFor(
      () => expect(heard).toEqual(expect.arrayContaining([own, { kind: 'run', id }])),
      10_000,
    );
  });
});
