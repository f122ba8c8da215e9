import { expect, test } from 'vitest';
import { isOwnHost } from './own-host';

const config = { url: 'https://ensemble.example.com' };

test.each([
  ['ensemble.example.com', true],
  ['ENSEMBLE.example.com:443', true],
  ['ensemble.example.com:8443', true],
  ['localhost', true],
  ['localhost:3000', true],
  ['ada.localhost:3000', true],
  ['127.0.0.1:3000', true],
  ['127.9.9.9', true],
  ['[::1]:3000', true],
  ['evil.example', false],
  ['localhost.evil.example', false],
  ['ensemble.example.com.evil.example', false],
  ['evil.example:3000', false],
  ['10.0.0.5:3000', false],
  ['ensemble.example.com@evil.example', false],
  ['evil.example/localhost', false],
  ['', false],
  [undefined, false],
])('%s: %s', (host, own) => {
  expect(isOwnHost(config, host)).toBe(own);
});
