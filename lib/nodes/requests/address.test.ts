import { describe, expect, it } from 'vitest';
import { scopeFunctions } from '../node-type/scope-functions';
import { renderAddress, withParameters } from './address';

const text = 'Tom & Jerry #1';
const build = (template: string, input: object) =>
  renderAddress(
    template,
    scopeFunctions({ input, steps: {}, run: { id: 'r', mode: 'live', startedAt: '' } }).render,
  );

describe('an address out of a template', () => {
  it.each([
    [
      'a value in the query',
      'https://h/e?q={{ input.q }}&role=viewer',
      { q: text },
      'https://h/e?q=Tom%20%26%20Jerry%20%231&role=viewer',
    ],
    [
      'no further parameter',
      'https://h/e?q={{ input.q }}',
      { q: 'x&role=admin' },
      'https://h/e?q=x%26role%3Dadmin',
    ],
    ['no fragment', 'https://h/e?q={{ input.q }}&a=1', { q: 'x#' }, 'https://h/e?q=x%23&a=1'],
    [
      'plus, percent and equals',
      'https://h/e?q={{ input.q }}',
      { q: '1+1=100%' },
      'https://h/e?q=1%2B1%3D100%25',
    ],
    [
      'letters of all languages',
      'https://h/e?q={{ input.q }}',
      { q: 'Zoë 日本' },
      'https://h/e?q=Zo%C3%AB%20%E6%97%A5%E6%9C%AC',
    ],
    ['line breaks', 'https://h/e?q={{ input.q }}', { q: 'a\r\nb' }, 'https://h/e?q=a%0D%0Ab'],
    ['half of a pair', 'https://h/e?q={{ input.q }}', { q: 'a\ud83d' }, 'https://h/e?q=a%EF%BF%BD'],
    [
      'nothing and numbers',
      'https://h/e?q={{ input.q }}&n={{ input.n }}',
      { q: null, n: 7 },
      'https://h/e?q=&n=7',
    ],
    ['a name of a parameter', 'https://h/e?{{ input.q }}=1', { q: 'a&b' }, 'https://h/e?a%26b=1'],
    ['a whole query', 'https://h/e?{{ input.q }}', { q: 'a=1&b=2' }, 'https://h/e?a=1&b=2'],
    [
      'a whole query beside others',
      'https://h/e?c=3&{{ input.q }}#x',
      { q: 'a=1&b=2' },
      'https://h/e?c=3&a=1&b=2#x',
    ],
    [
      'a value that was encoded',
      'https://h/e?q={{ urlEncode(input.q) }}',
      { q: text },
      'https://h/e?q=Tom%20%26%20Jerry%20%231',
    ],
    [
      'fields as a query',
      'https://h/e?{{ urlQuery(input) }}',
      { q: text, n: [1, 2] },
      'https://h/e?q=Tom%20%26%20Jerry%20%231&n=1&n=2',
    ],
    [
      'a part of the path',
      'https://h/users/{{ input.id }}/x',
      { id: 'a b?c#d' },
      'https://h/users/a%20b%3Fc%23d/x',
    ],
    [
      'several parts of the path',
      'https://h/repos/{{ input.id }}/issues',
      { id: 'owner/name' },
      'https://h/repos/owner/name/issues',
    ],
    [
      'one part with a slash',
      'https://h/f/{{ urlEncode(input.id) }}',
      { id: 'a/b' },
      'https://h/f/a%2Fb',
    ],
    [
      'a path with its own function',
      'https://h/f/{{ urlEncodePath(input.id) }}',
      { id: 'a b/c' },
      'https://h/f/a%20b/c',
    ],
    [
      'dots that are no step up',
      'https://h/f/{{ input.id }}',
      { id: '..a/b..c/...' },
      'https://h/f/..a/b..c/...',
    ],
    ['a backslash', 'https://h/f/{{ input.id }}', { id: '..\\x' }, 'https://h/f/..%5Cx'],
    ['encoded dots', 'https://h/f/{{ input.id }}', { id: '%2e%2e' }, 'https://h/f/%252e%252e'],
    [
      'dots that the author wrote',
      'https://h/a/../{{ input.id }}',
      { id: '1' },
      'https://h/a/../1',
    ],
    [
      'the whole address',
      '{{ input.url }}',
      { url: 'https://h/a?b=c&d=e#f' },
      'https://h/a?b=c&d=e#f',
    ],
    [
      'the base, then a value',
      '{{ input.url }}/e?q={{ input.q }}',
      { url: 'https://h/v1', q: text },
      'https://h/v1/e?q=Tom%20%26%20Jerry%20%231',
    ],
    [
      'a base with a query',
      '{{ input.url }}&q={{ input.q }}',
      { url: 'https://h/v1?k=1', q: 'a&b' },
      'https://h/v1?k=1&q=a%26b',
    ],
    [
      'base and path',
      '{{ input.url }}{{ input.path }}',
      { url: 'https://h', path: '/a?b=1' },
      'https://h/a?b=1',
    ],
    [
      'the host',
      'https://{{ input.host }}/x',
      { host: 'h.example.com:8080' },
      'https://h.example.com:8080/x',
    ],
    [
      'a part of the host',
      'https://{{ input.host }}.example.com/x',
      { host: 'eu-1' },
      'https://eu-1.example.com/x',
    ],
    [
      'a path behind the host',
      'https://h{{ input.path }}',
      { path: '/a?page=2' },
      'https://h/a?page=2',
    ],
    ['blanks around', '  https://h/{{ input.id }}  ', { id: 1 }, 'https://h/1'],
    ['written braces', 'https://h/e?q=\\{{x}}', {}, 'https://h/e?q={{x}}'],
  ])('%s', async (_, template, input, expected) => {
    expect(await build(template, input)).toBe(expected);
  });

  it.each([
    ['../', 'https://h/users/{{ input.id }}', '../admin'],
    ['..', 'https://h/users/{{ input.id }}/x', '..'],
    ['.', 'https://h/users/{{ input.id }}/x', '.'],
    ['.. in the middle', 'https://h/users/{{ input.id }}', 'a/../../b'],
    ['a dot that completes one', 'https://h/users/.{{ input.id }}/x', '.'],
    ['encoded by a function', 'https://h/users/{{ urlEncode(input.id) }}', '..'],
    ['another host', 'https://{{ input.id }}.example.com/', 'evil.test/'],
    ['a host behind a host', 'https://api.example.com{{ input.id }}', '@evil.test'],
    ['a longer host', 'https://api.example.com{{ input.id }}/x', ':80@evil.test'],
  ])('refuses %s', async (_, template, id) => {
    await expect(build(template, { id })).rejects.toThrow(/The request was not sent/);
  });

  it('adds parameters behind those that are there, before the fragment', () => {
    const rows = [
      { name: 'q', value: text },
      { name: 'a b', value: '' },
    ];
    const written = 'q=Tom%20%26%20Jerry%20%231&a%20b=';
    expect(withParameters('https://h/e', rows)).toBe(`https://h/e?${written}`);
    expect(withParameters('https://h/e?x=1#f', rows)).toBe(`https://h/e?x=1&${written}#f`);
    expect(withParameters('https://h/e?', rows)).toBe(`https://h/e?${written}`);
    expect(withParameters('https://h/e?x', [])).toBe('https://h/e?x');
  });
});
