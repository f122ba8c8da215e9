import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FormConfig } from '@/lib/triggers/forms/schema';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { eventually } from '@/server/testing/eventually';
import { ask } from './testing/client';
import { join, type Somebody, setUp, startApi } from './testing/people';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let owner: Somebody;
let workflowId: string;

const inputs = [
  { id: 'i1', name: 'name', type: 'text', required: true, label: 'Your name' },
  { id: 'i2', name: 'size', type: 'choice', choices: 'S, M, L', required: true },
  { id: 'i3', name: 'paper', type: 'file' },
];
const position = { x: 0, y: 0 };
const edge = (source: string, target: string, sourcePort = 'out') => ({
  ...{ id: `${source}-${target}`, source, sourcePort, target, targetPort: 'in' },
});
const definition = (
  middle: Record<string, unknown> = {
    type: 'transform',
    config: { expression: '{"hello": input.name}' },
  },
  fields: unknown[] = inputs,
) => ({
  name: 'Intake',
  nodes: [
    {
      id: 'start',
      key: 'start',
      type: 'start',
      name: 'Start',
      config: { inputs: fields },
      position,
    },
    { id: 'work', key: 'work', name: 'Work', position, ...middle },
  ],
  edges: [edge('start', 'work')],
});

beforeAll(async () => {
  services = await startApi();
  worker = await startWorker(services);
  owner = await setUp();
  workflowId = await publish(definition());
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

async function asOwner(method: string, path: string, body?: unknown) {
  const answer = await ask(
    method,
    `/api/v2${path}`,
    owner.headers,
    body === undefined ? {} : { body },
  );
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function publish(given: unknown): Promise<string> {
  const { id } = await asOwner('POST', '/workflows', given);
  await asOwner('POST', `/workflows/${id}/publish`, {});
  return id;
}

async function aForm(config: Partial<FormConfig> = {}, of = workflowId) {
  const body = { kind: 'form', config: { perMinute: 600, ...config } };
  const { trigger } = await asOwner('POST', `/workflows/${of}/triggers`, body);
  return { id: String(trigger.id), token: await tokenOf(trigger.id) };
}

const tokenOf = async (id: string): Promise<string> =>
  (await asOwner('POST', `/triggers/${id}/address`)).url.split('/f/')[1];
const show = (token: string, headers = {}) => ask('GET', `/api/v2/forms/${token}`, headers);

type Given = {
  key?: string;
  shape?: string;
  answers?: Record<string, string | Blob>;
  headers?: Record<string, string>;
};
const answers = { name: 'Ada', size: 'M' };

async function send(token: string, given: Given = {}) {
  const form = new FormData();
  form.set('$key', given.key ?? randomUUID());
  form.set('$shape', given.shape ?? (await show(token)).body.shape);
  for (const [name, value] of Object.entries(given.answers ?? answers)) form.set(name, value);
  const encoded = new Response(form);
  const type = encoded.headers.get('content-type') ?? '';
  const raw = new Uint8Array(await encoded.arrayBuffer());
  return ask(
    'POST',
    `/api/v2/forms/${token}`,
    {},
    {
      raw,
      headers: { 'content-type': type, ...given.headers },
    },
  );
}

const stateOf = async (token: string, key: string) =>
  (await ask('GET', `/api/v2/forms/${token}/submissions/${key}`)).body;
const runs = async () =>
  Number((await services.pool.query('select count(*) as n from run')).rows[0].n);
const deliveries = async (id: string) => (await asOwner('GET', `/triggers/${id}/deliveries`)).items;

it('shows strangers the texts and fields, and starts a run that belongs to nobody', async () => {
  const { token, id } = await aForm({ title: 'Tell us' });
  const { body } = await show(token);
  expect(body).toMatchObject({ title: 'Tell us', button: 'Send', open: true });
  expect(body.fields.map((field: { label: string }) => field.label)).toEqual([
    'Your name',
    'size',
    'paper',
  ]);
  const sent = await send(token);
  expect(sent.status).toBe(202);
  const { rows } = await services.pool.query(
    'select trigger, input, started_by from run order by created_at desc limit 1',
  );
  expect(rows[0]).toEqual({
    trigger: 'form',
    input: { name: 'Ada', size: 'M', paper: null },
    started_by: null,
  });
  expect(await stateOf(token, sent.body.submission)).toMatchObject({
    state: 'done',
    result: { kind: 'text', text: '' },
  });
  expect((await deliveries(id))[0]).toMatchObject({ outcome: 'started' });
});

it('keeps a file with the run, and takes none where none is asked for', async () => {
  const { token } = await aForm();
  const paper = new File(['a,b'], '../paper.csv', { type: 'text/csv' });
  await send(token, { answers: { ...answers, paper } });
  const found = await services.pool.query(
    `select f.name, f.size from run r join file f on f.id::text = r.input ->> 'paper' order by r.created_at desc limit 1`,
  );
  expect(found.rows).toEqual([{ name: 'paper.csv', size: 3 }]);
  const wrong = await send(token, { answers: { name: paper, size: 'M', paper: randomUUID() } });
  expect(wrong.body.error).toMatchObject({
    code: 'invalid_input',
    details: { reason: 'answers', problems: { name: 'Fill this in.' } },
  });
});

it('says for each field what is wrong, and starts nothing', async () => {
  const { token } = await aForm();
  const before = await runs();
  const refused = await send(token, { answers: { size: 'XXL' } });
  expect(refused.status).toBe(400);
  expect(refused.body.error.details.problems).toEqual({
    name: 'Fill this in.',
    size: 'Choose one of the options.',
  });
  expect((await send(token, { key: 'mine' })).status).toBe(400);
  expect(await runs()).toBe(before);
});

it('is one run, however often and with however many files at once it is sent', async () => {
  const { token } = await aForm();
  const before = await runs();
  const key = randomUUID();
  const paper = new File(['x'], 'x.csv');
  const given = { key, answers: { ...answers, paper } };
  const sent = await Promise.all([1, 2, 3, 4].map(() => send(token, given)));
  expect(sent.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
  expect(await runs()).toBe(before + 1);
  const changed = await send(token, { key, answers: { ...answers, name: 'Bob' } });
  expect(changed.body.error).toMatchObject({ code: 'conflict', details: { reason: 'sent' } });
  expect(await runs()).toBe(before + 1);
});

it('takes no answers once it is off or unpublished, but knows what it took', async () => {
  const own = await publish(definition());
  const { token, id } = await aForm({}, own);
  const key = randomUUID();
  const { shape } = (await show(token)).body;
  await send(token, { key });
  await asOwner('PATCH', `/triggers/${id}`, { enabled: false });
  expect((await show(token)).body).toMatchObject({ open: false, fields: [] });
  const off = await send(token, { shape });
  expect(off.body.error).toMatchObject({ code: 'conflict', details: { reason: 'closed' } });
  expect((await send(token, { key, shape })).status).toBe(202);
  expect((await stateOf(token, key)).state).toBe('done');
  await asOwner('PATCH', `/triggers/${id}`, { enabled: true });
  await asOwner('POST', `/workflows/${own}/unpublish`, {});
  const unpublished = await send(token, { shape });
  expect(unpublished.body.error.details).toEqual({ reason: 'closed' });
});

it('says that it was changed meanwhile', async () => {
  const own = await publish(definition());
  const { token } = await aForm({}, own);
  const { shape } = (await show(token)).body;
  const more = [...inputs, { id: 'i4', name: 'city', type: 'text', required: true }];
  const workflow = await asOwner('GET', `/workflows/${own}`);
  await asOwner('PUT', `/workflows/${own}`, {
    ...definition(undefined, more),
    name: workflow.name,
  });
  await asOwner('POST', `/workflows/${own}/publish`, {});
  const refused = await send(token, { shape });
  expect(refused.body.error).toMatchObject({ code: 'conflict', details: { reason: 'changed' } });
  expect((await send(token, { answers: { ...answers, city: 'Rome' } })).status).toBe(202);
});

it('opens nothing under a link that was replaced, guessed or deleted', async () => {
  const { token, id } = await aForm();
  await asOwner('POST', `/triggers/${id}/secret`, {});
  expect((await show(token)).status).toBe(404);
  const renewed = await tokenOf(id);
  expect((await show(renewed)).status).toBe(200);
  const guessed = renewed.slice(0, 22) + 'A'.repeat(22);
  expect((await show(guessed)).status).toBe(404);
  expect((await send(guessed, { shape: 'x' })).status).toBe(404);
  await asOwner('DELETE', `/triggers/${id}`);
  expect((await show(renewed)).status).toBe(404);
});

it('takes so many of one address, and so many a day of all', async () => {
  const { token } = await aForm({ perMinute: 9 });
  const from = (address: string) => ({ headers: { 'x-ensemble-address': address } });
  const statuses = [];
  for (let each = 0; each < 4; each += 1) {
    statuses.push((await send(token, from('192.0.2.1'))).status);
  }
  expect(statuses).toEqual([202, 202, 202, 429]);
  expect((await send(token, from('192.0.2.2'))).status).toBe(202);
  const daily = await aForm({ perDay: 2 });
  const today = await Promise.all([1, 2, 3].map(() => send(daily.token)));
  expect(today.map(({ status }) => status).sort()).toEqual([202, 202, 429]);
  expect(today.find(({ status }) => status === 429)?.body.error.message).toMatch(/tomorrow/);
  expect(await deliveries(daily.id)).toContainEqual(
    expect.objectContaining({ outcome: 'refused', note: 'Too many: 2 a day are taken.' }),
  );
});

it('is for members alone where it says so, and they are who started the run', async () => {
  const { token } = await aForm({ who: 'members' });
  expect((await show(token)).status).toBe(401);
  const viewer = await join(owner, 'viewer', 'Vera');
  expect((await show(token, viewer.headers)).status).toBe(200);
  const { shape } = (await show(token, viewer.headers)).body;
  expect((await send(token, { shape })).status).toBe(401);
  expect((await send(token, { shape, headers: viewer.headers })).status).toBe(202);
  const { rows } = await services.pool.query(
    'select started_by from run order by created_at desc limit 1',
  );
  expect(rows).toEqual([{ started_by: viewer.userId }]);
  const foreign = { ...viewer.headers, origin: 'https://evil.example' };
  expect((await send(token, { shape, headers: foreign })).status).toBe(403);
});

it('shows the output that was chosen once the run has ended, and nothing else', async () => {
  const { token } = await aForm({ result: { kind: 'output' } });
  const key = randomUUID();
  await send(token, { key });
  await eventually(async () => expect((await stateOf(token, key)).state).toBe('done'));
  const done = await stateOf(token, key);
  expect(done.result).toEqual({ kind: 'values', values: [{ name: 'hello', value: 'Ada' }] });
  expect(Object.keys(done).sort()).toEqual(['reference', 'result', 'state']);
  const other = await aForm({ result: { kind: 'output' } });
  expect((await ask('GET', `/api/v2/forms/${other.token}/submissions/${key}`)).status).toBe(404);
});

it('fills the thank-you text with values, and shows the usual one where that fails', async () => {
  const thanks = (text: string) => ({ waits: true, result: { kind: 'thanks' as const, text } });
  const good = await aForm(thanks('Thank you, {{ input.name }}: {{ output.hello }}'));
  const bad = await aForm(thanks('{{ output.nothing.at.all }}'));
  for (const [{ token }, text] of [
    [good, 'Thank you, Ada: Ada'],
    [bad, ''],
  ] as const) {
    const key = randomUUID();
    await send(token, { key });
    await eventually(async () => expect((await stateOf(token, key)).state).toBe('done'));
    expect((await stateOf(token, key)).result).toEqual({ kind: 'text', text });
  }
});

it('says that it waits, or that it failed, without a word of why', async () => {
  const asking = await publish(definition({ type: 'approval', config: { question: 'Secret?' } }));
  const failing = await publish(definition({ type: 'transform', config: { expression: '1 / 0' } }));
  for (const [of, state] of [
    [asking, 'waiting'],
    [failing, 'failed'],
  ] as const) {
    const { token } = await aForm({ waits: true }, of);
    const key = randomUUID();
    await send(token, { key });
    await eventually(async () => expect((await stateOf(token, key)).state).toBe(state));
    expect(await stateOf(token, key)).toEqual({
      state,
      reference: expect.stringMatching(/^[0-9a-f]{8}$/),
      result: null,
    });
  }
});

it('refuses a body that is too large before it is read to its end', async () => {
  const { token } = await aForm();
  const large = new File([new Uint8Array(10 * 1_048_576)], 'large.csv');
  expect((await send(token, { answers: { ...answers, paper: large } })).status).toBe(413);
});
