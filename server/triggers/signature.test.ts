import { expect, it } from 'vitest';
import { isSigned, newSecret, sign } from './signature';

const secret = newSecret();
const now = 1_700_000_000;
const message = { id: 'm1', timestamp: String(now), body: '{"a":1}' };
const signed = { ...message, signature: sign(secret, message) };

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

it('takes the right signature, among others too', () => {
  expect(isSigned(secret, signed, now)).toBe(true);
  expect(isSigned(secret, { ...signed, signature: `v1,AAAA ${signed.signature} v1a,x` }, now)).toBe(
    true,
  );
});

it.each([
  ['another body', { body: '{"a":2}' }],
  ['another id', { id: 'm2' }],
  ['another time', { timestamp: String(now + 1) }],
  ['no signature', { signature: '' }],
  ['a signature of the same length', { signature: `v1,${'A'.repeat(43)}=` }],
  ['no id', { id: '' }],
  ['a time that is none', { timestamp: 'now' }],
])('refuses %s', (_, change) => {
  expect(isSigned(secret, { ...signed, ...change }, now)).toBe(false);
});

it('refuses another secret, and a time more than five minutes away', () => {
  expect(isSigned(newSecret(), signed, now)).toBe(false);
  expect(isSigned(secret, signed, now + 300)).toBe(true);
  expect(isSigned(secret, signed, now + 301)).toBe(false);
  expect(isSigned(secret, signed, now - 301)).toBe(false);
});
