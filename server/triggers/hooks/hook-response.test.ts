import { expect, it } from 'vitest';
import { hookResponse } from './hook-response';

const read = async (output: unknown) => {
  const response = hookResponse(output);
  return { status: response.status, headers: response.headers, text: await response.text() };
};

it.each([
  ['a value', { order: 7 }, 200, 'application/json', '{"order":7}'],
  ['nothing', null, 200, 'application/json', 'null'],
  ['a text', 'hello', 200, 'text/plain; charset=utf-8', 'hello'],
  ['an empty object', {}, 200, 'application/json', '{}'],
  ['a status alone', { status: 404 }, 404, 'application/json', 'null'],
  ['no content', { status: 204, body: 'x' }, 204, 'text/plain; charset=utf-8', ''],
  [
    'a response',
    { status: 201, headers: { 'Content-Type': 'text/xml' }, body: '<a/>' },
    ...([201, 'text/xml; charset=utf-8', '<a/>'] as const),
  ],
  [
    'more than a response',
    { status: 201, other: 1 },
    ...([200, 'application/json', '{"status":201,"other":1}'] as const),
  ],
])('answers with %s', async (_, output, status, type, text) => {
  const answer = await read(output);
  expect([answer.status, answer.headers.get('content-type'), answer.text]).toEqual([
    status,
    type,
    text,
  ]);
});

it.each([301, 302, 308, 101, 199, 600, 200.5, '404', null])(
  'takes no status %s',
  async (status) => {
    expect((await read({ status, body: '' })).status).toBe(200);
  },
);

it('takes harmless headers alone, and lets no browser run anything of it', async () => {
  const refused = {
    'Set-Cookie': 'a=b',
    Location: 'https://evil.example',
    'Content-Security-Policy': "script-src 'unsafe-inline'",
    'X-Content-Type-Options': 'no',
    'X-Accel-Redirect': '/etc/passwd',
    'X-Frame-Options': 'ALLOWALL',
    'Access-Control-Allow-Origin': '*',
    'Content-Length': '1',
    'Service-Worker-Allowed': '/',
    Refresh: '0;url=https://evil.example',
    'X-Split': 'a\r\nSet-Cookie: b=c',
  };
  const { headers } = await read({
    headers: { ...refused, 'X-Order': 7, 'Retry-After': '5', 'Content-Type': 'text/html' },
    body: '<script>alert(1)</script>',
  });
  expect(Object.fromEntries(headers)).toEqual({
    'cache-control': 'no-store',
    'content-security-policy': expect.stringMatching(/^sandbox; default-src 'none'/),
    'content-type': 'text/html; charset=utf-8',
    'referrer-policy': 'no-referrer',
    'retry-after': '5',
    'x-content-type-options': 'nosniff',
    'x-order': '7',
  });
  const script = await read({ headers: { 'Content-Type': 'text/javascript' }, body: 'x' });
  expect(script.headers.get('content-type')).toBe('text/plain; charset=utf-8');
});
