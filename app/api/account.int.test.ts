import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { resetPassword } from '@/server/people/reset/reset-password';
import type { Services } from '@/server/services';
import { type Answer, ask } from './testing/client';
import { join, password, type Somebody, setUp, startApi } from './testing/people';

let services: Services;
let owner: Somebody;
let people = 0;

beforeAll(async () => {
  services = await startApi();
  owner = await setUp();
});
afterAll(() => services?.close());
beforeEach(() => services.prisma.rateLimit.deleteMany());

const origin = { origin: 'http://localhost:3000' };
const auth = (path: string, headers: Record<string, string>, body: object) =>
  ask('POST', `/api/auth/${path}`, { ...origin, ...headers }, { body });
const me = (headers: Record<string, string>, path = '', method = 'GET', body?: object) =>
  ask(method, `/api/v2/me${path}`, { ...origin, ...headers }, body === undefined ? {} : { body });
const enter = (email: string, more: Record<string, string> = {}) =>
  auth('sign-in/email', more, { email, password });
const cookieOf = (answer: Answer) => ({ cookie: answer.cookie });
/** Cookies of an answer in place of those that were there. */
const after = (before: { cookie: string }, answer: Answer) => {
  const all = new Map(
    [before.cookie, answer.cookie]
      .join('; ')
      .split('; ')
      .map((one) => [one.split('=')[0], one]),
  );
  return { cookie: [...all.values()].join('; ') };
};
const somebody = () => join(owner, 'editor', `Person${people++}`);

/** The code of an app (RFC 6238), so many half minutes from now. */
function codeOf(address: string, ahead = 0): string {
  const secret = new URL(address).searchParams.get('secret') ?? '';
  const bits = [...secret]
    .map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const digest = createHmac('sha1', key).update(counter).digest();
  const at = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Somebody with two-factor on. */
async function secured() {
  const person = await somebody();
  const begun = await auth('two-factor/enable', person.headers, { password });
  expect(begun.status).toBe(200);
  const { totpURI: address, backupCodes: codes } = begun.body;
  const proved = await auth('two-factor/verify-totp', person.headers, { code: codeOf(address) });
  expect(proved.status).toBe(200);
  return {
    ...person,
    address: String(address),
    codes: codes as string[],
    headers: { ...origin, ...cookieOf(proved) },
  };
}

test('two-factor begins with the password, is on with the first code, and is asked for at sign-in', async () => {
  const person = await somebody();
  expect((await auth('two-factor/enable', person.headers, { password: 'wrong' })).body.code).toBe(
    'INVALID_PASSWORD',
  );
  const begun = await auth('two-factor/enable', person.headers, { password });
  const wrong = codeOf(begun.body.totpURI, 20);
  expect((await auth('two-factor/verify-totp', person.headers, { code: wrong })).status).toBe(401);
  // Not proved: signing in goes on as before.
  expect((await enter(person.email)).body.twoFactorRedirect).toBeUndefined();

  const { email, address, headers } = await secured();
  expect((await me(headers, '/sessions')).body.twoFactor).toBe(true);
  const half = await enter(email);
  expect(half.body).toMatchObject({ twoFactorRedirect: true });
  expect(half.cookie).not.toContain('device_');
  expect((await me(cookieOf(half))).status).toBe(401);
  expect(
    (await auth('two-factor/verify-totp', cookieOf(half), { code: codeOf(address, 20) })).body.code,
  ).toBe('INVALID_CODE');
  const whole = await auth('two-factor/verify-totp', cookieOf(half), { code: codeOf(address) });
  expect(whole.status).toBe(200);
  expect((await me(cookieOf(whole))).body.workspace.name).toBe('Acme');
  // The challenge is used up.
  expect(
    (await auth('two-factor/verify-totp', cookieOf(half), { code: codeOf(address) })).status,
  ).toBe(401);
});

test('a backup code does once, at the same moment as well, and new ones end the old', async () => {
  const { email, codes, headers } = await secured();
  const [first = '', second = ''] = codes;
  const halves = await Promise.all([enter(email), enter(email)]);
  const tries = await Promise.all(
    halves.map((half) => auth('two-factor/verify-backup-code', cookieOf(half), { code: first })),
  );
  expect(tries.filter(({ status }) => status === 200)).toHaveLength(1);
  const renewed = await auth('two-factor/generate-backup-codes', headers, { password });
  expect(renewed.body.backupCodes).toHaveLength(10);
  const old = await auth('two-factor/verify-backup-code', cookieOf(await enter(email)), {
    code: second,
  });
  expect(old.status).toBe(401);
});

test('wrong codes lock the second step; the password alone opens nothing meanwhile', async () => {
  const { email, address } = await secured();
  let locked: Answer | undefined;
  for (let round = 0; round < 4 && locked === undefined; round += 1) {
    const half = await enter(email);
    for (let each = 0; each < 5; each += 1) {
      const tried = await auth('two-factor/verify-totp', cookieOf(half), {
        code: codeOf(address, 50 + each),
      });
      if (tried.body.code === 'ACCOUNT_TEMPORARILY_LOCKED') locked = tried;
    }
  }
  expect(locked?.status).toBe(429);
  const right = await auth('two-factor/verify-totp', cookieOf(await enter(email)), {
    code: codeOf(address),
  });
  expect(right.body.code).toBe('ACCOUNT_TEMPORARILY_LOCKED');
});

test('a trusted browser is asked for no code; another one is, and so is this one after turning off and on', async () => {
  const { email, address, headers } = await secured();
  const half = await enter(email);
  const whole = await auth('two-factor/verify-totp', cookieOf(half), {
    code: codeOf(address),
    trustDevice: true,
  });
  const trusted = after(cookieOf(half), whole);
  expect((await enter(email, trusted)).body.twoFactorRedirect).toBeUndefined();
  expect((await enter(email)).body.twoFactorRedirect).toBe(true);
  expect((await auth('two-factor/disable', headers, { password: 'wrong' })).body.code).toBe(
    'INVALID_PASSWORD',
  );
  const off = await auth('two-factor/disable', headers, { password });
  expect(off.status).toBe(200);
  expect((await enter(email)).body.twoFactorRedirect).toBeUndefined();
});

test('who manages members sees who has it; others do not, and nobody sees a secret', async () => {
  const { userId, headers, address } = await secured();
  const seen = async (who: Record<string, string>) =>
    (await ask('GET', '/api/v2/members', who)).body.items.find(
      (one: { userId: string }) => one.userId === userId,
    );
  expect(await seen(owner.headers)).toMatchObject({ twoFactor: true });
  expect(await seen(headers)).not.toHaveProperty('twoFactor');
  const rows = await services.prisma.twoFactor.findMany();
  expect(JSON.stringify(rows)).not.toContain(new URL(address).searchParams.get('secret'));
});

test('whoever runs the server lets somebody in who lost the phone', async () => {
  const { email } = await secured();
  const { password: next } = await resetPassword(services, email);
  const entered = await auth('sign-in/email', {}, { email, password: next });
  expect(entered.body.twoFactorRedirect).toBeUndefined();
});

test('sessions are listed with their browser; one that is ended elsewhere is out at once', async () => {
  const person = await somebody();
  const firefox = 'Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0';
  const second = cookieOf(await enter(person.email, { 'user-agent': firefox }));
  const listed = await me(person.headers, '/sessions');
  expect(listed.body.items).toHaveLength(2);
  const other = listed.body.items.find(({ current }: { current: boolean }) => !current);
  expect(other).toMatchObject({ device: 'Firefox on Windows' });
  const stranger = await somebody();
  expect((await me(stranger.headers, `/sessions/${other.id}`, 'DELETE')).status).toBe(404);
  const own = listed.body.items.find(({ current }: { current: boolean }) => current);
  expect((await me(person.headers, `/sessions/${own.id}`, 'DELETE')).status).toBe(409);
  const ended = await Promise.all(
    [1, 2].map(() => me(person.headers, `/sessions/${other.id}`, 'DELETE')),
  );
  expect(ended.map(({ status }) => status).sort()).toEqual([200, 404]);
  expect((await me(second)).status).toBe(401);
});

test('the first session, of a new account, is known by its browser as well', async () => {
  const invited = await ask('POST', '/api/v2/invitations', owner.headers, {
    body: { email: 'new@example.com', role: 'viewer' },
  });
  const made = await ask('POST', `/api/v2/invitations/${invited.body.id}/sign-up`, origin, {
    body: { name: 'New', password },
    headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0' },
  });
  const { items } = (await me(cookieOf(made), '/sessions')).body;
  expect(items).toMatchObject([{ device: 'Firefox on Linux', current: true }]);
});

test('all others end at once, and the name is one for all', async () => {
  const person = await somebody();
  const others = await Promise.all([1, 2, 3].map(() => enter(person.email)));
  expect((await me(person.headers, '/sessions/end-others', 'POST')).body).toEqual({ ended: 3 });
  const states = await Promise.all(others.map((answer) => me(cookieOf(answer))));
  expect(states.map(({ status }) => status)).toEqual([401, 401, 401]);
  expect((await me(person.headers, '', 'PATCH', { name: 'New Name' })).body).toMatchObject({
    name: 'New Name',
  });
  expect((await me(person.headers, '', 'PATCH', { name: 'a\u202eb' })).status).toBe(400);
  expect((await me(person.headers)).body.user.name).toBe('New Name');
  const key = await ask('POST', '/api/v2/api-keys', person.headers, { body: { name: 'k' } });
  const byKey = { authorization: `Bearer ${key.body.key}` };
  const asked = [await me(byKey, '/sessions'), await me(byKey, '', 'PATCH', { name: 'X' })];
  expect(asked.map(({ status }) => status)).toEqual([403, 403]);
});
