import { expect, it } from 'vitest';
import { harmlessHeaders, hookInput } from './hook-input';

const request = {
  body: { order: 7, state: 'paid', extra: true },
  headers: { 'content-type': 'application/json' },
  query: { source: 'shop' },
};

it('gives everything where the start step declares nothing', () => {
  expect(hookInput([], request)).toEqual(request);
});

it('gives each declared input the field of its name, and leaves out the rest', () => {
  expect(hookInput(['order', 'state', 'missing'], request)).toEqual({ order: 7, state: 'paid' });
});

it('gives the whole body, headers or query where an input is named so', () => {
  expect(hookInput(['body', 'query', 'order'], request)).toEqual({
    body: request.body,
    query: request.query,
    order: 7,
  });
  expect(hookInput(['order'], { ...request, body: [1] })).toEqual({});
  expect(hookInput(['constructor'], request)).toEqual({});
});

it('shows a run no header that proves who somebody is', () => {
  const seen = harmlessHeaders([
    ['authorization', 'Bearer x'],
    ['cookie', 'a=b'],
    ['webhook-signature', 'v1,abc'],
    ['x-api-key', 'x'],
    ['webhook-id', 'm1'],
    ['x-shop-event', 'order.paid'],
    ['user-agent', 'shop'],
  ]);
  expect(Object.keys(seen)).toEqual(['webhook-id', 'x-shop-event', 'user-agent']);
});
