import { expect, it } from 'vitest';
import { readHookBody } from './hook-body';

const utf8 = (text: string) => new TextEncoder().encode(text);

it.each([
  ['JSON', 'application/json', '{"a":1}', { a: 1 }],
  ['JSON with a charset', 'application/json; charset="UTF-8"', '{"a":1}', { a: 1 }],
  ['cloud events', 'application/cloudevents+json', '{"a":1}', { a: 1 }],
  ['another kind of JSON', 'application/vnd.github.v3+json; x=1', '[1]', [1]],
  ['JSON called text', 'text/json', '{"a":1}', { a: 1 }],
  ['no type, JSON', null, '{"a":1}', { a: 1 }],
  ['no type, text', null, 'hello', 'hello'],
  ['an empty type', '', '{"a":1}', { a: 1 }],
  [
    'half of a pair',
    'application/json',
    '{"comment":"Great \\ud83d"}',
    { comment: 'Great \uFFFD' },
  ],
  ['half of a pair in a name', 'application/json', '{"\\ud83d":1}', { '\uFFFD': 1 }],
  ['a NUL character', 'application/json', '{"a":"x\\u0000y"}', { a: 'x\uFFFDy' }],
  ['a long id', 'application/json', '{"id":7615917337495251231}', { id: '7615917337495251231' }],
  ['text', 'text/plain', 'a\0b', 'a\uFFFDb'],
  ['XML', 'application/atom+xml', '<a/>', '<a/>'],
  ['a form', 'application/x-www-form-urlencoded', 'a=1+2&b=%26&b=3', { a: '1 2', b: ['&', '3'] }],
  ['nothing', 'application/json', '', null],
])('reads %s', (_, type, text, expected) => {
  expect(readHookBody(type, utf8(text))).toEqual(expected);
});

it('reads bytes in the charset that is named, and replaces those that do not fit', () => {
  expect(readHookBody('text/plain; charset=iso-8859-1', Uint8Array.of(0x5a, 0x6f, 0xeb))).toBe(
    'Zoë',
  );
  expect(readHookBody('application/json', Uint8Array.of(0x22, 0xeb, 0x22))).toBe('\uFFFD');
});

it.each([
  ['a picture', 'image/png', 'x', 'unsupported_media_type', /image\/png is not supported/],
  ['an unknown charset', 'text/plain; charset=klingon', 'x', 'unsupported_media_type', /klingon/],
  ['broken JSON', 'application/json', '{"order":', 'malformed_body', /line 1, column 10/],
  ['a name twice', 'application/json', '{"a":1,"a":2}', 'malformed_body', /"a" stands twice/],
  ['a prototype', 'application/json', '{"__proto__":1}', 'invalid_input', /not allowed as a name/],
  [
    'a deep body',
    'application/json',
    '['.repeat(40) + ']'.repeat(40),
    'invalid_input',
    /32 levels/,
  ],
])('refuses %s with the reason', (_, type, text, code, message) => {
  expect(() => readHookBody(type, utf8(text))).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(message) }),
  );
});
