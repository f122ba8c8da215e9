import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashOf } from '@/server/idempotency/hash-of';
import type { Services } from '@/server/services';
import { type Answer, ask } from './testing/client';
import { join, type Somebody, setUp, startApi } from './testing/people';

let services: Services;
let owner: Somebody & { workspaceId: string };
let other: Somebody;
beforeAll(async () => {
  services = await startApi();
  owner = await setUp();
  other = await join(owner, 'admin', 'Ada');
});
afterAll(() => services?.close());

const definition = (name: string) => ({
  ...{ schema: 1, name, edges: [] },
  nodes: [{ id: 'a', key: 'a', type: 'transform', name: 'a', config: { expression: '1' } }],
});
const keyed = (key: string) => ({ 'idempotency-key': key });
/** What of an answer tells one thing that was made from another. */
const made = ({ status, body }: Answer) =>
  `${status} ${body.id ?? body.invitation?.id ?? body.link}`;

let count = 0;
const cases: { path: string; body: () => object }[] = [
  { path: 'workflows', body: () => definition('One') },
  { path: 'api-keys', body: () => ({ name: 'Mine' }) },
  { path: 'workspaces', body: () => ({ name: 'Another' }) },
  { path: 'invitations', body: () => ({ email: `somebody${count}@example.test`, role: 'editor' }) },
];

test.each(cases)('five at once with one key make one: $path', async ({ path, body }) => {
  count += 1;
  const send = (who: Somebody, key: string, value: object = body()) =>
    ask('POST', `/api/v2/${path}`, who.headers, { body: value, headers: keyed(key) });
  const all = await Promise.all([1, 2, 3, 4, 5].map(() => send(owner, 'one')));
  expect(all.map(({ status }) => status)).toEqual(Array(5).fill(201));
  expect(new Set(all.map(made)).size).toBe(1);
  const [first] = all;
  const repeat = await send(owner, 'one');
  expect(repeat.body).toEqual(first?.body);
  expect(repeat.headers.get('idempotency-replayed')).toBe('true');
  // Another body under it is a mistake; others may use the same words.
  const changed = await send(owner, 'one', { ...body(), more: 1, name: 'Something else' });
  expect([400, 409]).toContain(changed.status);
  const theirs = await send(other, 'one');
  if (theirs.status === 201) expect(made(theirs)).not.toBe(first && made(first));
});

test('what is kept of a request with a secret lets nobody try secrets out', async () => {
  const body = {
    ...{ name: 'Shop', kind: 'bearer', config: { hosts: ['api.example.com'] } },
    ...{ secret: 'guessable', allowedWorkflowIds: null },
  };
  const send = (value: object) =>
    ask('POST', '/api/v2/connections', owner.headers, { body: value, headers: keyed('secret') });
  const [first, again] = [await send(body), await send(body)];
  expect([first.status, again.body]).toEqual([201, first.body]);
  expect((await send({ ...body, secret: 'another' })).status).toBe(409);
  const { rows } = await services.pool.query<{ hash: string }>(
    "select request_hash as hash from request_key where scope like '%connections.create%'",
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.hash).not.toBe(hashOf({ params: {}, query: {}, body }));
});

test('another body under a key is refused, and a request that failed leaves it free', async () => {
  const send = (name: string, key: string) =>
    ask('POST', '/api/v2/workflows', owner.headers, {
      body: definition(name),
      headers: keyed(key),
    });
  expect((await send('First', 'two')).status).toBe(201);
  expect((await send('Second', 'two')).body.error.code).toBe('idempotency_mismatch');
  expect((await send('', 'three')).status).toBe(400);
  expect((await send('Third', 'three')).status).toBe(201);
  expect((await send('Third', '')).body.error.code).toBe('invalid_input');
});

test('forks under one key are one run, and what is kept of an answer cannot be read in the rows', async () => {
  const workflow = await ask('POST', '/api/v2/workflows', owner.headers, { body: definition('F') });
  const path = `/api/v2/workflows/${workflow.body.id}`;
  await ask('POST', `${path}/publish`, owner.headers, { body: {} });
  const run = await ask('POST', `${path}/runs`, owner.headers, { body: { input: {} } });
  const fork = (body: object = {}) =>
    ask('POST', `/api/v2/runs/${run.body.id}/fork`, owner.headers, { body, headers: keyed('f') });
  const forks = await Promise.all([1, 2, 3, 4, 5].map(() => fork()));
  expect(new Set(forks.map(made)).size).toBe(1);
  expect((await fork({ from: ['a'] })).body.error.code).toBe('idempotency_mismatch');
  const { rows } = await services.pool.query('select * from request_key');
  expect(rows.length).toBeGreaterThan(4);
  expect(JSON.stringify(rows)).not.toContain('ens_');
  expect(rows.every(({ ciphertext }) => !String(ciphertext).includes('"id"'))).toBe(true);
});

test('a request whose process died is not done a second time', async () => {
  const send = (key: string) =>
    ask('POST', '/api/v2/workflows', owner.headers, { body: definition('D'), headers: keyed(key) });
  await send('died');
  const lose = (ago: string) =>
    services.pool.query(
      `update request_key set status = null, created_at = now() - interval '${ago}' where key = 'died'`,
    );
  await lose('2 minutes');
  expect((await send('died')).body.error.code).toBe('conflict');
  // After a week it is a new one.
  await lose('8 days');
  expect((await send('died')).status).toBe(201);
});
