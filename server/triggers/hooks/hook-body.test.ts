import { expect, it } from 'vitest';
import { readHookBody } from './hook-body';

const headersOf = (type: string | null) =>
  new Headers(type === null ? {} : { 'content-type': type });
const read = async (type: string | null, bytes: Uint8Array) =>
  (await readHookBody(headersOf(type), bytes, 'fields')).body;

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
])('reads %s', async (_, type, text, expected) => {
  expect(await read(type, utf8(text))).toEqual(expected);
});

it('reads bytes in the charset that is named, and replaces those that do not fit', async () => {
  expect(await read('text/plain; charset=iso-8859-1', Uint8Array.of(0x5a, 0x6f, 0xeb))).toBe('Zoë');
  expect(await read('application/json', Uint8Array.of(0x22, 0xeb, 0x22))).toBe('\uFFFD');
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
])('refuses %s with the reason', async (_, type, text, code, message) => {
  await expect(read(type, utf8(text))).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
  });
});

const form = (parts: string[], boundary = 'xx') =>
  utf8(`${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`);
const multipart = 'multipart/form-data; boundary=xx';
const field = (name: string, value: string) =>
  `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`;
const file = (name: string, fileName: string, type: string, text: string) =>
  `Content-Disposition: form-data; name="${name}"; filename="${fileName}"\r\nContent-Type: ${type}\r\n\r\n${text}`;

it('reads a form with files: a file is its id', async () => {
  const bytes = form([
    field('order', '7'),
    field('tag', 'a'),
    field('tag', 'b'),
    file('table', '../../orders.csv', 'text/html', 'a,b'),
    file('empty', '', 'application/octet-stream', ''),
    file('picture', 'x\u0000.png', 'image/png', 'png'),
  ]);
  const { body, files } = await readHookBody(headersOf(multipart), bytes, 'fields');
  expect(files).toMatchObject([
    { field: 'table', name: 'orders.csv', mediaType: 'text/csv', size: 3 },
    { field: 'picture', name: 'x.png', mediaType: 'image/png', size: 3 },
  ]);
  expect(body).toEqual({
    order: '7',
    tag: ['a', 'b'],
    table: files[0]?.id,
    picture: files[1]?.id,
  });
});

it.each([
  ['without a boundary', 'multipart/form-data', form([field('a', '1')]), /no boundary/],
  ['with another boundary', multipart, form([field('a', '1')], 'yy'), /not the form/],
  ['cut short', multipart, form([field('a', '1')]).subarray(0, 50), /not the form/],
  ['of too many parts', multipart, form(Array(300).fill(field('a', '1'))), /more than 200 parts/],
  [
    'of too many files',
    ...([
      multipart,
      form(Array(11).fill(file('a', 'a.csv', 'text/csv', 'x'))),
      /11 files/,
    ] as const),
  ],
])('refuses a form %s', async (_, type, bytes, message) => {
  await expect(read(type, bytes)).rejects.toMatchObject({
    message: expect.stringMatching(message),
  });
});

it('takes other bytes as a file where the workflow gets the whole request', async () => {
  const headers = new Headers({
    'content-type': 'application/pdf',
    'content-disposition': 'attachment; filename="a/b/bill.pdf"',
  });
  const given = await readHookBody(headers, Uint8Array.of(1, 2), 'request');
  expect(given.files).toMatchObject([{ name: 'bill.pdf', mediaType: 'application/pdf', size: 2 }]);
  expect(given.body).toBe(given.files[0]?.id);
  const unnamed = await readHookBody(headersOf('image/png'), Uint8Array.of(1), 'request');
  expect(unnamed.files).toMatchObject([{ name: 'body.png' }]);
});
