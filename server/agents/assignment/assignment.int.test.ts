import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { maxTries } from '@/lib/agents/assignment/remedy';
import type { AgentInput } from '@/lib/agents/schema';
import { viewStep } from '@/lib/runs/view/view';
import { usualLimits } from '@/lib/tools/settings';
import { at } from '@/lib/values/unknown';
import type { Definition } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { sendEvent } from '@/server/events/send-event';
import { answerStep } from '@/server/runs/control/answer-step';
import { cancelRun } from '@/server/runs/control/cancel-run';
import { startInline } from '@/server/runs/starting/start-inline';
import { ended, eventually } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Worker } from '@/server/runs/worker/worker-loop';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { open, type Said, scripted } from '@/server/tools/testing/scripted';
import { aMember } from '@/server/tools/testing/task-world';
import { createAgent } from '../create-agent';
import { deleteAgent } from '../delete-agent';
import { endMaintenance, startMaintenance } from '../status/maintenance';
import { updateAgent } from '../update-agent';

let services: Services;
let worker: Worker | undefined;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
});
afterEach(async () => {
  await worker?.drain(2_000);
  worker = undefined;
});
afterAll(() => services.close());

type Given = { says?: Said[]; skills?: string[]; tools?: string[]; more?: Partial<AgentInput> };

const inputOf = (handle: string, { skills = [], tools = [], more = {} }: Given): AgentInput => ({
  ...{ handle, name: handle, description: '', instructions: 'Help.', model: 'auto', skills },
  tools: tools.map((name) => ({ name, approval: 'never' })),
  limits: { ...usualLimits },
  ...more,
});

/** A workspace with agents that say what they are told to, and a worker. */
async function team(agents: Record<string, Given>) {
  const { workspaceId, userId } = await aMember(services.pool, 'editor');
  const ada = { workspaceId, userId, name: 'Ada', email: '', role: 'editor' as const };
  const turns = new Map<string, Said[]>();
  const ids = new Map<string, string>();
  const hire = async (handle: string, given: Given) => {
    const body = inputOf(handle, given);
    const { id } = await createAgent(services, ada, { params: {}, query: {}, body });
    turns.set(id, given.says ?? [`${handle} did it.`]);
    ids.set(handle, id);
  };
  for (const [handle, given] of Object.entries(agents)) await hire(handle, given);
  worker = await startWorker(
    scripted(
      services,
      { turns: [], turnsOf: (id) => turns.get(id) },
      { gate: open, sent: [], asked: new Map(), requests: [] },
    ),
  );
  const idOf = (handle: string) => ({ id: ids.get(handle) ?? '' });
  return {
    ...{ ada, workspaceId, hire, idOf, ids },
    start: (config: object, mode: 'live' | 'rehearsal' = 'live') =>
      startInline(services, ada, {
        ...{ definition: stepOf(config), input: {}, name: 'Test', mode, trigger: 'api' },
      }).then(({ id }) => id),
    step: async (id: string) => {
      const state = await services.engine.load(id);
      const plan = state?.plan.steps[0];
      if (!state || !plan) throw new Error('no such run');
      return viewStep(plan, state.mode, state.steps[plan.id]);
    },
    tasks: async (id: string) => {
      const { rows } = await services.pool.query<{ name: string; status: string }>(
        'select name, status from run where parent_run_id = $1 order by parent_round',
        [id],
      );
      return rows.map(({ name, status }) => `${name}: ${status}`);
    },
  };
}

const rows = (...names: string[]) => names.map((name, index) => ({ id: `r${index}`, name }));
const stepOf = (config: object): Definition => ({
  ...{ schema: 1, name: 'Test', description: '', edges: [] },
  nodes: [
    {
      ...{ id: 's', key: 's', type: 'agent', name: 'Do it', position: { x: 0, y: 0 } },
      config: { who: 'fits', prompt: 'Do it.', ...config },
      policy: { retry: { attempts: 1, backoffMs: 0, maxBackoffMs: 0 } },
    },
  ],
});
const stalls: Said[] = [[{ name: 'web_read', args: { url: 'https://a.example/' } }], 'Never.'];
const stopsAtOnce = { limits: { maxTurns: 1, maxMinutes: 60 } };

/** Waits until nobody fits, and says what is missing. */
const missingIn = async (of: Awaited<ReturnType<typeof team>>, id: string) => {
  let missing: unknown;
  await eventually('the step waits', async () => {
    missing = at((await of.step(id)).wait?.ask, 'waits', 'missing');
    return missing !== undefined;
  });
  return missing;
};

it('who fits does it, as a run of its own, and the journal says why before it began', async () => {
  const of = await team({
    writer: { skills: ['writing'] },
    tester: { skills: ['testing', 'coding'], tools: ['web_read'] },
  });
  const id = await of.start({ skills: rows('testing'), needTools: rows('web_read') });
  expect(await ended(services, id)).toMatchObject({
    status: 'succeeded',
    output: { text: 'tester did it.', agent: 'tester' },
  });
  expect(await of.tasks(id)).toEqual(['Task for tester: succeeded']);
  const step = await of.step(id);
  expect(step.reason).toContain('tester is the only agent that fits');
  expect(step.shown).toMatchObject({
    tries: [
      {
        assignment: {
          ...{ taken: 'tester', looked: 2, fit: 1 },
          agents: [
            { handle: 'tester' },
            { handle: 'writer', why: expect.stringContaining('the skill “testing”') },
          ],
        },
      },
    ],
  });
  const { rows: events } = await services.pool.query<{ taken: string; runs: boolean }>(
    `select data #>> '{wait,ask,tries,0,assignment,taken}' as taken from run_event
     where run_id = $1 and type = 'StepWaiting'`,
    [id],
  );
  expect(events).toEqual([{ taken: 'tester' }]);
});

it('nobody fits: it waits, names what is missing, and goes on when somebody is hired', async () => {
  const of = await team({ writer: { skills: ['writing'] } });
  const id = await of.start({ skills: rows('deployment') });
  expect(await missingIn(of, id)).toEqual(['No agent has the skill “deployment”.']);
  expect((await services.engine.load(id))?.status).toBe('waiting');
  // Nobody else can end that wait.
  const body = { channel: 'agents/changed', payload: 1 };
  await expect(sendEvent(services, of.ada, { params: {}, query: {}, body })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  await of.hire('deployer', { skills: ['deployment'] });
  expect(await ended(services, id)).toMatchObject({ output: { agent: 'deployer' } });
});

it('goes on when an agent is edited, and when one comes out of maintenance', async () => {
  const of = await team({ writer: {}, deployer: { skills: ['deployment'] } });
  const reason = 'Its tools move.';
  const params = of.idOf('deployer');
  await startMaintenance(services, of.ada, { params, query: {}, body: { reason } });
  const [first, second] = [
    await of.start({ skills: rows('deployment') }),
    await of.start({ skills: rows('poetry') }),
  ];
  expect(await missingIn(of, first)).toEqual([
    'deployer comes nearest: It is in maintenance: Its tools move.',
  ]);
  await missingIn(of, second);
  await endMaintenance(services, of.ada, { params, query: {}, body: undefined });
  expect(await ended(services, first)).toMatchObject({ output: { agent: 'deployer' } });
  // It looks again, too, and goes on waiting.
  await expect.poll(async () => (await services.engine.load(second))?.status).toBe('waiting');
  const edited = inputOf('writer', { skills: ['poetry'] });
  await updateAgent(services, of.ada, { params: of.idOf('writer'), query: {}, body: edited });
  expect(await ended(services, second)).toMatchObject({ output: { agent: 'writer' } });
});

it('another agent gets what one could not do, and the run shows it', async () => {
  const of = await team({
    slow: { says: stalls, skills: ['research'], tools: ['web_read'], more: stopsAtOnce },
    other: { skills: ['research', 'writing', 'coding'], tools: ['web_read', 'calculate'] },
  });
  const id = await of.start({ skills: rows('research') });
  expect(await ended(services, id)).toMatchObject({
    output: { agent: 'other' },
  });
  expect(await of.tasks(id)).toEqual(['Task for slow: failed', 'Task for other: succeeded']);
  expect(await of.step(id)).toMatchObject({
    shown: {
      tries: [
        {
          failed: { message: expect.stringContaining('more than its 1 turns') },
          remedy: expect.stringContaining('another agent that fits'),
        },
        { assignment: { taken: 'other' } },
      ],
    },
  });
});

it(`ends after ${maxTries} agents, and when nobody else is left`, async () => {
  const given = { says: stalls, skills: ['research'], tools: ['web_read'], more: stopsAtOnce };
  const of = await team({ a: given, b: given, c: given, d: given });
  const id = await of.start({ skills: rows('research') });
  const { error } = await ended(services, id);
  expect(error).toMatchObject({ code: 'assignment_failed' });
  expect(error?.message).toContain('tried 3 times');
  expect(await of.tasks(id)).toHaveLength(maxTries);
  for (const handle of ['b', 'c', 'd']) {
    await deleteAgent(services, of.ada, { params: of.idOf(handle), query: {}, body: undefined });
  }
  const alone = await of.start({ skills: rows('research') });
  expect((await ended(services, alone)).error?.message).toContain('Nobody else fits');
});

const failing = { says: stalls, skills: ['research'], tools: ['web_read'], more: stopsAtOnce };
const waitsForPerson = async (of: Awaited<ReturnType<typeof team>>, id: string) =>
  eventually('a person is asked', async () => (await of.step(id)).wait?.kind === 'person');
const answer = (of: Awaited<ReturnType<typeof team>>, id: string, values: Record<string, string>) =>
  answerStep(services, of.ada, {
    ...{ params: { id, stepId: 's' }, query: {} },
    body: { answer: { decision: 'approved', values } },
  });

it('the record of a step that failed has its last failure, too', async () => {
  const of = await team({ a: failing });
  const id = await of.start({ skills: rows('research') });
  expect((await ended(services, id)).status).toBe('failed');
  const { shown, error } = await of.step(id);
  expect(error?.code).toBe('assignment_failed');
  expect(at(shown, 'tries', 0)).toMatchObject({
    failed: { message: expect.stringContaining('more than its 1 turns') },
    remedy: expect.stringContaining('Nobody else fits'),
  });
});

it('a person is asked where nobody can do it: agents try again, then the person answers', async () => {
  const of = await team({ a: failing });
  const id = await of.start({ skills: rows('research'), ifNobody: 'ask' });
  await waitsForPerson(of, id);
  expect(await of.step(id)).toMatchObject({
    shown: { tries: [{ failed: {}, remedy: expect.stringContaining('Nobody else fits') }] },
  });
  await answer(of, id, { next: 'Let agents try again', answer: '' });
  await eventually('it was tried again', async () => (await of.tasks(id)).length === 2);
  await waitsForPerson(of, id);
  await expect(answer(of, id, { next: 'Answer it myself', answer: '' })).rejects.toThrow('Write');
  await answer(of, id, { next: 'Answer it myself', answer: 'By hand.' });
  expect(await ended(services, id)).toMatchObject({
    status: 'succeeded',
    output: { text: 'By hand.', by: 'Ada' },
  });
  expect((await of.step(id)).reason).toContain('Ada answered');
});

it('whoever answers while somebody cancels: one of the two counts, whole', async () => {
  const rounds = 6;
  const ends = new Map<string, number>();
  const of = await team({ a: failing });
  for (let round = 0; round < rounds; round += 1) {
    const id = await of.start({ skills: rows('research'), ifNobody: 'ask' });
    await waitsForPerson(of, id);
    const own = { next: 'Answer it myself', answer: 'By hand.' };
    const cancel = () =>
      cancelRun(services, of.ada, { params: { id }, query: {}, body: undefined });
    await Promise.allSettled(
      round % 2 === 0 ? [answer(of, id, own), cancel()] : [cancel(), answer(of, id, own)],
    );
    const { status, output } = await ended(services, id);
    ends.set(status, (ends.get(status) ?? 0) + 1);
    expect(['succeeded', 'cancelled']).toContain(status);
    if (status === 'succeeded') expect(output).toMatchObject({ text: 'By hand.' });
    expect(await of.tasks(id)).toHaveLength(1);
  }
  process.stdout.write(`${rounds} answers beside a cancellation: ${JSON.stringify([...ends])}\n`);
});

it('a step that is not to wait fails at once when its agent is away or gone', async () => {
  const of = await team({ a: {} });
  const reason = 'It moves.';
  await startMaintenance(services, of.ada, { params: of.idOf('a'), query: {}, body: { reason } });
  for (const [agent, says] of [
    ['a', 'a is in maintenance: It moves.'],
    ['nobody', 'There is no agent @nobody here any more.'],
  ]) {
    const id = await of.start({ who: 'one', agent, ifAway: 'fail' });
    const { error } = await ended(services, id);
    expect(error).toMatchObject({ code: 'agent_away', message: says });
  }
  // Else it waits, says for whom and why, and goes on at the end of the maintenance.
  const waits = await of.start({ who: 'one', agent: 'a' });
  await eventually('it waits', async () => (await of.step(waits)).wait?.kind === 'message');
  expect((await of.step(waits)).wait?.ask).toEqual({ agent: 'a', maintenance: 'It moves.' });
  await endMaintenance(services, of.ada, { params: of.idOf('a'), query: {}, body: undefined });
  expect(await ended(services, waits)).toMatchObject({ output: { text: 'a did it.' } });
});

it('a rehearsal waits for nobody', async () => {
  const of = await team({ writer: {} });
  const id = await of.start({ skills: rows('deployment') }, 'rehearsal');
  expect(await ended(services, id)).toMatchObject({
    ...{ status: 'succeeded', output: { agent: 'assistant' } },
  });
  expect((await of.step(id)).reason).toContain('No agent has the skill “deployment”.');
});

it('agents of another workspace are not looked at', async () => {
  await team({ foreign: { skills: ['deployment'] } });
  await worker?.drain(2_000);
  const of = await team({ writer: {} });
  const id = await of.start({ skills: rows('deployment') });
  expect(await missingIn(of, id)).toEqual(['No agent has the skill “deployment”.']);
});
