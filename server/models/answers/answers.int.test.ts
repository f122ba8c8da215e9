import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seeded } from '@/lib/models/seed';
import { catalogue } from '@/lib/nodes/catalogue';
import type { ModelAnswer } from '@/lib/nodes/node-type/define-node';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { begin, eventually, makeWorkspace } from '@/server/runs/testing/harness';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import type { ModelCall } from '../providers/model-call';
import { chosen, nowherePlace, unlimitedLedger } from '../testing/unlimited';
import {
  type AnswerPlace,
  type Answers,
  clearAnswers,
  countAnswers,
  createAnswers,
  type Kept,
} from './answer-store';
import { reuseAnswer } from './reuse-answer';

/** Two processes: what they share is the database. */
let processes: Services[] = [];
let stores: Answers[] = [];
const signal = new AbortController().signal;
const choice = chosen('compatible', 'Test.');

beforeAll(async () => {
  const config = await testConfig();
  processes = await Promise.all([createServices(config, 'one'), createServices(config, 'two')]);
  stores = processes.map(({ pool, log }) => createAnswers({ pool, log }));
});
afterAll(async () => {
  await Promise.all(processes.map((services) => services.close()));
});

const services = () => processes[0] as Services;
const store = (place = 0) => stores[place % stores.length] as Answers;

const node = { id: 'ask', key: 'ask', type: 'model', name: 'Ask', position: { x: 0, y: 0 } };
const plan = compile(
  definitionSchema.parse({
    ...{ name: 'Ask', edges: [] },
    nodes: [{ ...node, config: { prompt: 'Hello.' } }],
  }),
  catalogue,
);

async function aRun(): Promise<{ workspaceId: string; runId: string }> {
  const workspaceId = await makeWorkspace(services().pool);
  return { workspaceId, runId: await begin(services(), workspaceId, plan) };
}

async function aPlace(more: Partial<AnswerPlace> = {}): Promise<AnswerPlace> {
  return {
    ...({ principal: 'person u', key: 'k', provider: 'compatible', model: 'm' } as const),
    ...{ forMs: 3_600_000, ...(await aRun()), ...more },
  };
}

const said = (text: string, more: Partial<ModelAnswer> = {}): ModelAnswer => ({
  ...({ text, parts: [{ type: 'text', text }], toolCalls: [], finish: 'stop' } as const),
  ...{ provider: 'compatible', model: 'm', rehearsed: false, reason: 'Test.' },
  usage: { inputTokens: 10, outputTokens: 5, costUsd: 0.001 },
  ...more,
});
const kept = (text: string): Kept => {
  const { parts, toolCalls, finish } = said(text);
  return { text, parts, toolCalls, finish };
};

const asking = (run: { workspaceId: string; runId: string }, more: Partial<ModelCall> = {}) =>
  ({
    ...{ workspaceId: run.workspaceId, place: { ...nowherePlace, runId: run.runId } },
    ...{ mode: 'live', policy: 'auto', messages: [{ role: 'user', content: 'Hello.' }], signal },
    ...{ reuse: { forMs: 3_600_000 }, ...more },
  }) as ModelCall;

const reuse = (principal = 'person u', at = 0) => ({
  ...{ answers: store(at), ledger: unlimitedLedger().ledger },
  principalOf: async () => principal,
});

test('an answer is for its principal and workspace alone, whatever else is equal', async () => {
  const random = seeded(19);
  const tenants = await Promise.all(Array.from({ length: 10 }, aRun));
  const asked = new Map<string, number>();
  let [hits, foreign, n] = [0, 0, 0];
  const one = async () => {
    const run = tenants[Math.floor(random() * tenants.length)] ?? (await aRun());
    const principal = `person ${Math.floor(random() * 5)}`;
    const prompt = `Question ${Math.floor(random() * 4)}`;
    const owner = `${run.workspaceId} ${principal} ${prompt}`;
    let asks = false;
    const call = asking(run, { messages: [{ role: 'user', content: prompt }] });
    const answer = await reuseAnswer(reuse(principal, n), call, choice, async () => {
      asks = true;
      asked.set(owner, (asked.get(owner) ?? 0) + 1);
      return said(owner);
    });
    n += 1;
    if (!asks) hits += 1;
    if (answer.text !== owner) foreign += 1;
  };
  const total = 10_000;
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      for (let done = 0; done < total / 16; done += 1) await one();
    }),
  );
  process.stdout.write(
    `${n} requests of 10 workspaces × 5 people × 4 questions: ${hits} hits, ${foreign} foreign; asked ${asked.size} questions, at most ${Math.max(...asked.values())} time(s) each\n`,
  );
  expect(foreign).toBe(0);
  expect([...asked.values()].every((times) => times === 1)).toBe(true);
  expect(hits).toBe(n - asked.size);
});

test('of many that ask the same at once, in two processes, one asks', async () => {
  const run = await aRun();
  const [asks, uses]: [number[], (string | undefined)[]] = [[], []];
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const callers = Array.from({ length: 20 }, (_, at) =>
    reuseAnswer(reuse('person u', at), asking(run), choice, async ({ decision }) => {
      asks.push(at);
      uses.push(decision.cache?.use);
      await gate;
      return said('Once.');
    }),
  );
  await eventually('one asks', async () => asks.length > 0);
  open();
  const answers = await Promise.all(callers);
  expect(answers.map(({ text }) => text)).toEqual(answers.map(() => 'Once.'));
  expect(uses).toEqual(['miss']);
  expect(answers.filter(({ usage }) => usage.costUsd === 0)).toHaveLength(19);
});

test('when who asks fails, one of those that wait asks', async () => {
  const run = await aRun();
  let asks = 0;
  const callers = Array.from({ length: 6 }, (_, at) =>
    reuseAnswer(reuse('person u', at), asking(run), choice, async () => {
      asks += 1;
      if (asks <= 2) throw new Error('down');
      return said('At last.');
    }).catch((error: Error) => error.message),
  );
  const ends = await Promise.all(callers);
  expect(ends.filter((end) => end === 'down')).toHaveLength(2);
  expect(asks).toBe(3);
});

test.each([
  ['was cut at its length', {}, { finish: 'length' as const }],
  ['says that something was left out', {}, { note: 'The oldest message was left out.' }],
  ['came from another model', {}, { model: 'other' }],
  ['was scripted', {}, { rehearsed: true }],
  ['may use tools that act', { reuse: { forMs: 1e6, acts: true as const } }, {}],
  ['offers a tool that acts', { tools: [{ name: 'send', description: '', inputSchema: {} }] }, {}],
  ['is rehearsed', { mode: 'rehearsal' as const }, {}],
  ['did not ask for it', { reuse: undefined }, {}],
])('a call that %s is asked for each time', async (_, more, answer) => {
  const run = await aRun();
  let asks = 0;
  const ask = async () => {
    asks += 1;
    return said(`${asks}`, answer);
  };
  for (let time = 0; time < 2; time += 1) {
    await reuseAnswer(reuse(), asking(run, more), choice, ask);
  }
  expect(asks).toBe(2);
  expect(await countAnswers(services().pool, run.workspaceId)).toBe(0);
});

test.each<[string, Partial<ModelCall>]>([
  ['the text', { messages: [{ role: 'user', content: 'Hello!' }] }],
  ['the instructions', { system: 'Be short.' }],
  ['the tools', { tools: [{ name: 'a', description: '', inputSchema: {}, readOnly: true }] }],
  ['the form of the answer', { outputSchema: { type: 'object' } }],
  ['its length', { maxTokens: 5 }],
  ['the temperature', { temperature: 0.5 }],
  ['the model that is asked for', { policy: { provider: 'compatible', model: 'm' } }],
  ['the version of the agent', { reuse: { forMs: 3_600_000, agentVersion: 2 } }],
  ['the agent', { place: { ...nowherePlace, agentId: randomUUID() } }],
])('a change of %s asks anew', async (_, more) => {
  const run = await aRun();
  const place = { ...(more.place ?? nowherePlace), runId: run.runId };
  let asks = 0;
  const ask = async () => {
    asks += 1;
    return said(`${asks}`);
  };
  await reuseAnswer(reuse(), asking(run), choice, ask);
  const second = await reuseAnswer(reuse(), asking(run, { ...more, place }), choice, ask);
  expect(second.text).toBe('2');
  const again = await reuseAnswer(reuse(), asking(run, { ...more, place }), choice, ask);
  expect(again).toMatchObject({ text: '2', usage: { costUsd: 0 } });
});

test('an answer ends with its time, and a step that wants a younger one asks', async () => {
  const place = await aPlace();
  const first = await store().find(place, signal);
  if (!first.known) await first.claim.keep(kept('Old.'), undefined);
  await services().pool.query(
    `update model_answer set created_at = now() - interval '30 minutes' where workspace_id = $1`,
    [place.workspaceId],
  );
  expect(await store().find(place, signal)).toMatchObject({
    known: true,
    answer: { text: 'Old.' },
  });
  const younger = await store().find({ ...place, forMs: 60_000 }, signal);
  expect(younger.known).toBe(false);
  if (!younger.known) await younger.claim.keep(kept('New.'), undefined);
  expect(await store().find(place, signal)).toMatchObject({ answer: { text: 'New.' } });
});

test('who is lost while asking is followed by another, and keeps nothing later', async () => {
  const place = await aPlace();
  const { pool, log } = services();
  const lost = await createAnswers({ pool, log, claimMs: 600 }).find(place, signal);
  if (lost.known) throw new Error('known');
  // A process that stands still renews nothing.
  await pool.query(
    `update model_answer set until_at = now() - interval '1 second' where workspace_id = $1`,
    [place.workspaceId],
  );
  const next = await store(1).find(place, signal);
  if (next.known) throw new Error('known');
  await lost.claim.keep(kept('Late.'), undefined);
  await lost.claim.drop();
  await next.claim.keep(kept('Right.'), undefined);
  expect(await store().find(place, signal)).toMatchObject({ answer: { text: 'Right.' } });
});

test('who waits longer than a right lasts still waits: it is renewed', async () => {
  const place = await aPlace();
  const { pool, log } = services();
  const short = createAnswers({ pool, log, claimMs: 300 });
  const first = await short.find(place, signal);
  if (first.known) throw new Error('known');
  const waiting = short.find(place, signal);
  const renewed = async () => {
    const { rows } = await pool.query<{ over: boolean }>(
      `select created_at < now() - interval '1 second' and until_at > now() as over from model_answer
       where workspace_id = $1`,
      [place.workspaceId],
    );
    return rows[0]?.over;
  };
  await eventually('it is renewed', renewed);
  await first.claim.keep(kept('Slow.'), undefined);
  expect(await waiting).toMatchObject({ known: true, answer: { text: 'Slow.' } });
});

test('clearing takes what is kept and what is being asked for', async () => {
  const place = await aPlace();
  const other = { ...place, key: 'other', provider: 'openai' } as const;
  for (const each of [place, other]) {
    const found = await store().find(each, signal);
    if (!found.known) await found.claim.keep(kept('Kept.'), undefined);
  }
  const third = await store().find({ ...place, key: 'third' }, signal);
  expect(await clearAnswers(services().pool, place.workspaceId, 'compatible')).toBe(1);
  if (!third.known) await third.claim.keep(kept('Too late.'), undefined);
  expect(await countAnswers(services().pool, place.workspaceId)).toBe(1);
  expect(await clearAnswers(services().pool, place.workspaceId)).toBe(1);
  const again = await store().find(place, signal);
  expect(again.known).toBe(false);
  if (!again.known) await again.claim.drop();
});

test('an answer goes with the run that asked', async () => {
  const place = await aPlace();
  const found = await store().find(place, signal);
  if (!found.known) await found.claim.keep(kept('Private.'), undefined);
  expect(await countAnswers(services().pool, place.workspaceId)).toBe(1);
  await services().pool.query('delete from run where id = $1', [place.runId]);
  expect(await countAnswers(services().pool, place.workspaceId)).toBe(0);
});
