import { expect, test } from 'vitest';
import { clientAddress, countedAddress, parseNetworks } from './client-address';

const proxies = parseNetworks('10.0.0.0/8, loopback, 2001:db8:1::/48') ?? [];

test.each<[string, string | undefined, string | undefined, string]>([
  ['nobody in between', '203.0.113.5', undefined, '203.0.113.5'],
  ['a made-up way', '203.0.113.5', '198.51.100.1', '203.0.113.5'],
  ['one proxy', '10.1.1.1', '198.51.100.1', '198.51.100.1'],
  ['a made-up start before a proxy', '10.1.1.1', '1.2.3.4, 198.51.100.1', '198.51.100.1'],
  ['two proxies', '127.0.0.1', '9.9.9.9, 198.51.100.1, 10.2.2.2', '198.51.100.1'],
  ['a proxy that speaks for itself', '10.1.1.1', undefined, '10.1.1.1'],
  ['rubbish from a proxy', '10.1.1.1', 'unknown', '10.1.1.1'],
  ['an IPv4 address in an IPv6 socket', '::ffff:203.0.113.5', '1.1.1.1', '203.0.113.5'],
  ['a proxy in an IPv6 socket', '::ffff:10.1.1.1', '198.51.100.1', '198.51.100.1'],
  ['a port', '10.1.1.1', '198.51.100.1:4711', '198.51.100.1'],
  ['IPv6 with a port', '2001:db8:1::7', '[2001:db8:2::9]:443', '2001:db8:2::9'],
  ['a zone', 'fe80::1%eth0', undefined, 'fe80::1'],
  ['no socket any more', undefined, '198.51.100.1', ''],
])('%s', (_, socket, forwarded, expected) => {
  expect(clientAddress(socket, forwarded, proxies)).toBe(expected);
});

test('without proxies of ours nothing forwarded is believed', () => {
  for (const socket of ['127.0.0.1', '::1', '10.0.0.1']) {
    expect(clientAddress(socket, '198.51.100.1', [])).toBe(socket);
  }
});

test('a /64 counts as one, however its addresses are written', () => {
  const one = [
    '2001:db8::1',
    '2001:0db8:0000:0000:ffff:ffff:ffff:ffff',
    '2001:DB8::abcd',
    '2001:db8:0:0:1::',
  ];
  expect(new Set(one.map(countedAddress)).size).toBe(1);
  expect(countedAddress('2001:db8:0:1::1')).not.toBe(countedAddress('2001:db8::1'));
  expect(countedAddress('::ffff:203.0.113.5')).toBe('203.0.113.5');
});

test('what is no network is told', () => {
  for (const text of ['10.0.0.0/33', 'proxy.example', '10.0.0', '10.0.0.1;::1', '*']) {
    expect(parseNetworks(text), text).toBeUndefined();
  }
});
