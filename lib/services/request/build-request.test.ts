import { describe, expect, it } from 'vitest';
import {
  inBody,
  inHeader,
  inPath,
  inQuery,
  inServer,
  json,
  must,
  operation,
} from '../ready/define-service';
import type { Operation } from '../schema';
import { buildRequest } from './build-request';

const server = 'https://api.example.com/v1';
const build = (given: Operation, values: Record<string, string>, body?: string) =>
  buildRequest(given, server, {
    values: new Map(Object.entries(values)),
    boundary: 'edge',
    ...(body === undefined ? {} : { body }),
  });

describe('addresses', () => {
  const get = operation('get', 'Get', 'GET /a/{id}/b', {
    fields: [
      inPath('id', 'Id'),
      inQuery('tag', 'Tags', { type: 'list' }),
      inQuery('only', 'Only', { type: 'list', style: 'comma' }),
      inQuery('filter', 'Filter', { type: 'object', style: 'deep' }),
      inHeader('X-Who', 'Who'),
    ],
  });
  it('encode values by their place', () => {
    const values = {
      id: 'x/y ?#',
      tag: 'a&b, c',
      only: '["1,2","3"]',
      filter: '{"a":{"b":1},"c":[2]}',
      'X-Who': 'me',
    };
    expect(build(get, values)).toEqual({
      method: 'GET',
      url: `${server}/a/x%2Fy%20%3F%23/b?tag=a%26b&tag=c&only=1%2C2%2C3&filter%5Ba%5D%5Bb%5D=1&filter%5Bc%5D%5B0%5D=2`,
      headers: { accept: 'application/json', 'x-who': 'me' },
    });
  });
  it.each([
    [{}, 'Enter "Id".'],
    [{ id: '..' }, 'cannot be ".."'],
    [{ id: '1', 'X-Who': 'a\nb' }, 'line breaks'],
    [{ id: '1', filter: '[1]' }, 'must be a JSON object'],
    [{ id: '1', filter: '{' }, 'must be JSON: line 1, column 2'],
    [{ id: '1', other: 'x' }, 'has no parameter "other"'],
  ])('refuse %j', (values, message) => expect(() => build(get, values)).toThrow(message));

  it('lead to no other host', () => {
    const tenant = {
      ...operation('t', 'T', 'GET /a', { fields: [inServer('site', 'Site')] }),
      server: 'https://{site}.example.com',
    };
    expect(build(tenant, { site: 'Acme' }).url).toBe('https://acme.example.com/a');
    expect(() => build(tenant, { site: 'evil.com/' })).toThrow('letters, digits');
  });
});

describe('bodies', () => {
  const post = (kind: 'json' | 'form' | 'multipart') =>
    operation('post', 'Post', 'POST /a', {
      body: { ...json, kind },
      fields: [
        inBody('name', 'Name', must),
        inBody('count', 'Count', { type: 'integer' }),
        inBody('to.mail', 'Mail', { at: ['to', 'mail'] }),
        inBody('meta', 'Meta', { type: 'object' }),
        inBody('state', 'State', { options: ['on', 'off'] }),
        inBody('big', 'Big', { type: 'any' }),
      ],
    });
  const values = {
    name: ' x ',
    count: '9007199254740993',
    'to.mail': 'a@b',
    meta: '{"k":"v"}',
    state: 'on',
    big: '1.5',
  };
  it('are JSON with every digit', () => {
    expect(JSON.parse(build(post('json'), values).body ?? '')).toEqual({
      ...{
        name: ' x ',
        count: '9007199254740993',
        to: { mail: 'a@b' },
        meta: { k: 'v' },
        state: 'on',
        big: 1.5,
      },
    });
  });
  it('are forms', () => {
    const { body, headers } = build(post('form'), { name: 'a b', meta: '{"k":"v"}' });
    expect(body).toBe('name=a+b&meta%5Bk%5D=v');
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(build(post('multipart'), { name: 'a' }).body).toBe(
      '--edge\r\nContent-Disposition: form-data; name="name"\r\n\r\na\r\n--edge--\r\n',
    );
  });
  it('can be given whole', () => {
    expect(build(post('json'), {}, '{"any":1}').body).toBe('{"any":1}');
  });
  it.each([
    [{ name: 'a', count: '1.5' }, '"Count" must be a whole number, not "1.5".'],
    [{ name: 'a', state: 'of' }, '"State" cannot be "of". Choose on, off.'],
  ])('refuse %j', (given, message) => expect(() => build(post('json'), given)).toThrow(message));
});
