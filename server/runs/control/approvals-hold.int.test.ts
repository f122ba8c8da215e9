import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor, Role } from '@/lib/people/schema';
import type { RunMode } from '@/lib/runs/schema';
import { viewStep } from '@/lib/runs/view/view';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { releaseStep } from '@/server/runs/debugging/debug-run';
import { forkRun } from '@/server/runs/debugging/fork-run';
import { ended, eventually } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Worker } from '@/server/runs/worker/worker-loop';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { anEditor } from '@/server/triggers/testing/fixture';
import { answerStep } from './answer-step';

let services: Services;
let worker: Worker;
let editor: Actor;
const as = (role: Role, name: string = role): Actor => ({ ...editor, role, name });
beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  editor = await anEditor(services);
  worker = await startWorker(services);
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

const node = (id: string, type: string, config: object, more: object = {}) => ({
  ...{ id, key: id, type, name: id, position: { x: 0, y: 0 }, config },
  ...more,
});
const definition = definitionSchema.parse({
  name: 'Pay',
  nodes: [
    node('ok', 'approval', { question: 'Pay?', role: 'owner' }),
    node('pay', 'transform', { expression: '"PAID"' }),
    node('no', 'transform', { expression: '"REJECTED"' }),
  ],
  edges: [
    { id: 'a', source: 'ok', target: 'pay', sourcePort: 'approved' },
    { id: 'r', source: 'ok', target: 'no', sourcePort: 'rejected' },
  ],
});
const branching = definitionSchema.parse({
  name: 'Choose',
  nodes: [
    node('ok', 'if', { condition: 'true' }),
    node('pay', 'transform', { expression: '"PAID"' }),
    node('no', 'transform', { expression: '"REJECTED"' }),
  ],
  edges: [
    { id: 'a', source: 'ok', target: 'pay', sourcePort: 'then' },
    { id: 'r', source: 'ok', target: 'no', sourcePort: 'else' },
  ],
});

async function begin({
  mode = 'live',
  debug = false,
  of = definition,
}: {
  mode?: RunMode;
  debug?: boolean;
  of?: typeof definition;
} = {}) {
  const { id } = await services.engine.start({
    ...{ workspaceId: editor.workspaceId, name: 'Pay', mode, trigger: 'manual' },
    ...{ plan: compile(of, catalogue), definitionHash: 'test', input: {} },
    ...(debug ? { debug: { breakpoints: { ok: '' }, stepping: false } } : {}),
  });
  await waits(id, debug ? 'debugger' : mode === 'live' ? 'person' : undefined);
  return id;
}
const waits = (id: string, kind: string | undefined) =>
  eventually('it waits', async () => {
    const state = await services.engine.load(id);
    return kind === undefined || state?.steps.ok?.wait?.kind === kind;
  });
const release = (id: string, actor: Actor, body: object) =>
  releaseStep(services, actor, { params: { id, stepId: 'ok' }, query: {}, body });
const fork = (id: string, actor: Actor, body: object) =>
  forkRun(services, actor, {
    ...{ params: { id }, query: {} },
    body: { from: [], settings: {}, version: 'same', ...body },
  });
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );
const approved = { decision: 'approved', by: 'The Owner', comment: '', values: {} };
const statuses = async (id: string) => {
  const { steps } = await ended(services, id);
  return [steps.pay?.status, steps.no?.status];
};

test.each<{ way: string; body: object }>([
  { way: 'an output', body: { output: approved } },
  { way: 'a rejection', body: { output: { ...approved, decision: 'rejected' } } },
  { way: 'an output with ports', body: { output: approved, ports: ['approved'] } },
  { way: 'another role', body: { settings: { role: 'editor' } } },
  { way: 'another question', body: { settings: { question: 'Lunch?' } } },
  {
    way: 'an escalation to editors',
    body: { settings: { escalateAfterHours: 0.001, escalateTo: 'editor' } },
  },
])('who may not answer does not do so in the debugger by $way', async ({ body }) => {
  const id = await begin({ debug: true });
  expect(await code(release(id, editor, body))).toBe('forbidden');
  expect(await code(release(id, as('admin'), body))).toBe('forbidden');
  expect((await services.engine.load(id))?.steps.ok?.wait?.kind).toBe('debugger');
});

test('who is not named does not answer in the debugger or a fork, whatever their role', async () => {
  const [first, ...rest] = definition.nodes;
  const people = [{ id: 'p', person: 'bob@example.com' }];
  const config = { question: 'Pay?', role: 'editor', people };
  const of = {
    ...definition,
    nodes: [{ ...first, config } as (typeof definition.nodes)[0], ...rest],
  };
  const id = await begin({ debug: true, of });
  const bob = { ...as('commenter', 'Bob'), email: 'Bob@example.com' };
  // Nor by an approver who is left empty: that is nobody, and not everybody.
  const empty = { settings: { people: [{ id: 'p', person: ' ' }] } };
  expect(await code(release(id, bob, empty))).toBe('invalid_input');
  for (const body of [{ output: approved }, { settings: { people: [] } }]) {
    expect(await code(release(id, as('admin'), body))).toBe('forbidden');
    expect(await code(release(id, editor, body))).toBe('forbidden');
  }
  await release(id, bob, { output: approved });
  const { steps } = await ended(services, id);
  expect(steps.ok).toMatchObject({ output: { by: 'Bob' } });
});

test('who may answer does so in the debugger, by their own name, at one port, for all to see', async () => {
  const id = await begin({ debug: true });
  expect(await code(release(id, as('owner', 'Olga'), { output: { decision: 'perhaps' } }))).toBe(
    'invalid_input',
  );
  expect(
    await code(release(id, as('owner', 'Olga'), { output: approved, ports: ['rejected'] })),
  ).toBe('invalid_input');
  await release(id, as('owner', 'Olga'), { output: approved });
  expect(await statuses(id)).toEqual(['succeeded', 'skipped']);
  const { steps, plan } = await ended(services, id);
  expect(steps.ok).toMatchObject({
    output: { decision: 'approved', by: 'Olga' },
    ports: ['approved'],
  });
  expect(steps.ok?.reason).toContain('Output set by Olga in the debugger');
  expect(plan.steps[0] && viewStep(plan.steps[0], 'live', steps.ok).reason).toContain('Olga');
});

test('a run of a run asks as its version does, unless who starts it may answer', async () => {
  const id = await begin();
  const other = { from: ['ok'], settings: { ok: { role: 'editor' } } };
  expect(await code(fork(id, editor, other))).toBe('forbidden');
  // An owner may; that it is so is seen in the run.
  const mine = await fork(id, as('owner', 'Olga'), other);
  await waits(mine.id, 'person');
  expect((await services.engine.load(mine.id))?.steps.ok?.changedBy).toBe('Olga');
  const answer = {
    params: { id, stepId: 'ok' },
    query: {},
    body: { answer: { decision: 'approved' } },
  };
  expect(await code(answerStep(services, editor, answer as never))).toBe('forbidden');
});

test('rehearsals ask nobody, so anybody may', async () => {
  const id = await begin({ mode: 'rehearsal', debug: true });
  await release(id, editor, { output: approved });
  expect(await statuses(id)).toEqual(['succeeded', 'skipped']);
  expect((await ended(services, id)).steps.ok?.output).toMatchObject({ by: editor.name });
});

test('a given output of a step with several ports goes on where it says, and only there', async () => {
  const id = await begin({ of: branching, debug: true });
  for (const ports of [undefined, [], ['approved'], ['then', 'other']]) {
    const body = { output: {}, ...(ports ? { ports } : {}) };
    expect(await code(release(id, editor, body))).toBe('invalid_input');
  }
  await release(id, editor, { output: {}, ports: ['else'] });
  expect(await statuses(id)).toEqual(['skipped', 'succeeded']);
});
