import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { workflowFromDescription as contract } from '@/lib/from-words/contract';
import { openRoom, type Room } from '@/server/chat/testing/room';
import { handle } from '@/server/http/handle';
import { addMember } from '@/server/memory/testing/memory';
import { createApiKey } from '@/server/people/api-keys';
import { shareServices } from '@/server/services';
import { getWorkflow } from '@/server/workflows/get-workflow';
import { makeFromDescription } from './make-from-description';

const handler = handle(contract, makeFromDescription);
let room: Room;
let secret: string;

beforeAll(async () => {
  room = await openRoom();
  shareServices(room.services);
  const made = await createApiKey(room.services, room.actor, {
    ...{ params: {}, query: {} },
    body: { name: 'Test' },
  });
  secret = made.key;
});
beforeEach(() => void room.mock.clearFixtures().clearRequests());
afterAll(() => room.close());

async function post(body: object, key?: string) {
  const request = new Request('http://localhost:3000/api/v2/workflows/from-description', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    body: JSON.stringify(body),
  });
  const response = await handler(request, { params: Promise.resolve({}) });
  return { status: response.status, body: await response.json() };
}

const step = (id: string, type: string, config: object, after: string[]) => ({
  ...{ id, type, name: `The ${id}`, does: `Does ${id}.`, config, after },
});
const draft = (prompt: string) => ({
  ...{ title: 'Digest', trigger: 'schedule', cron: '0 9 * * 1' },
  assumptions: ['Mondays at nine.'],
  steps: [
    step('start', 'start', { inputs: [{ name: 'text', type: 'longtext' }] }, []),
    step('digest', 'agent', { agent: 'nobody-here', prompt }, ['start']),
    step('result', 'output', { format: 'markdown', template: '{{ steps.digest.output.text }}' }, [
      'digest',
    ]),
  ],
});
const good = JSON.stringify(draft('Summarise {{ steps.start.output.text }}'));
const wrong = JSON.stringify(draft('Summarise {{ steps.nothing.output.text }}'));

const problemsOf = async (id: string) =>
  (await getWorkflow(room.services, room.actor, { params: { id }, query: {}, body: undefined }))
    .problems;

it('takes the draft of a model that has no problems, as a run that is counted', async () => {
  room.mock.onMessage(/a digest of the news/, { content: good });
  const { status, body } = await post({
    description: 'a digest of the news each week',
    timeZone: 'Europe/Berlin',
  });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    ...{ name: 'Digest', made: { by: 'model' }, starts: 'every Monday at 09:00' },
    trigger: { kind: 'schedule', config: { cron: '0 9 * * 1', timeZone: 'Europe/Berlin' } },
    steps: [{ id: 'start' }, { id: 'digest', does: 'Does digest.' }, { id: 'result' }],
    assumptions: ['Mondays at nine.', expect.stringContaining('nobody-here')],
  });
  expect(await problemsOf(body.id)).toEqual([]);
  expect(body.made.runs).toHaveLength(1);
  const { rows } = await room.services.pool.query(
    'select count(*)::int as calls from model_call where run_id = $1',
    [body.made.runs[0]],
  );
  expect(rows).toEqual([{ calls: 1 }]);
});

it('tells a model once what was wrong, and takes the mended draft', async () => {
  room.mock.onMessage(/It cannot be used/, { content: good });
  room.mock.onMessage(/mend a digest/, { content: wrong });
  const { body } = await post({ description: 'mend a digest' });
  expect(body).toMatchObject({ made: { by: 'model' } });
  expect(body.made.runs).toHaveLength(2);
  expect(body.made.note).toContain('mended');
  expect(await problemsOf(body.id)).toEqual([]);
});

it('takes no draft that is wrong twice: rules make one, and it says so', async () => {
  room.mock.onMessage(/./, { content: wrong });
  const { status, body } = await post({
    description: 'Every Friday summarise https://example.com and notify me',
  });
  expect(status).toBe(201);
  expect(body).toMatchObject({ made: { by: 'rules', model: null } });
  expect(body.made.note).toContain('had problems twice');
  expect(body.steps.map(({ type }: { type: string }) => type)).toEqual([
    'start',
    'http',
    'model',
    'send-message',
    'output',
  ]);
  expect(await problemsOf(body.id)).toEqual([]);
});

it('makes one workflow under one key, also where the first who asked died', async () => {
  const key = randomUUID();
  const description = `Write a poem about ${key}`;
  const [first, second] = await Promise.all([
    post({ description, useModel: false }, key),
    post({ description, useModel: false }, key),
  ]);
  expect(second.body.id).toBe(first.body.id);
  expect(await post({ description: 'Another', useModel: false }, key)).toMatchObject({
    body: { error: { code: 'idempotency_mismatch' } },
  });
  // As a process leaves it that was killed before it had answered.
  await room.services.pool.query(
    `update request_key set status = null, ciphertext = null, wrapped_key = null, master_key_id = null,
       created_at = now() - interval '2 minutes' where key = $1`,
    [key],
  );
  const again = await post({ description, useModel: false }, key);
  expect(again.body).toMatchObject({ id: first.body.id });
  const { rows } = await room.services.pool.query(
    'select count(*)::int as made from workflow where description = $1',
    [description],
  );
  expect(rows).toEqual([{ made: 1 }]);
});

it('stores nothing where only the draft is wanted', async () => {
  const { status, body } = await post({
    description: 'Debate the pros and cons of tea and judge',
    useModel: false,
    create: false,
  });
  expect(status).toBe(201);
  expect(body).toMatchObject({ id: null, made: { by: 'template', template: 'debate' } });
});

it('asks the members whom a description names, and nobody of another workspace', async () => {
  const { pool } = room.services;
  await addMember(pool, { ...room.actor, userId: 'Bea' }, 'editor');
  await pool.query(
    `insert into "user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
     values ('Zoe', 'Zoe', 'zoe@example.com', true, now(), now())`,
  );
  const { status, body } = await post({
    description:
      'When a customer mail comes in, write an answer, ask Bea for approval, then tell Zoe',
    ...{ useModel: false, create: false },
  });
  expect(status).toBe(201);
  expect(body.trigger).toEqual({ kind: 'mail', config: { connection: '' } });
  const approval = body.definition.nodes.find(({ type }: { type: string }) => type === 'approval');
  expect(approval.config.people).toEqual([{ id: 'person1', person: 'Bea@example.com' }]);
  expect(body.assumptions).toContainEqual(expect.stringContaining('Nobody here is called “Zoe”'));
  expect(body.assumptions).toContainEqual(expect.stringContaining('no connection to a mailbox'));
});

it('tells a model once what its draft left out, and then says it', async () => {
  room.mock.onMessage(/Left out: the approval/, { content: good });
  room.mock.onMessage(/the digest that waits/, { content: good });
  const { body } = await post({
    description: 'the digest that waits for the approval of the owner',
    create: false,
  });
  expect(body.made.runs).toHaveLength(2);
  expect(body.assumptions).toContain('Left out: the approval. No step asks anybody.');
});

it('makes nothing for who lost the connection, and goes on with the same run for who asks again', async () => {
  room.mock.onMessage(/a digest of the news/, { content: good }, { latency: 50 });
  const { pool } = room.services;
  const count = async (table: 'run' | 'workflow') => {
    const of = [room.actor.workspaceId];
    const { rows } = await pool.query(`select id from ${table} where workspace_id = $1`, of);
    return rows.length;
  };
  const [runs, workflows] = [await count('run'), await count('workflow')];
  const headers = { 'idempotency-key': randomUUID() };
  const body = contract.body.parse({ description: 'a digest of the news each week' });
  const ask = (signal: AbortSignal) =>
    makeFromDescription(
      room.services,
      room.actor,
      { params: {}, query: {}, body },
      new Request('http://localhost/', { method: 'POST', headers, signal }),
    );
  const gone = new AbortController();
  const first = ask(gone.signal).then(
    () => 'made',
    (error: { code: string }) => error.code,
  );
  await expect.poll(() => count('run')).toBe(runs + 1);
  gone.abort();
  expect(await first).toBe('unavailable');
  expect(await count('workflow')).toBe(workflows);
  const again = await ask(new AbortController().signal);
  expect(again.name).toBe('Digest');
  expect(await count('run')).toBe(runs + 1);
  expect(await count('workflow')).toBe(workflows + 1);
});
