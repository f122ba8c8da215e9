import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openAiError } from './error-body';
import { joinPieces } from './join-pieces';
import { readTalk } from './read-messages';

describe('the messages of a request', () => {
  it('are what was said before and what is asked now', () => {
    const read = readTalk([
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'One' },
          { type: 'text', text: '?' },
        ],
      },
      { role: 'assistant', content: 'Yes.' },
      { role: 'developer', content: 'In French.' },
      { role: 'user', content: 'Two?' },
    ]);
    expect(read).toEqual({
      ok: true,
      history: [
        { role: 'user', content: 'Be brief.' },
        { role: 'user', content: 'One?' },
        { role: 'assistant', content: 'Yes.' },
      ],
      text: 'In French.\n\nTwo?',
      pictures: [],
    });
  });
  it('brings pictures of what is asked first, and then the newest of before', () => {
    const picture = (url: string) => ({ type: 'image_url', image_url: { url, detail: 'low' } });
    const read = readTalk([
      { role: 'user', content: [picture('a')] },
      { role: 'user', content: [{ type: 'input_image', image_url: 'b' }] },
      { role: 'assistant', content: 'Two.' },
      { role: 'user', content: [picture('c')] },
    ]);
    expect(read).toMatchObject({ ok: true, text: '' });
    expect(read.ok && read.pictures.map(({ url, earlier }) => [url, earlier])).toEqual([
      ['c', false],
      ['b', true],
      ['a', true],
    ]);
  });
  it.each([
    [[{ role: 'assistant', content: 'Hi' }], 'messages', 'must be one of the user'],
    [[{ role: 'user', content: null }], 'messages', 'must be one of the user'],
    [[{ role: 'tool', content: 'x' }], 'messages[0].role', '“tool” are not taken'],
    [
      [{ role: 'user', content: [{ type: 'input_audio' }] }],
      'messages[0].content',
      '“input_audio” are not taken',
    ],
    [
      [{ role: 'user', content: [{ type: 'text', text: 'x' }, { type: 'image_url' }] }],
      'messages[0].content[1].image_url',
      'needs an image_url',
    ],
    [
      [
        {
          role: 'user',
          content: Array.from({ length: 21 }, () => ({ type: 'image_url', image_url: 'data:,' })),
        },
      ],
      'messages',
      'at most 20 pictures',
    ],
  ])('%j are refused, with the part that is wrong', (messages, param, words) => {
    expect(readTalk(messages)).toMatchObject({
      ...{ ok: false, param },
      problem: expect.stringContaining(words),
    });
  });
});

describe('pieces of a text', () => {
  const joined = (pieces: { offset: number; text: string }[], answer: string) => {
    const join = joinPieces();
    return [...pieces.map((piece) => join.take(piece)), join.end(answer)];
  };
  it('are sent once, whatever comes again', () => {
    const pieces = [
      { offset: 0, text: 'One ' },
      { offset: 0, text: 'One two' },
      { offset: 4, text: 'two' },
    ];
    expect(joined(pieces, 'One two three')).toEqual(['One ', 'two', '', ' three']);
  });
  it('begin anew after a blank line', () => {
    const pieces = [
      { offset: 0, text: 'Let me look.' },
      { offset: 0, text: 'There are ' },
      { offset: 10, text: 'seven' },
    ];
    expect(joined(pieces, 'There are seven.')).toEqual([
      'Let me look.',
      '\n\nThere are ',
      'seven',
      '.',
    ]);
  });
  it('always end with the whole answer, whichever pieces were lost', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 60 }),
        fc.array(fc.tuple(fc.nat(60), fc.nat(20), fc.boolean()), { maxLength: 12 }),
        (answer, cuts) => {
          const pieces = cuts.map(([from, length, foreign]) => ({
            offset: from,
            text: foreign ? 'other' : answer.slice(from, from + length),
          }));
          expect(joined(pieces, answer).join('').endsWith(answer)).toBe(true);
        },
      ),
      { seed: 11 },
    );
  });
});

it.each([
  [401, 'unauthenticated', 'authentication_error', 'invalid_api_key'],
  [403, 'forbidden', 'permission_error', 'forbidden'],
  [429, 'too_many_requests', 'rate_limit_error', 'rate_limit_exceeded'],
  [400, 'invalid_input', 'invalid_request_error', 'invalid_request'],
  [502, 'provider_failed', 'server_error', 'provider_failed'],
])('a %d of the code %s is a %s', (status, code, type, shown) => {
  expect(openAiError(status, { code, message: 'Words.' })).toEqual({
    error: { message: 'Words.', type, param: null, code: shown },
  });
});
