import { expect, test } from 'vitest';
import { canonicalHost, isBound } from './hosts';
import { settingsSchema } from './schema';

test.each([
  ['api.example.com', 'api.example.com'],
  [' API.Example.com ', 'api.example.com'],
  ['api.example.com:443', 'api.example.com'],
  ['api.example.com:8443', 'api.example.com:8443'],
  ['*.example.com', '*.example.com'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['127.0.0.1:80', '127.0.0.1:80'],
  ['[::1]:8080', '[::1]:8080'],
  ['localhost:3000', 'localhost:3000'],
  ['*.com', undefined],
  ['*', undefined],
  ['*.*.example.com', undefined],
  ['a*.example.com', undefined],
  ['*.127.0.0.1', undefined],
  ['https://api.example.com', undefined],
  ['api.example.com/path', undefined],
  ['user@api.example.com', undefined],
  ['example.com.', undefined],
  ['a.example.com, b.example.com', undefined],
  ['', undefined],
])('%j is bound as %j', (given, expected) => {
  expect(canonicalHost(given)).toBe(expected);
});

test.each([
  ['https://api.example.com/a', ['api.example.com'], true],
  ['https://API.example.com./a', ['api.example.com'], false],
  ['http://api.example.com/a', ['api.example.com'], false],
  ['https://api.example.com:8443/a', ['api.example.com'], false],
  ['https://api.example.com:8443/a', ['api.example.com:8443'], true],
  ['http://api.example.com/a', ['api.example.com:80'], true],
  ['https://a.b.example.com/', ['*.example.com'], true],
  ['https://example.com/', ['*.example.com'], false],
  ['https://evilexample.com/', ['*.example.com'], false],
  ['https://example.com.evil.com/', ['example.com', '*.example.com'], false],
  ['https://example.com@evil.com/', ['example.com'], false],
])('%s with %j: %s', (url, hosts, expected) => {
  expect(isBound(hosts, new URL(url))).toBe(expected);
});

test('settings are those of their kind, with the test address on a host of theirs', () => {
  const hosts = ['api.example.com'];
  const ok = (kind: string, config: object) => settingsSchema.safeParse({ kind, config }).success;
  expect(ok('bearer', { hosts })).toBe(true);
  expect(ok('bearer', { hosts: [] })).toBe(false);
  expect(ok('bearer', { hosts, testUrl: 'https://api.example.com/me' })).toBe(true);
  expect(ok('bearer', { hosts, testUrl: 'https://evil.example.com/me' })).toBe(false);
  expect(ok('bearer', { hosts, userName: 'ada' })).toBe(false);
  expect(ok('basic', { hosts, userName: 'a:b' })).toBe(false);
  expect(ok('api_key', { hosts, name: 'X-Key' })).toBe(true);
  expect(ok('api_key', { hosts, name: 'Host' })).toBe(false);
  expect(ok('api_key', { hosts, in: 'query', name: 'host' })).toBe(true);
});
