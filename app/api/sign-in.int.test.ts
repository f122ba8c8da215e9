import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressHeader, addressOf } from '@/server/front/client';
import { createPasswords } from '@/server/people/passwords';
import { takeSignInTurn } from '@/server/people/sign-in-limit';
import type { Services } from '@/server/services';
import { type Answer, ask, signIn } from './testing/client';
import { password, type Somebody, setUp, startApi } from './testing/people';

let services: Services;
let owner: Somebody;

beforeAll(async () => {
  services = await startApi();
  owner = await setUp();
});
afterAll(() => services?.close());

const forget = () => services.prisma.rateLimit.deleteMany();
const enter = (email: string, word: string, headers: Record<string, string> = {}) =>
  ask('POST', '/api/auth/sign-in/email', {}, { body: { email, password: word }, headers });
const wrong = (email: string, headers?: Record<string, string>) =>
  enter(email, 'not the password', headers);
const count = (answers: Answer[], status: number) =>
  answers.filter((answer) => answer.status === status).length;

test('sixty tries at once are ten tries: the right password among the later ones opens nothing', async () => {
  await forget();
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      index === 55 ? enter(owner.email, password) : wrong(owner.email),
    ),
  );
  process.stdout.write(
    `60 at once: ${count(answers, 401)} looked at, ${count(answers, 429)} not\n`,
  );
  expect(count(answers, 401) + count(answers, 200)).toBeLessThanOrEqual(10);
  expect(count(answers, 429)).toBeGreaterThanOrEqual(50);
  expect(
    Number(answers.find(({ status }) => status === 429)?.headers.get('retry-after')),
  ).toBeGreaterThan(0);
});

test('one address has sixty wrong tries a minute, whatever accounts and forms of itself it uses', async () => {
  await forget();
  const from = async (address: string, email: string) => {
    const headers = new Headers({ [addressHeader]: address, 'x-forwarded-for': email });
    return takeSignInTurn(services, { email, cookies: null, address: addressOf(headers) });
  };
  const tries = await Promise.all(
    Array.from({ length: 150 }, (_, index) =>
      from(`2001:db8::${index}:1`, `nobody-${index}@example.com`),
    ),
  );
  expect(tries.filter((turn) => turn.ok)).toHaveLength(60);
  expect((await from('2001:db8:0:1::1', 'nobody@example.com')).ok).toBe(true);
  // What was no guess is given back, to the account and to the address.
  await Promise.all(tries.map((turn) => turn.ok && turn.giveBack()));
  const again = await Promise.all(
    Array.from({ length: 12 }, () => from('2001:db8::5', 'nobody-1@example.com')),
  );
  expect(again.filter((turn) => turn.ok)).toHaveLength(10);
});

test('a try is counted against the address that the gate noted', async () => {
  await forget();
  const headers = { [addressHeader]: '203.0.113.5' };
  for (const each of [1, 2]) await wrong(`nobody-${each}@example.com`, headers);
  const counts = (await services.prisma.rateLimit.findMany()).map(({ count: n }) => n).sort();
  expect(counts).toEqual([1, 1, 2]);
});

test('a right password is never counted', async () => {
  await forget();
  const answers = [];
  for (let round = 0; round < 2; round += 1) {
    answers.push(
      ...(await Promise.all(Array.from({ length: 6 }, () => enter(owner.email, password)))),
    );
  }
  expect(count(answers, 200)).toBe(12);
});

test('a browser that knows the account gets in while strangers try; no other does', async () => {
  await forget();
  const first = await enter(owner.email, password);
  const device = first.cookie.split('; ').find((one) => one.startsWith('ensemble.device_')) ?? '';
  expect(first.headers.getSetCookie().find((one) => one.startsWith(device))).toMatch(/HttpOnly/);
  const strangers = await Promise.all(Array.from({ length: 12 }, () => wrong(owner.email)));
  expect(count(strangers, 401)).toBe(10);
  expect((await enter(owner.email, password)).status).toBe(429);
  expect((await enter(owner.email, password, { cookie: `x=1; ${device}` })).status).toBe(200);
  const forged = device.replace(/.{4}$/, 'AAAA');
  expect((await enter(owner.email, password, { cookie: forged })).status).toBe(429);
  const older = device.replace(/=\d{13}/, '=9999999999999');
  expect((await enter(owner.email, password, { cookie: older })).status).toBe(429);
  // Its own tries are counted like anybody's.
  const own = await Promise.all(
    Array.from({ length: 12 }, () => wrong(owner.email, { cookie: device })),
  );
  expect(count(own, 401)).toBe(10);
});

test('a session cannot be used to guess its own password', async () => {
  await forget();
  const headers = await signIn(owner.email, password);
  const answers = await Promise.all(
    Array.from({ length: 14 }, (_, index) =>
      ask('POST', '/api/auth/change-password', headers, {
        body: { currentPassword: `guess number ${index}`, newPassword: 'another password' },
      }),
    ),
  );
  expect(count(answers, 400)).toBe(10);
  expect(count(answers, 429)).toBe(4);
});

test('few passwords are hashed at once, some wait, and the rest is told to come again', async () => {
  const passwords = createPasswords({ atOnce: 2, waiting: 3 });
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, () => passwords.hash('correct horse battery')),
  );
  const refused = results.filter((one) => one.status === 'rejected');
  expect(refused).toHaveLength(15);
  expect(refused[0]?.reason).toMatchObject({ code: 'unavailable' });
  const hash = await passwords.hash('correct horse battery');
  expect(await passwords.verify({ hash, password: 'correct horse battery' })).toBe(true);
});
