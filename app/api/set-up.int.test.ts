import { afterEach, expect, test } from 'vitest';
import { forwardedHeader } from '@/server/front/client';
import { respondMetrics } from '@/server/http/respond-metrics';
import { setUpCode } from '@/server/people/set-up-code';
import type { Services } from '@/server/services';
import { ask } from './testing/client';
import { password, setUp, startApi } from './testing/people';

let services: Services | undefined;
afterEach(() => services?.close());

const body = { name: 'Eve', email: 'eve@example.com', password, workspaceName: 'Mine' };
const claim = (code?: string, headers: Record<string, string> = {}) =>
  ask(
    'POST',
    '/api/v2/setup',
    {},
    { body: code === undefined ? body : { ...body, code }, headers },
  );

test('a product that others can reach belongs to who has the code that was printed', async () => {
  services = await startApi({ HOST: '0.0.0.0', ENSEMBLE_URL: 'http://box.example:3000' });
  expect((await claim()).body.error.code).toBe('forbidden');
  const wrong = await Promise.all(
    Array.from({ length: 15 }, (_, index) => claim(`AAAAA-AAA${10 + index}`)),
  );
  expect(wrong.map(({ status }) => status).sort()).toEqual([
    ...Array(10).fill(403),
    ...Array(5).fill(429),
  ]);
  expect(await services.prisma.user.count()).toBe(0);
  await services.prisma.rateLimit.deleteMany();
  const code = setUpCode(services.config).toLowerCase().replace('-', ' ');
  expect(
    (await claim(code, { origin: 'http://box.example:3000', host: 'box.example:3000' })).status,
  ).toBe(201);
  expect((await claim(code)).status).toBe(409);
});

test('a start on this machine asks for none, but a proxy before it is not this machine', async () => {
  services = await startApi();
  expect((await claim(undefined, { [forwardedHeader]: '1' })).status).toBe(403);
  expect((await claim(undefined, { host: 'box.example' })).status).toBe(403);
  const foreign = { origin: 'http://evil.example' };
  expect((await claim(undefined, { ...foreign })).status).toBe(403);
  // A name that was made to point here: its pages have the origin that they ask for.
  expect((await claim(undefined, { ...foreign, host: 'evil.example' })).status).toBe(403);
  expect(await services.prisma.user.count()).toBe(0);
  expect((await claim()).status).toBe(201);
});

test('a page under a foreign name changes nothing, cookie or not', async () => {
  services = await startApi();
  const owner = await setUp();
  const rename = (headers: Record<string, string>) =>
    ask('PATCH', '/api/v2/workspace', owner.headers, { body: { name: 'Theirs' }, headers });
  const foreign = { host: 'evil.example', origin: 'http://evil.example' };
  expect((await rename(foreign)).status).toBe(403);
  expect((await rename({ host: 'localhost:3000', origin: 'http://localhost:3000' })).status).toBe(
    200,
  );
});

test('metrics without a token are for this machine, and for nobody who came through a proxy', async () => {
  services = await startApi();
  const status = async (headers: Record<string, string>) =>
    (await respondMetrics(new Request('http://localhost:3000/metrics', { headers }))).status;
  expect(await status({ host: 'localhost:3000' })).toBe(200);
  expect(await status({ host: 'public.example' })).toBe(404);
  expect(await status({})).toBe(404);
  expect(await status({ host: 'localhost:3000', [forwardedHeader]: '1' })).toBe(404);
});
