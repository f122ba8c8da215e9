import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import type { HookAuth } from '@/lib/triggers/hook-auth';
import { newSecret, sign } from './signature';
import { verifyHook } from './verify-hook';

const secret = newSecret();
const now = 1_700_000_000;
const message = { id: 'm1', timestamp: String(now), body: '{"a":1}' };
const signed = { ...message, signature: sign(secret, message) };

type Given = { id: string; timestamp: string; signature: string; body: string };

const ask = async (key: string, { id, timestamp, signature, body }: Given, at = now) =>
  verdict({ kind: 'standard' }, key, at, body, {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signature,
  });

const verdict = (
  auth: HookAuth,
  key: string,
  at: number,
  body: string,
  headers: Record<string, string>,
) =>
  verifyHook(
    auth,
    () => [key],
    { headers: new Headers(headers), token: undefined, now: at },
    async () => new TextEncoder().encode(body),
  );

it('gives what the Standard Webhooks example gives', () => {
  const example = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: '1614265330',
    body: '{"test": 2432232314}',
  };
  expect(sign('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', example)).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  );
});

it('takes the right signature, among others too', async () => {
  expect(await ask(secret, signed)).toMatchObject({ ok: true });
  const among = { ...signed, signature: `v1,AAAA ${signed.signature} v1a,x` };
  expect(await ask(secret, among)).toMatchObject({ ok: true });
});

it.each([
  ['another body', { body: '{"a":2}' }, /does not fit/],
  ['another id', { id: 'm2' }, /does not fit/],
  ['another time', { timestamp: String(now + 1) }, /does not fit/],
  ['no signature', { signature: '' }, /webhook-signature is missing/],
  ['a signature of the same length', { signature: `v1,${'A'.repeat(43)}=` }, /does not fit/],
  ['no id', { id: '' }, /webhook-id is missing/],
  ['a time that is none', { timestamp: 'now' }, /no time/],
])('refuses %s', async (_, change, why) => {
  expect(await ask(secret, { ...signed, ...change })).toEqual({
    ok: false,
    why: expect.stringMatching(why),
  });
});

it('refuses another secret, and a time more than five minutes away', async () => {
  expect(await ask(newSecret(), signed)).toMatchObject({ ok: false });
  expect(await ask(secret, signed, now + 300)).toMatchObject({ ok: true });
  expect(await ask(secret, signed, now + 301)).toMatchObject({ why: /is 6 min old/ });
  expect(await ask(secret, signed, now - 301)).toMatchObject({ why: /6 min ahead/ });
});

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text);

it('takes the example of GitHub’s documentation', async () => {
  const headers = {
    'x-hub-signature-256':
      'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
  };
  const key = "It's a Secret to Everybody";
  expect(await verdict({ kind: 'github' }, key, now, 'Hello, World!', headers)).toMatchObject({
    ok: true,
  });
  expect(await verdict({ kind: 'github' }, key, now, 'Hello, World?', headers)).toMatchObject({
    ok: false,
  });
});

it('takes the example of Slack’s documentation', async () => {
  const body =
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
  const headers = {
    'x-slack-request-timestamp': '1531420618',
    'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  };
  const key = '8f742231b10e8888abcd99yyyzzz85a5';
  const at = 1_531_420_618;
  expect(await verdict({ kind: 'slack' }, key, at, body, headers)).toMatchObject({ ok: true });
  expect(await verdict({ kind: 'slack' }, key, at + 301, body, headers)).toMatchObject({
    why: /is 6 min old/,
  });
});

it('takes any of Stripe’s signatures, and Shopify’s in Base64', async () => {
  const right = hmac('whsec_x', `${now}.{}`).digest('hex');
  const stripe = (value: string) =>
    verdict({ kind: 'stripe' }, 'whsec_x', now, '{}', { 'stripe-signature': value });
  expect(await stripe(`t=${now},v1=${'0'.repeat(64)},v1=${right},v0=x`)).toMatchObject({
    ok: true,
  });
  expect(await stripe(`t=${now},v0=${right}`)).toMatchObject({ why: /no signature v1/ });
  expect(await stripe(`t=${now - 1},v1=${right}`)).toMatchObject({ why: /does not fit/ });
  const base64 = hmac('shpss_x', '{}').digest('base64');
  const shopify = (value: string) =>
    verdict({ kind: 'shopify' }, 'shpss_x', now, '{}', { 'x-shopify-hmac-sha256': value });
  expect(await shopify(base64)).toMatchObject({ ok: true });
  expect(await shopify(hmac('shpss_x', '{}').digest('hex'))).toMatchObject({ ok: false });
});
