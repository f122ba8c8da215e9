import { expect, test } from 'vitest';
import { isOneAddress, readAddresses } from './addresses';

const addressesIn = (text: string) => {
  const read = readAddresses(text);
  return read.ok ? read.mailboxes.map(({ address }) => address) : read.problem;
};

test.each([
  ['ada@example.com', ['ada@example.com']],
  ['ada@example.com, Ben <ben@example.com>', ['ada@example.com', 'ben@example.com']],
  ['ada@example.com;\nben@example.com\n', ['ada@example.com', 'ben@example.com']],
  ['["ada@example.com","ben@example.com"]', ['ada@example.com', 'ben@example.com']],
  ['"Lovelace, Ada" <ada@example.com>', ['ada@example.com']],
  ['ada@localhost', ['ada@localhost']],
  ['ada@bücher.example', ['ada@bücher.example']],
  ['', []],
])('%j is read as %j', (text, expected) => {
  expect(addressesIn(text)).toEqual(expected);
});

test.each([
  'ada',
  'ada@',
  '@example.com',
  'ada\r@example.com',
  'Ada\r <ada@example.com>',
  'ada@exam ple.com',
  'a@b@example.com',
  'ada@example.com>',
  '<ada@example.com> RCPT TO:<eve@example.com>',
  'ada@-example.com',
  '[1]',
  '[',
  'ada\u202e@example.com',
])('%j is no address', (text) => {
  expect(addressesIn(text)).toEqual(expect.any(String));
});

test('a name is kept without quotes, and one address is told from several', () => {
  expect(readAddresses('"Lovelace, Ada" <ada@example.com>')).toEqual({
    ok: true,
    mailboxes: [{ name: 'Lovelace, Ada', address: 'ada@example.com' }],
  });
  expect([isOneAddress('a@b.example'), isOneAddress('a@b.example, c@d.example')]).toEqual([
    true,
    false,
  ]);
});
