import { expect, it } from 'vitest';
import { chanceOf } from '@/lib/runs/testing/chance';
import { agentStatuses } from '../status/machine';
import { assign, type Candidate } from './assign';
import type { Needs } from './needs';

const skills = ['coding', 'review', 'testing', 'writing', 'research', 'deployment'];
const tools = ['files_read', 'web_read', 'http_request', 'run_code', 'memory_recall'];
const broken = 'The server does not answer.';

const someone = (more: Partial<Candidate> = {}): Candidate => ({
  ...{ handle: 'ada', name: 'Ada', skills: [], tools: [], grants: 0, local: false },
  ...{ status: 'idle', running: 0, capacity: 3, done: 0, failed: 0 },
  ...more,
});
const anything: Needs = { skills: [], tools: [], privacy: 'any' };

/** A scene by chance: up to 12 agents, and a task that needs something of them. */
function sceneOf(seed: number) {
  const random = chanceOf(seed);
  const some = <T>(all: readonly T[], share: number) => all.filter(() => random() < share);
  const whole = (most: number) => Math.floor(random() * (most + 1));
  const needs: Needs = {
    ...{ skills: some(skills, 0.25), tools: some(tools, 0.2) },
    privacy: random() < 0.2 ? 'local' : 'any',
    ...(random() < 0.3 ? { maxUsd: random() } : {}),
    ...(random() < 0.3 ? { maxMinutes: random() * 30 } : {}),
  };
  const agents = Array.from({ length: whole(12) }, (_, index): Candidate => {
    const own = some(tools, 0.6);
    const capacity = 1 + whole(5);
    return {
      ...{ handle: `agent-${index}`, name: `Agent ${index}`, skills: some(skills, 0.6) },
      tools: own
        .filter((name) => needs.tools.includes(name))
        .map((name) => ({ name, ...(random() < 0.1 ? { problem: broken } : {}) })),
      ...{ grants: own.length, local: random() < 0.5, capacity, running: whole(capacity + 1) },
      ...(random() < 0.15 ? { maintenance: 'It is being moved.' } : {}),
      status: agentStatuses[whole(2)] ?? 'idle',
      ...{ done: whole(20), failed: whole(5) },
      ...(random() < 0.7 ? { usualUsd: random(), usualMinutes: random() * 30 } : {}),
    };
  });
  const not = new Map(
    some(agents, 0.1).map(({ handle }) => [handle, 'It has failed at this task.']),
  );
  return { needs, agents, not };
}

/** A plain second opinion: whether an agent may have a task at all. */
function fits({ needs, not }: ReturnType<typeof sceneOf>, agent: Candidate): boolean {
  return (
    needs.skills.every((skill) => agent.skills.includes(skill)) &&
    needs.tools.every((name) => agent.tools.some((t) => t.name === name && !t.problem)) &&
    (needs.privacy === 'any' || agent.local) &&
    !((agent.usualUsd ?? 0) > (needs.maxUsd ?? Number.POSITIVE_INFINITY)) &&
    !((agent.usualMinutes ?? 0) > (needs.maxMinutes ?? Number.POSITIVE_INFINITY)) &&
    agent.maintenance === undefined &&
    !not.has(agent.handle)
  );
}

const scenes = 5_000;

it(`${scenes} scenes: only who may have it gets it, nobody who could is passed over, and gaps are named`, () => {
  let nobody = 0;
  for (let seed = 1; seed <= scenes; seed += 1) {
    const scene = sceneOf(seed);
    const { needs, agents, not } = scene;
    const asked = { seed: `run/${seed}`, not };
    const record = assign(needs, agents, asked);
    const able = agents.filter((agent) => fits(scene, agent));
    const taken = agents.find(({ handle }) => handle === record.taken);
    expect(record.fit).toBe(able.length);
    expect(record.looked).toBe(agents.length);
    // The same however the agents come, and however often it is asked.
    expect(assign(needs, [...agents].reverse(), asked)).toEqual(record);
    expect(record.agents.length + (record.more ?? 0)).toBe(agents.length);
    for (const one of record.agents) expect(Boolean(one.why)).toBe(one.handle !== record.taken);
    if (able.length === 0) {
      nobody += 1;
      expect(record.taken).toBeNull();
      expectGaps(scene, record.missing ?? []);
      continue;
    }
    expect(able).toContain(taken);
    // One that has room and does not fail is never passed over for one that has not.
    const ready = ({ status, running, capacity }: Candidate) =>
      status !== 'error' && status !== 'overloaded' && running < capacity;
    if (taken && able.some(ready)) expect(ready(taken)).toBe(true);
    expect(record.missing).toBeUndefined();
  }
  expect(nobody).toBeGreaterThan(scenes / 10);
  expect(nobody).toBeLessThan(scenes * 0.9);
});

function expectGaps({ needs, agents }: ReturnType<typeof sceneOf>, missing: string[]) {
  expect(missing.length).toBeGreaterThan(0);
  const text = missing.join(' ');
  for (const skill of needs.skills) {
    const has = agents.some((agent) => agent.skills.includes(skill));
    if (!has && agents.length > 0) expect(text).toContain(`“${skill}”`);
  }
  for (const name of needs.tools) {
    const has = agents.some((agent) => agent.tools.some((tool) => tool.name === name));
    if (!has && agents.length > 0) expect(text).toContain(`“${name}”`);
  }
  if (agents.length === 0) expect(text).toContain('no agents');
}

it('prefers who is meant for it, has done well, and has time', () => {
  const jack = someone({ handle: 'jack', name: 'Jack', skills, grants: 20 });
  const rita = someone({ handle: 'rita', name: 'Rita', skills: ['review'], grants: 1 });
  const needs = { ...anything, skills: ['review'] };
  const record = assign(needs, [jack, rita], { seed: '1' });
  expect(record).toMatchObject({ taken: 'rita', looked: 2, fit: 2 });
  expect(record.reason).toBe(
    'Of 2 agents that fit, Rita stands best for this: no tasks behind it yet, 0 of 3 tasks under way.',
  );
  expect(record.agents[1]).toMatchObject({
    handle: 'jack',
    why: 'It fits, but is less meant for it.',
  });
  const poor = { ...rita, done: 1, failed: 9 };
  const good = { ...rita, handle: 'good', name: 'Good', done: 9, failed: 1 };
  expect(assign(needs, [poor, good], { seed: '1' }).taken).toBe('good');
  const busy = { ...rita, running: 3 };
  expect(assign(needs, [busy, jack], { seed: '1' })).toMatchObject({
    taken: 'jack',
    agents: [{ handle: 'jack' }, { why: 'It fits, but has all the work that it may have.' }],
  });
});

it('one whose last tasks failed comes last, and still gets what nobody else can do', () => {
  const failing = someone({ status: 'error', done: 0, failed: 3 });
  const full = someone({ handle: 'full', name: 'Full', running: 3 });
  expect(assign(anything, [failing, full], { seed: '1' }).taken).toBe('full');
  expect(assign(anything, [failing], { seed: '1' })).toMatchObject({
    taken: 'ada',
    reason: expect.stringContaining('though its last tasks failed'),
  });
});

it('spreads tasks over agents that are about equally good', () => {
  const agents = Array.from({ length: 5 }, (_, index) =>
    someone({ handle: `a${index}`, name: `A${index}`, done: 10 + index }),
  );
  const counts = new Map<string, number>();
  for (let run = 0; run < 1_000; run += 1) {
    const { taken } = assign(anything, agents, { seed: `run-${run}/step/1` });
    counts.set(String(taken), (counts.get(String(taken)) ?? 0) + 1);
  }
  expect(counts.size).toBeGreaterThanOrEqual(4);
});

it('says of the nearest one what keeps it', () => {
  const away = someone({ skills: ['deployment'], maintenance: 'Its tools move.' });
  const other = someone({ handle: 'bob', name: 'Bob' });
  const needs = { ...anything, skills: ['deployment'] };
  expect(assign(needs, [away, other], { seed: '1' }).missing).toEqual([
    'Ada comes nearest: It is in maintenance: Its tools move.',
  ]);
  expect(assign(needs, [other], { seed: '1' }).missing).toEqual([
    'No agent has the skill “deployment”.',
  ]);
});
