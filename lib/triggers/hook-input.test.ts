import { expect, it } from 'vitest';
import { triggerInputs } from '../workflows/declared-inputs';
import { gathered, harmlessHeaders, hookInput, openHeaders } from './hook-input';

const request = {
  method: 'POST',
  body: { order: 7, state: 'paid', extra: true },
  headers: { 'content-type': 'application/json', accept: '*/*' },
  query: { source: 'shop' },
  files: [],
};
const given = {
  body: request.body,
  headers: { 'content-type': 'application/json' },
  query: request.query,
};

it('gives everything where the start step declares nothing', () => {
  expect(hookInput([], request, 'fields')).toEqual(given);
  expect(hookInput([], request, 'request')).toEqual({ request });
  for (const gives of ['fields', 'request'] as const)
    for (const name of Object.keys(hookInput([], request, gives)))
      expect(triggerInputs.has(name)).toBe(true);
});

it('gives each declared input the field of its name, and leaves out the rest', () => {
  expect(hookInput(['order', 'state', 'missing'], request, 'fields')).toEqual({
    order: 7,
    state: 'paid',
  });
});

it('gives the whole body, headers or query where an input is named so', () => {
  expect(hookInput(['body', 'query', 'order'], request, 'fields')).toEqual({
    body: request.body,
    query: request.query,
    order: 7,
  });
  expect(hookInput(['order'], { ...request, body: [1] }, 'fields')).toEqual({});
  expect(hookInput(['constructor'], request, 'fields')).toEqual({});
});

it('gives the whole request beside fields, and first where a field is named so', () => {
  const body = { order: 7, request: 'a field' };
  expect(hookInput(['request', 'order'], { ...request, body }, 'request')).toEqual({
    request: { ...request, body },
    order: 7,
  });
  expect(hookInput(['order'], request, 'request')).toEqual({ order: 7 });
});

const secrets = [
  ...['authorization', 'proxy-authorization', 'cookie', 'x-hub-signature-256', 'x-hub-signature'],
  ...['webhook-signature', 'stripe-signature', 'x-shopify-hmac-sha256', 'x-slack-signature'],
  ...['x-api-key', 'x-apikey', 'x-auth-token', 'x-gitlab-token', 'x-shop', 'x-csrf-token'],
  ...['x-forwarded-for', 'x-ensemble-address', 'x-nonce', 'content-security-policy', 'host'],
];

it('shows a run no header that proves who somebody is', () => {
  const all = [
    ...secrets,
    'X-Shop-Event',
    'User-Agent',
    'x-github-delivery',
    'webhook-id',
    'accept',
  ];
  const seen = openHeaders(
    all.map((name) => [name, 'x'.repeat(5_000)]),
    { kind: 'header', name: 'X-Shop' },
  );
  expect(Object.keys(seen)).toEqual([
    ...['x-shop-event', 'user-agent', 'x-github-delivery', 'webhook-id', 'accept'],
  ]);
  expect(seen.accept).toHaveLength(4_096);
  expect(Object.keys(harmlessHeaders(seen))).toEqual([
    ...['x-shop-event', 'user-agent', 'x-github-delivery', 'webhook-id'],
  ]);
  const many = Array.from({ length: 200 }, (_, n): [string, string] => [`x-${n}`, '']);
  expect(Object.keys(openHeaders(many, { kind: 'none' }))).toHaveLength(60);
});

it('makes a list of what comes several times', () => {
  expect(gathered(new URLSearchParams('a=1&b=2&a=3'))).toEqual({ a: ['1', '3'], b: '2' });
});
