import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Services, shareServices } from '@/server/services';
import { ask } from './testing/client';
import { startApi } from './testing/people';

let services: Services;

beforeAll(async () => {
  services = await startApi();
});
afterAll(() => services?.close());

const health = () => ask('GET', '/api/health', {});

test('without a worker the product is not ready', async () => {
  const answer = await health();
  expect(answer.status).toBe(503);
  expect(answer.body).toMatchObject({ status: 'unavailable', postgres: 'ok', workers: 0 });
});

test('the OpenAPI document is drawn once, however often strangers ask for it', async () => {
  const document = () => ask('GET', '/api/v2/openapi.json', {});
  const first = await document();
  expect(first.body.servers).toEqual([{ url: `${services.config.url}/api/v2` }]);
  // Drawn anew it would name another address.
  shareServices({ ...services, config: { ...services.config, url: 'http://elsewhere.example' } });
  const all = await Promise.all(Array.from({ length: 50 }, document));
  expect(all.filter(({ body }) => body.servers[0].url !== first.body.servers[0].url)).toEqual([]);
  shareServices(services);
});

test('with a worker whose lease holds it is, and not any more once the lease ran out', async () => {
  const id = randomUUID();
  await services.pool.query(
    `insert into worker (id, name, host, pid, lease_until)
     values ($1, 'test', 'test', 1, now() + interval '1 hour')`,
    [id],
  );
  const ready = await health();
  expect(ready.status).toBe(200);
  expect(ready.body).toMatchObject({ status: 'ok', workers: 1, redis: 'not used' });
  await services.pool.query(`update worker set lease_until = now() - interval '1 second'`);
  expect((await health()).status).toBe(503);
});

test('a database that does not answer is told as such, without its error', async () => {
  const nobody = new Pool({ host: '127.0.0.1', port: 1 });
  shareServices({ ...services, healthPool: nobody });
  const answer = await health();
  expect(answer.status).toBe(503);
  expect(answer.body).toMatchObject({ status: 'unavailable', postgres: 'down' });
  expect(JSON.stringify(answer.body)).not.toMatch(/error|connect|127/i);
});
