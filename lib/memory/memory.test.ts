import { describe, expect, test } from 'vitest';
import { brokenVersions, type Chained, checksumOf } from './checksum';
import { decideWrite, type Expect } from './decide-write';
import { findSecret } from './find-secret';
import { isWithin, pathsAbove, readPath } from './path';
import { readSpace, spaceKey } from './space';
import { catalogue } from './strategies/catalogue';
import { strategyNames } from './strategy-names';
import { askedWords, snippetOf, whyFound, wordsOf } from './words';

describe('paths and spaces', () => {
  test('a path is names between slashes', () => {
    expect(readPath(' /customers/acme/ ')).toEqual({ ok: true, path: 'customers/acme' });
    expect(readPath('Müller & Söhne/№ 1')).toMatchObject({ ok: true });
    const refused = [
      '',
      '/',
      'a//b',
      'a/../b',
      './a',
      'a/\u0000',
      'a/\ud800',
      'a\u202eb',
      'changes',
      'export/x',
    ];
    for (const path of [...refused, 'x'.repeat(501), Array(13).fill('a').join('/'), 'a/ /b']) {
      expect([path, readPath(path).ok]).toEqual([path, false]);
    }
    expect(pathsAbove('a/b/c')).toEqual(['a', 'a/b']);
    expect([
      isWithin('a/b', 'a'),
      isWithin('ab', 'a'),
      isWithin('a', 'a'),
      isWithin('x', ''),
    ]).toEqual([...[true, false, true, true]]);
  });

  test('a space is a kind with a name', () => {
    for (const key of ['workspace', 'team:Support: EU', 'agent:analyst', 'person:me']) {
      const read = readSpace(key);
      expect(read.ok && spaceKey(read.space)).toBe(key);
    }
    for (const key of [
      '',
      'team',
      'team:',
      'workspace:x',
      'agent:No One',
      'workflow:7',
      'room:a',
      'team:\u202e',
    ]) {
      expect([key, readSpace(key).ok]).toEqual([key, false]);
    }
  });
});

test('a changed value, checksum or a missing version breaks the chain', () => {
  const chain: Chained[] = [];
  for (const [index, value] of [1, 'two', { three: [3] }, null, { a: 1, b: 2 }].entries()) {
    const previous = chain.at(-1)?.checksum ?? '';
    const deleted = value === null;
    chain.push({
      version: index + 1,
      value,
      deleted,
      previous,
      checksum: checksumOf({ value, deleted, previous }),
    });
  }
  expect(brokenVersions(chain)).toEqual([]);
  expect(
    brokenVersions(
      chain.map((one) => ({ ...one, value: one.version === 5 ? { b: 2, a: 1 } : one.value })),
    ),
  ).toEqual([]);
  for (const [index, one] of chain.entries()) {
    const flipped = [
      { ...one, value: one.deleted ? one.value : 'other' },
      { ...one, deleted: !one.deleted },
    ];
    for (const each of [...flipped, { ...one, previous: 'x' }]) {
      if (JSON.stringify(each) === JSON.stringify(one)) continue;
      expect(brokenVersions(chain.toSpliced(index, 1, each))).toContain(one.version);
    }
    if (index > 0 && index < chain.length - 1) {
      expect(brokenVersions(chain.toSpliced(index, 1))).toContain(one.version + 1);
    }
  }
});

test('strategies decide what happens when something else is there', () => {
  expect(Object.keys(catalogue).sort()).toEqual([...strategyNames].sort());
  const standing = { version: 3, value: { a: 2, b: 1 } };
  const base = { value: { a: 1, b: 1 } };
  const decide = (
    strategy: (typeof strategyNames)[number],
    expect: Expect | undefined,
    value: { [key: string]: number },
  ) => {
    const verdict = decideWrite({ value, strategy, expect }, standing, base);
    return verdict.do === 'write' ? verdict.value : verdict.do;
  };
  const table = strategyNames.map((name) => [
    ...[
      name,
      decide(name, 3, { a: 9 }),
      decide(name, 2, { a: 1, b: 7 }),
      decide(name, 2, { a: 9, b: 1 }),
    ],
    decide(name, undefined, { a: 9 }),
  ]);
  expect(table).toEqual([
    ['last', { a: 9 }, { a: 1, b: 7 }, { a: 9, b: 1 }, { a: 9 }],
    ['first', { a: 9 }, 'keep', 'keep', 'keep'],
    ['version', { a: 9 }, 'refuse', 'refuse', 'refuse'],
    ['merge', { a: 9 }, { a: 2, b: 7 }, 'ask', 'ask'],
    ['manual', { a: 9 }, 'ask', 'ask', 'ask'],
  ]);
  for (const strategy of strategyNames) {
    // Who compares versions is told of a foreign one even where the value is the same.
    const there = decideWrite({ value: { b: 1, a: 2 }, strategy, expect: 1 }, standing);
    expect([strategy, there.do]).toEqual([strategy, strategy === 'version' ? 'refuse' : 'keep']);
    expect(decideWrite({ value: 1, strategy }, undefined)).toEqual({ do: 'write', value: 1 });
    expect(
      decideWrite({ value: 1, strategy, expect: 'absent' }, { version: 4, value: undefined }).do,
    ).toBe('write');
  }
  expect(
    decideWrite({ value: { c: 1 }, strategy: 'merge', expect: 1 }, standing, 'unknown'),
  ).toEqual({
    ...{ do: 'ask', leaves: [] },
  });
});

test('credentials are found by their form, and plain texts are not taken for them', () => {
  const secrets = [
    ['sk', 'abcdefghijklmnopqrstuvwx'].join('-'),
    ['ghp', 'a'.repeat(36)].join('_'),
    `AKIA${'ABCD'.repeat(4)}`,
    '-----BEGIN RSA PRIVATE KEY-----\nMII',
    'postgres://user:hunter22@db.example.com/x',
    'the password: correcthorse',
    ['eyJhbGciOiJI', 'eyJzdWIiOiIx', 'abcdefghijklmnopqr'].join('.'),
  ];
  for (const text of secrets)
    expect([text, findSecret({ note: text })]).toEqual([text, expect.any(String)]);
  const plain = [
    'Ask for the password at the desk.',
    'sk-learn',
    'https://example.com/a:b',
    'tokens: 1200',
    'Secret Santa: Ada',
  ];
  for (const text of plain) expect([text, findSecret(text)]).toEqual([text, undefined]);
});

test('words are found without case and accents, with the reason', () => {
  expect(wordsOf('Kunden/Acmé', { Plan: 'Yearly-XL', seats: 12 })).toBe(
    'kunden acme plan yearly xl seats 12',
  );
  const asked = askedWords('YEAR acme, year');
  expect(asked).toEqual(['year', 'acme']);
  expect(whyFound(asked, 'customers/Acme', { plan: 'yearly' })).toEqual([
    { kind: 'words', words: ['year'] },
    { kind: 'path', words: ['acme'] },
  ]);
  expect(whyFound(['yaerly'], 'a', 'yearly')).toEqual([{ kind: 'similar', words: ['yaerly'] }]);
  expect(snippetOf(['needle'], `${'hay '.repeat(200)}needle ${'hay '.repeat(200)}`)).toContain(
    'needle',
  );
});
