import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import type { RunMode, RunState } from '@/lib/runs/schema';
import { compile } from '@/lib/workflows/compile';
import { findProblems } from '@/lib/workflows/problems/problems';
import { type Definition, definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { sendEvent } from '@/server/events/send-event';
import { ended, eventually, makeWorkspace } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let actor: Actor;
let stranger: Actor;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  const member = async (): Promise<Actor> => ({
    userId: 'u',
    name: 'Ada',
    email: 'a@b.c',
    role: 'editor',
    workspaceId: await makeWorkspace(services.pool),
  });
  [actor, stranger] = [await member(), await member()];
  worker = await startWorker(services);
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

type Extra = { group?: string; policy?: object };
const node = (id: string, type: string, config: object, extra: Extra = {}) => ({
  id,
  key: id,
  type,
  name: id,
  position: { x: 0, y: 0 },
  config,
  ...extra,
});
const value = (id: string, expression: string, extra: Extra = {}) =>
  node(id, 'transform', { expression }, extra);
const flow = (nodes: object[], ways: [string, string, string?][] = []): Definition =>
  definitionSchema.parse({
    name: 'Flow',
    nodes,
    edges: ways.map(([source, target, sourcePort = 'out'], index) => ({
      id: `e${index}`,
      source,
      target,
      sourcePort,
    })),
  });

async function start(
  definition: Definition,
  given: { input?: object; mode?: RunMode; workspaceId?: string; workflowId?: string } = {},
) {
  expect(findProblems(definition, catalogue).filter((one) => one.severity === 'error')).toEqual([]);
  const { id } = await services.engine.start({
    workspaceId: given.workspaceId ?? actor.workspaceId,
    ...(given.workflowId === undefined ? {} : { workflowId: given.workflowId }),
    name: definition.name,
    mode: given.mode ?? 'live',
    trigger: 'manual',
    plan: compile(definition, catalogue),
    definitionHash: 'test',
    input: given.input ?? {},
  });
  return id;
}
const run = async (...args: Parameters<typeof start>) => ended(services, await start(...args));
const waiting = (id: string, stepId: string) =>
  eventually(`${stepId} waits`, async () => {
    const step = (await services.engine.load(id))?.steps[stepId];
    return step?.status === 'waiting' ? step : undefined;
  });
const outputOf = <T>(state: RunState, stepId: string) => state.steps[stepId]?.output as T;
const children = async (id: string) =>
  (
    await services.pool.query<{ round: number; name: string; trigger: string }>(
      'select parent_round as round, name, trigger from run where parent_run_id = $1 order by 1',
      [id],
    )
  ).rows;

async function publish(definition: Definition, workflowId = randomUUID(), number = 1) {
  await services.pool.query(
    `insert into workflow (id, workspace_id, name, live_version) values ($1, $2, $3, $4)
     on conflict (id) do update set live_version = $4`,
    [workflowId, actor.workspaceId, definition.name, number],
  );
  await services.pool.query(
    `insert into workflow_version (id, workflow_id, number, definition, hash) values ($1, $2, $3, $4, 'h')`,
    [randomUUID(), workflowId, number, JSON.stringify(definition)],
  );
  return workflowId;
}

describe('if', () => {
  it('goes one way', async () => {
    const definition = flow(
      [
        node('large', 'if', { condition: 'input.n > 3' }),
        value('yes', '"large"'),
        value('no', '"small"'),
      ],
      [
        ['large', 'yes', 'then'],
        ['large', 'no', 'else'],
      ],
    );
    const large = await run(definition, { input: { n: 4 } });
    expect(large.output).toEqual({ yes: 'large' });
    expect(large.steps.large?.reason).toBe('input.n > 3 is true.');
    expect((await run(definition, { input: { n: 1 } })).output).toEqual({ no: 'small' });
  });
});

describe('router', () => {
  it('goes on where the scripted model chose, and keeps why', async () => {
    const choices = ['refund', 'question'].map((id) => ({ id, label: id, description: id }));
    const state = await run(
      flow(
        [
          node('route', 'router', { prompt: 'A letter: {{ input.text }}', choices }),
          value('refund', '1'),
          value('question', '2'),
        ],
        [
          ['route', 'refund', 'refund'],
          ['route', 'question', 'question'],
        ],
      ),
      { mode: 'rehearsal', input: { text: 'Money back!' } },
    );
    expect(state.status).toBe('succeeded');
    const { choice } = outputOf<{ choice: string }>(state, 'route');
    expect(Object.keys(state.output as object)).toEqual([choice]);
    expect(state.steps.route?.reason).toContain(choice);
    expect(state.steps.route?.calls).toHaveLength(1);
  });
});

describe('join', () => {
  const racing = (config: object) =>
    flow(
      [
        value('a', '"a"'),
        value('b', '"b"'),
        node('slow', 'delay', { amount: 1, unit: 'hours' }),
        node('met', 'join', config),
        value('after', 'steps.met.output.outputs'),
      ],
      [
        ['a', 'met'],
        ['b', 'met'],
        ['slow', 'met'],
        ['met', 'after'],
      ],
    );
  it('goes on with the first ones and cancels the rest', async () => {
    const two = await run(racing({ wait: 'count', count: 2, cancelRest: true }));
    expect(two).toMatchObject({ status: 'succeeded', output: { a: 'a', b: 'b' } });
    expect(two.steps.slow?.status).toBe('cancelled');
    const one = await run(racing({ wait: 'any', cancelRest: true }));
    expect(one.status).toBe('succeeded');
    const { arrived } = outputOf<{ arrived: { step: string; output: string }[] }>(one, 'met');
    expect(arrived.length).toBeGreaterThan(0);
    expect(arrived[0]?.step).toBe(arrived[0]?.output);
    expect(one.steps.slow?.status).toBe('cancelled');
  });
  it('takes the first that succeeds; waiting for all, one dead way is enough to skip it', async () => {
    const broken = (config: object) =>
      flow(
        [
          value('bad', '1 / 0', { policy: { onError: 'port' } }),
          value('good', '"good"'),
          node('met', 'join', config),
        ],
        [
          ['bad', 'met'],
          ['good', 'met'],
        ],
      );
    expect((await run(broken({ wait: 'any' }))).output).toMatchObject({
      count: 1,
      outputs: { good: 'good' },
    });
    const all = await run(broken({ wait: 'all' }));
    expect(all.steps.met?.status).toBe('skipped');
  });
});

describe('repeat', () => {
  const counting = (config: object) =>
    flow([
      node('again', 'loop', { start: '1', ...config }),
      value('twice', 'last * 2', { group: 'again' }),
    ]);
  it('looks after each round, or before it', async () => {
    const id = await start(counting({ condition: 'last > 20' }));
    expect((await ended(services, id)).output).toEqual({ last: 32, rounds: 5 });
    expect((await children(id)).map(({ round }) => round)).toEqual([1, 2, 3, 4, 5]);
    const pre = counting({ mode: 'while', condition: 'last < 1' });
    expect((await run(pre)).output).toEqual({ last: 1, rounds: 0 });
    const few = counting({ mode: 'while', condition: 'round < 3' });
    expect((await run(few)).output).toEqual({ last: 8, rounds: 3 });
  });
  it('stops at its bound: failed, or with what it has', async () => {
    const endless = { condition: 'false', most: 3 };
    expect(await run(counting(endless))).toMatchObject({
      status: 'failed',
      error: { code: 'too_many_rounds' },
    });
    expect((await run(counting({ ...endless, onMost: 'continue' }))).output).toEqual({
      last: 8,
      rounds: 3,
    });
    expect(await run(counting({ condition: 'true', start: '"x"' }))).toMatchObject({
      status: 'failed',
      error: { code: 'round_failed' },
    });
  });
});

describe('run a workflow', () => {
  const calling = (workflowId: string, more: object = {}) =>
    flow([
      node('sub', 'workflow', {
        workflowId,
        inputs: [{ id: 'i', name: 'n', expression: 'input.n + 1' }],
        ...more,
      }),
    ]);
  it('gives its output: of the live version, or of a given one', async () => {
    const workflowId = await publish(flow([value('out', 'input.n * 10')]));
    await publish(flow([value('out', 'input.n * 100')]), workflowId, 2);
    const input = { n: 1 };
    expect((await run(calling(workflowId), { input })).output).toBe(200);
    expect((await run(calling(workflowId, { version: 1 }), { input })).output).toBe(20);
  });
  it('fails as the workflow failed, as one that is not there, and as one that would run itself', async () => {
    const workflowId = await publish(flow([value('out', 'input.n / 0')]));
    expect(await run(calling(workflowId), { input: { n: 1 } })).toMatchObject({
      status: 'failed',
      error: { code: 'expression_failed' },
    });
    expect(await run(calling(randomUUID()), { input: { n: 1 } })).toMatchObject({
      error: { code: 'not_found' },
    });
    const own = await publish(calling(workflowId));
    const self = calling(own);
    expect(await run(self, { input: { n: 1 }, workflowId: own })).toMatchObject({
      error: { code: 'invalid_input', message: 'This workflow would run itself endlessly.' },
    });
  });
});

describe('wait for an event', () => {
  const paid = (config: object = {}) =>
    flow(
      [
        node('paid', 'wait-event', { event: 'paid/{{ input.order }}', ...config }),
        value('done', 'steps.paid.output'),
      ],
      [['paid', 'done']],
    );
  const send = (by: Actor, channel: string, payload: number) =>
    sendEvent(services, by, { params: {}, query: {}, body: { channel, payload } });

  it('wakes all that wait for this name in this workspace, once', async () => {
    const ids = [
      await start(paid(), { input: { order: 'A' } }),
      await start(paid(), { input: { order: 'A' } }),
    ];
    const other = await start(paid(), { input: { order: 'B' } });
    for (const id of [...ids, other]) await waiting(id, 'paid');
    expect(await send(stranger, 'paid/A', 1)).toEqual({ delivered: 0, kept: true });
    expect(await send(actor, 'paid/A', 2)).toEqual({ delivered: 2, kept: false });
    expect(await send(actor, 'paid/A', 3)).toEqual({ delivered: 0, kept: true });
    for (const id of ids) expect((await ended(services, id)).output).toBe(2);
    await waiting(other, 'paid');
    expect(await send(actor, 'paid/B', 4)).toEqual({ delivered: 1, kept: false });
    const { rows } = await services.pool.query(
      `select subject_id from audit where action = 'run.event' and subject_id = any($1)`,
      [ids],
    );
    expect(rows).toHaveLength(2);
  });
  it('reaches steps inside others, expires, and rehearses with its example', async () => {
    const inside = flow([
      node('each', 'map', { items: '2', concurrency: 2 }),
      node('wait', 'wait-event', { event: 'go/{{ index }}' }, { group: 'each' }),
    ]);
    const id = await start(inside);
    await eventually('both wait', async () => {
      const { rows } = await services.pool.query(
        `select 1 from run where parent_run_id = $1 and status = 'waiting'`,
        [id],
      );
      return rows.length === 2;
    });
    await send(actor, 'go/0', 10);
    await send(actor, 'go/1', 11);
    expect((await ended(services, id)).output).toMatchObject({ results: [10, 11] });

    const soon = await run(paid({ expiresInHours: 0.0001 }), { input: { order: 'C' } });
    expect(soon.steps.paid?.ports).toEqual(['expired']);
    expect(soon.steps.done?.status).toBe('skipped');
    const rehearsed = await run(paid({ example: '{"amount": 3}' }), {
      input: { order: 'D' },
      mode: 'rehearsal',
    });
    expect(rehearsed.output).toEqual({ amount: 3 });
  });
});

describe('agents', () => {
  it('hand over at most so often, each hop kept', async () => {
    const agents = ['reception', 'billing', 'legal'].map((id) => ({ id, agent: id, purpose: id }));
    const state = await run(
      flow([node('talk', 'handoff', { prompt: 'Invoice 12 is wrong.', agents, mostHops: 2 })]),
      { mode: 'rehearsal' },
    );
    expect(state.status).toBe('succeeded');
    const { text, hops, agent } = state.output as { text: string; agent: string; hops: object[] };
    expect(text).not.toBe('');
    expect(hops.length).toBeLessThanOrEqual(2);
    expect(state.steps.talk?.calls).toHaveLength(hops.length + 1);
    expect(agents.map((one) => one.agent)).toContain(agent);
  });
  it('plan, run the plan as a run of its own, and answer from what it found', async () => {
    for (const mode of ['rehearsal', 'live'] as const) {
      const id = await start(flow([node('plan', 'planner', { goal: 'Launch {{ "it" }}' })]), {
        mode,
      });
      const state = await ended(services, id);
      expect(state.steps.plan?.error).toBeUndefined();
      expect(state.output).toMatchObject({
        plan: [{ steps: [{ id: 'facts' }, { id: 'risks' }, { id: 'draft' }] }],
        results: [{ facts: { rehearsed: true }, draft: { rehearsed: true } }],
      });
      expect(await children(id)).toEqual([{ round: 1, name: 'Plan 1', trigger: 'step' }]);
      expect(state.usage.inputTokens).toBeGreaterThan(0);
    }
  });
});
